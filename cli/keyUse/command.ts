import { Copies } from "../replay/copies";
import { readEvents } from "../replay/input/read";
import { actorLabel, cut, plain } from "../replay/labels";
import { ProgressLine } from "../replay/progress";
import { counted } from "../replay/text";
import { type KeyUse, KeyUses } from "./keyUse";

/** Options of `dynamodb-detective key-use`, as commander gives them. */
export interface KeyUseOptions {
  table?: string;
  key?: string[];
  json?: boolean;
}

/** Where the command writes. */
export interface Streams {
  stdout: Pick<NodeJS.WriteStream, "write" | "isTTY">;
  stderr: Pick<NodeJS.WriteStream, "write" | "isTTY">;
}

const [fine, usage, unreadable] = [0, 2, 3];
const notRecorded = "not recorded";

/** Runs the command; returns its exit code. */
export async function runKeyUse(
  paths: readonly string[],
  { table, key = [], json }: KeyUseOptions,
  { stdout, stderr }: Streams = process,
): Promise<number> {
  const wrong = key.find((arn) => !/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(arn));
  if (wrong !== undefined) {
    stderr.write(
      `--key ${plain(wrong)}: not the ARN of a key. Write one like arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.\n`,
    );
    return usage;
  }
  const progress = new ProgressLine(stderr);
  const uses = new KeyUses(key);
  const copies = new Copies();
  let problems = 0;
  const read = await readEvents(paths, {
    wants: ({ eventSource }) => eventSource === "kms.amazonaws.com",
    onEvent(record, file) {
      if (!copies.isCopy(record, file)) uses.add(record);
    },
    onProblem(text) {
      problems++;
      progress.clear();
      stderr.write(`${plain(text)}\n`);
    },
    onProgress: (state) => progress.update(state),
  });
  progress.clear();
  const listed = uses.list().filter((use) => table === undefined || use.table === table);
  if (json) {
    for (const use of listed) stdout.write(`${JSON.stringify(use)}\n`);
    stdout.write(`${JSON.stringify({ summary: { ...read, uses: listed.length } })}\n`);
  } else {
    stdout.write(tableOf(listed));
    stdout.write(
      `${counted(listed.length, "use")} of table keys in ${counted(read.events, "event")}, ` +
        `${counted(listed.filter(({ via }) => via === undefined).length, "direct call")}\n`,
    );
    if (listed.length === 0) stdout.write(nothingSeen);
  }
  return problems > 0 ? unreadable : fine;
}

const nothingSeen =
  "Nothing was seen: tables under the AWS owned key make no such events, and a trail may exclude those of AWS KMS.\n";

const headings = ["TIME", "OPERATION", "REQUESTER", "VIA", "IP", "TABLE", "RESULT"];
const widest = 56;

function tableOf(uses: readonly KeyUse[]): string {
  if (uses.length === 0) return "";
  const rows = uses.map(({ time, operation, requester, via, ip, table, errorCode }) => [
    time,
    operation,
    actorLabel(requester),
    via ?? "direct",
    ip ?? notRecorded,
    table ?? "-",
    errorCode ?? "ok",
  ]);
  const texts = [headings, ...rows].map((row) => row.map((text) => cut(plain(text), widest)));
  const widths = headings.map((_, column) => texts.reduce((most, row) => Math.max(most, row[column]!.length), 0));
  const lines = texts.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n\n`;
}
