import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { preview } from "../../offline/preview";
import { PreviewError } from "../../offline/previewError";
import type { ResolvedResource } from "../../simulation";
import { readStackExport, StackExportError } from "../../stack/stackExport";
import { packageRoot } from "../../tools/freshness";
import { UsageError } from "./usageError";

export interface ResourceOptions {
  stackFile?: string;
  config?: string;
  stack?: string;
}

/** Where a program is looked for. */
export interface Places {
  current: string;
  package: string;
}

/**
 * The resources whose alerts are asked for: of a stack export, else of a resolved preview of the Pulumi program in the current
 * folder, else of the program of this package. Throws a `UsageError` where there are none.
 */
export async function readResources(
  { stackFile, config, stack }: ResourceOptions,
  onProgress: (text: string) => void,
  places: Places = { current: process.cwd(), package: packageRoot },
): Promise<readonly ResolvedResource[]> {
  if (stackFile !== undefined) {
    for (const [option, value] of Object.entries({ config, stack })) {
      if (value !== undefined)
        throw new UsageError(`--${option} says what to preview: not together with --stack-file.`);
    }
    return exported(`--stack-file ${stackFile}`, stackFile);
  }
  const folder = [places.current, places.package].find(isProgram);
  if (folder === undefined) return packed(places, { config, stack });
  try {
    const { resources } = await preview({
      folder,
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

/** An installed package has no program to preview, but what its preview gave. */
function packed(places: Places, options: ResourceOptions): readonly ResolvedResource[] {
  const here = "no Pulumi.yaml here";
  for (const [option, value] of Object.entries(options)) {
    if (value !== undefined) {
      throw new UsageError(
        `--${option} ${value}: ${here}, so there is no program to configure. Run the command in the folder of one.`,
      );
    }
  }
  const file = join(places.package, "dist", "program.json");
  if (existsSync(file)) return exported(file, file);
  throw new UsageError(
    `${here}: run the command in the folder of the Pulumi program, or pass --stack-file with the output of pulumi stack ` +
      "export.",
  );
}

function exported(name: string, file: string): readonly ResolvedResource[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
  try {
    return readStackExport(text);
  } catch (error) {
    if (!(error instanceof StackExportError)) throw error;
    throw new UsageError(`${name}: ${error.message}`);
  }
}

const isProgram = (folder: string): boolean =>
  ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].some((name) => existsSync(join(folder, name)));
