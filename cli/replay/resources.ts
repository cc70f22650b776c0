import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { preview } from "../../offline/preview";
import { PreviewError } from "../../offline/previewError";
import type { ResolvedResource } from "../../simulation";
import { readStackExport, StackExportError } from "../../stack/stackExport";
import { packageRoot } from "../../tools/freshness";
import { fileProblem } from "../../wording";
import { UsageError } from "./usageError";

export interface ResourceOptions {
  stackFile?: string;
  config?: string;
  stack?: string;
}

/**
 * The resources whose alerts are asked for: of a stack export, else of a resolved preview of the Pulumi program in the current
 * folder, else of the program of this package. Throws a `UsageError` where there are none.
 */
export async function readResources(
  { stackFile, config, stack }: ResourceOptions,
  onProgress: (text: string) => void,
): Promise<readonly ResolvedResource[]> {
  if (stackFile !== undefined) {
    for (const [option, value] of Object.entries({ config, stack })) {
      if (value !== undefined)
        throw new UsageError(`--${option} says what to preview: not together with --stack-file.`);
    }
    return exported(stackFile);
  }
  try {
    const { resources } = await preview({
      folder: programFolder(),
      ...(config !== undefined && { configFile: config }),
      ...(stack !== undefined && { stack }),
      resolved: true,
      onProgress: (count) => onProgress(`previewing: ${count} resources`),
    });
    return resources;
  } catch (error) {
    if (!(error instanceof PreviewError)) throw error;
    throw new UsageError([error.message, ...error.details].join("\n").trimEnd());
  }
}

function exported(file: string): readonly ResolvedResource[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`--stack-file ${file}: ${fileProblem(error)}.`);
  }
  try {
    return readStackExport(text);
  } catch (error) {
    if (!(error instanceof StackExportError)) throw error;
    throw new UsageError(`--stack-file ${file}: ${error.message}`);
  }
}

const isProgram = (folder: string): boolean =>
  ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].some((name) => existsSync(join(folder, name)));

function programFolder(): string {
  const folder = [process.cwd(), packageRoot].find(isProgram);
  if (folder) return folder;
  throw new UsageError(
    "no Pulumi.yaml here: run the command in the folder of the Pulumi program, or pass --stack-file with the output of " +
      "pulumi stack export.",
  );
}
