import { resolve } from "node:path";
import { assess } from "../../coverage";
import { preview } from "../../offline/preview";
import { PreviewError } from "../../offline/previewError";
import { visibleLines } from "./controlCharacters";
import { exitCode } from "./exitCode";
import { jsonReport } from "./json";
import { textReport } from "./text";

/** Options of `dynamodb-detective preview`, as commander gives them. */
export interface PreviewOptions {
  stack?: string;
  config?: string;
  policyPack?: string;
  policyConfig?: string;
  lookups?: string;
  keepEnv?: string[];
  strict?: boolean;
  resolved?: boolean;
  json?: boolean;
  verbose?: boolean;
  timeout?: string;
}

/** Runs the command; returns its exit code. */
export async function runPreview(dir: string, options: PreviewOptions): Promise<number> {
  const progress = new Progress();
  try {
    const result = await preview({
      folder: dir,
      ...(options.stack !== undefined && { stack: options.stack }),
      ...(options.config !== undefined && { configFile: options.config }),
      ...(options.policyPack !== undefined && { packFolder: resolve(options.policyPack) }),
      ...(options.policyConfig !== undefined && { policyConfigFile: options.policyConfig }),
      ...(options.lookups !== undefined && { lookupsFile: options.lookups }),
      ...(options.keepEnv !== undefined && { keepEnvironment: options.keepEnv }),
      resolved: options.resolved ?? false,
      timeoutSeconds: secondsOf(options.timeout ?? "300"),
      onProgress: (resources) => progress.show(`${resources} resources`),
    });
    progress.clear();
    const assessment = assess(result.resources);
    const code = exitCode(result, options.strict ?? false);
    print(
      options.json
        ? `${JSON.stringify(jsonReport(result, assessment, code))}\n`
        : textReport(result, assessment, { verbose: options.verbose ?? false, strict: options.strict ?? false }),
    );
    return code;
  } catch (error) {
    progress.clear();
    if (!(error instanceof PreviewError)) throw error;
    process.stderr.write(
      `${visibleLines([error.message, ...(error.details.length > 0 ? ["", ...error.details] : [])].join("\n")).trimEnd()}\n`,
    );
    return 2;
  }
}

function secondsOf(written: string): number {
  const seconds = Number(written);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new PreviewError(`--timeout ${written}: expected a number of seconds greater than 0.`);
}

/** A pipe takes a long report in pieces; `process.exitCode` lets Node.js write them all. */
function print(text: string): void {
  process.stdout.write(text);
}

/** One line on standard error that is overwritten, on a terminal only. */
class Progress {
  private readonly terminal = process.stderr.isTTY;
  private shown = false;

  show(text: string): void {
    if (!this.terminal) return;
    this.shown = true;
    process.stderr.write(`\r\x1b[KPreviewing: ${text}`);
  }

  clear(): void {
    if (this.shown) process.stderr.write("\r\x1b[K");
    this.shown = false;
  }
}
