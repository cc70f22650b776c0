import { stat } from "node:fs/promises";
import { FilterPatternError, parseFilterPattern } from "../../detections/filterPattern";
import { compilePredicate, type Predicate } from "../../detections/filterPattern/predicate";
import { batches } from "../replay/input/batches";
import { type InputFile, open, reasonOf, Unreadable } from "../replay/input/content";
import { Held } from "../replay/input/held";
import { Problems } from "../replay/input/problems";
import { empty, Splitter } from "../replay/input/splitter";
import { logEvents } from "./events";
import { Output } from "./output";

// This command starts as fast as Node.js does: nothing is imported here but the grammar of patterns, the reader of inputs and
// node: modules.

const usage = `Usage: dynamodb-detective match PATTERN [FILE...]

Prints the events that a CloudWatch Logs filter pattern for JSON matches, one per line: aws logs test-metric-filter,
offline. A file holds JSON lines, JSON events one after the other, an array of them, {"Records": [...]} as CloudTrail
delivers it, lines of a timestamp and an event, or events as EventBridge, subscriptions, "aws logs filter-log-events" and
"aws cloudtrail lookup-events" wrap them; also compressed with gzip. "-", or no file: standard input.

Exit code: 0 an event matched, 1 none did, 2 AWS would refuse the pattern, an input is unreadable, or wrong usage.

  dynamodb-detective match '{ $.eventName = "Delete*" && $.errorCode NOT EXISTS }' logs/*.json.gz
`;

const matched = 0;
const nothingMatched = 1;
const failed = 2;

/** Runs the command and returns its exit code. */
export async function match(args: readonly string[]): Promise<number> {
  const words = readArguments(args);
  if (typeof words === "number") return words;
  const [pattern, ...files] = words as [string, ...string[]];
  const predicate = readPattern(pattern);
  if (!predicate) return failed;

  const output = new Output(process.stdout);
  let [found, unreadable] = [false, false];
  const tell = (text: string): void => {
    unreadable = true;
    console.error(text);
  };
  const held = new Held();
  for (const path of files.length === 0 ? ["-"] : files) {
    const problems = new Problems(path, tell);
    let events = 0;
    const file = await fileAt(path);
    if (typeof file === "string") {
      tell(`${path}: ${file}`);
      continue;
    }
    const content = await open(file, () => undefined);
    for await (const batch of batches(content, new Splitter({ has: () => true }, held, logEvents))) {
      if (batch instanceof Unreadable) {
        problems.end(batch.message, events);
        continue;
      }
      events += batch.events.length;
      // An input without events matches nothing, as one with others.
      for (const damage of batch.damages) if (damage.reason !== empty) problems.damage(damage);
      for (const event of batch.events) {
        if (!predicate(event)) continue;
        found = true;
        if (!(await output.line(JSON.stringify(event)))) return matched;
      }
    }
    problems.done();
  }
  await output.end();
  return unreadable ? failed : found ? matched : nothingMatched;
}

/** A file to read, or why there is none. */
async function fileAt(path: string): Promise<InputFile | string> {
  if (path === "-") return { path, size: 0 };
  try {
    const entry = await stat(path);
    if (!entry.isDirectory()) return { path, size: entry.size };
    return `a folder. Name the files, for example ${path.replace(/\/$/, "")}/*.json.gz`;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The pattern and the files, or an exit code where there is nothing to do. */
function readArguments(args: readonly string[]): string[] | number {
  const end = args.indexOf("--");
  const words = end < 0 ? [...args] : [...args.slice(0, end), ...args.slice(end + 1)];
  const options = (end < 0 ? args : args.slice(0, end)).filter((arg) => /^-./.test(arg));
  if (options.some((option) => option === "--help" || option === "-h")) {
    process.stdout.write(usage);
    return matched;
  }
  if (options.length > 0) return refuse(`unknown option ${options[0]}. A file of that name is written ./${options[0]}`);
  if (words.length === 0) return refuse("a pattern is missing");
  return words;
}

function refuse(problem: string): number {
  process.stderr.write(`match: ${problem}\n\n${usage}`);
  return failed;
}

/** The predicate; where AWS would refuse the pattern, says why and where. */
function readPattern(text: string): Predicate | undefined {
  try {
    return compilePredicate(parseFilterPattern(text));
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error;
    process.stderr.write(`${pointedAt(text, error.position)}\n${error.message}\n`);
    return undefined;
  }
}

/** Longest excerpt before and after the position. */
const reach = 60;

/** The pattern's line, with a caret under the position. Long lines are cut around it. */
function pointedAt(text: string, position: number): string {
  const start = text.lastIndexOf("\n", position - 1) + 1;
  const nextBreak = text.indexOf("\n", position);
  const line = text.slice(start, nextBreak < 0 ? undefined : nextBreak).replace(/\t/g, " ");
  const at = position - start;
  const from = Math.max(0, at - reach);
  const to = Math.min(line.length, at + reach);
  const before = from > 0 ? "..." : "";
  const after = to < line.length ? "..." : "";
  return `${before}${line.slice(from, to)}${after}\n${" ".repeat(before.length + at - from)}^`;
}
