import { type FrameworkCoverage, frameworkCoverage, inForce } from "../../coverage";
import { plain } from "../replay/labels";
import { ProgressLine } from "../replay/progress";
import { type ResourceOptions, readResources } from "../replay/resources";
import { UsageError } from "../replay/usageError";
import { coverageText } from "./text";

/** Options of `dynamodb-detective coverage`, as commander gives them. */
export interface CoverageOptions extends ResourceOptions {
  json?: boolean;
}

/** Where the command writes. */
export interface Streams {
  stdout: Pick<NodeJS.WriteStream, "write" | "isTTY">;
  stderr: Pick<NodeJS.WriteStream, "write" | "isTTY">;
}

/** Runs the command; returns its exit code. */
export async function runCoverage(options: CoverageOptions, { stdout, stderr }: Streams = process): Promise<number> {
  const progress = new ProgressLine(stderr);
  let coverage: FrameworkCoverage;
  try {
    coverage = frameworkCoverage(inForce(await readResources(options, (text) => progress.show(text))));
  } catch (error) {
    progress.clear();
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`${plain(error.message)}\n`);
    return 2;
  }
  progress.clear();
  stdout.write(options.json ? `${JSON.stringify(coverage)}\n` : coverageText(coverage, stdout.isTTY === true));
  return 0;
}
