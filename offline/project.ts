import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { fileProblem } from "../wording";
import { PreviewError } from "./previewError";

/** A Pulumi program in TypeScript or JavaScript, as its `Pulumi.yaml` describes it. */
export interface Project {
  name: string;
  /** Folder of `Pulumi.yaml`. */
  root: string;
  file: string;
  /** Working directory of the program. */
  programFolder: string;
  /** What to run: `.` for a folder with an entry of its own, else a file name. */
  entry: string;
  /** `runtime.options.typescript`; default true, as in Pulumi. */
  typescript: boolean;
  /** `runtime.options.tsconfig`. */
  tsconfig?: string;
  /** `runtime.options.nodeargs`: arguments for Node.js. */
  nodeArguments: string[];
  /** Folder of the stack files: `stackConfigDir`, else the project's. */
  stackFolder: string;
  /** The `config` block, as written. */
  declared: Record<string, unknown>;
}

const fileNames = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** Reads the project in a folder. Throws a `PreviewError` where Pulumi itself could not run it either. */
export function readProject(folder: string): Project {
  const start = resolve(folder);
  if (!existsSync(start)) throw new PreviewError(`${shownPath(start)}: no such folder.`);
  const root = statSync(start).isDirectory() ? start : dirname(start);
  const name = fileNames.find((candidate) => existsSync(join(root, candidate)));
  if (!name) {
    throw new PreviewError(
      `${shownPath(root)}: no Pulumi.yaml there. Name the folder of a Pulumi program: dynamodb-detective preview DIR`,
    );
  }
  const file = join(root, name);
  const content = readYaml(file);
  if (!isRecord(content)) throw new PreviewError(`${shownPath(file)}: expected a mapping with name and runtime.`);
  if (typeof content["name"] !== "string" || content["name"] === "") {
    throw new PreviewError(`${shownPath(file)}: "name" is missing. Write the project's name: name: my-project`);
  }

  const runtime = content["runtime"];
  const runtimeName = isRecord(runtime) ? runtime["name"] : runtime;
  const options = isRecord(runtime) && isRecord(runtime["options"]) ? runtime["options"] : {};
  if (runtimeName !== "nodejs") {
    throw new PreviewError(
      `${shownPath(file)}: runtime ${JSON.stringify(runtimeName) ?? "is missing"}. ` +
        `The offline preview runs programs whose runtime is "nodejs" (TypeScript and JavaScript).`,
    );
  }

  const nodeArguments = options["nodeargs"];
  const tsconfig = options["tsconfig"];
  const stackConfigDir = content["stackConfigDir"];
  const config = content["config"];
  return {
    name: content["name"],
    root,
    file,
    ...mainOf(root, file, content["main"]),
    typescript: options["typescript"] !== false && options["typescript"] !== "false",
    ...(typeof tsconfig === "string" && { tsconfig }),
    nodeArguments: typeof nodeArguments === "string" ? splitWords(nodeArguments) : [],
    stackFolder: typeof stackConfigDir === "string" ? resolve(root, stackConfigDir) : root,
    declared: isRecord(config) ? config : {},
  };
}

/** `main` is a file, or a folder with an entry of its own; the program runs in that folder. */
function mainOf(root: string, file: string, main: unknown): { programFolder: string; entry: string } {
  if (main === undefined || main === null || main === "") return { programFolder: root, entry: "." };
  if (typeof main !== "string") throw new PreviewError(`${shownPath(file)}: "main" must be a path.`);
  const path = isAbsolute(main) ? main : resolve(root, main);
  if (path !== root && !path.startsWith(root + sep)) {
    throw new PreviewError(`${shownPath(file)}: main "${main}" is outside of the project.`);
  }
  if (!existsSync(path)) throw new PreviewError(`${shownPath(file)}: main "${main}" does not exist.`);
  return statSync(path).isDirectory()
    ? { programFolder: path, entry: "." }
    : { programFolder: dirname(path), entry: basename(path) };
}

/** Parses YAML or JSON; the message of a mistake names file and line. */
export function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new PreviewError(`${shownPath(file)}: ${fileProblem(error)}.`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new PreviewError(`${shownPath(file)}:${line}:${col}: ${error.message}`);
  }
  try {
    return document.toJS();
  } catch (error) {
    // An alias without its anchor, or aliases that would unfold to millions of nodes.
    throw new PreviewError(`${shownPath(file)}: ${(error as Error).message}`);
  }
}

/** Words of a command line; quotes keep spaces. */
export function splitWords(text: string): string[] {
  return [...text.matchAll(/(?:"([^"]*)"|'([^']*)'|[^\s"']+)+/g)].map(([word]) => word.replace(/["']/g, ""));
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A path as a person at the command line would write it. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === "" ? "." : near.startsWith(`..${sep}..`) ? path : near;
}
