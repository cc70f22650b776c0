import { ProgressLine } from "../replay/progress";
import { UsageError } from "../replay/usageError";
import type { AccountOptions } from "./awsAccount";
import { type Account, FatalError, type ObjectOutcome, redrive } from "./redrive";

/** Options of `dynamodb-detective redrive`, as commander gives them. */
export interface RedriveCommandOptions {
  bucket: string;
  function?: string;
  since?: string;
  region?: string;
  moveTo?: string;
  concurrency: string;
  dryRun?: boolean;
  json?: boolean;
}

/** Where the command writes, and what it works with. */
export interface RedriveSurroundings {
  stdout: Pick<NodeJS.WriteStream, "write">;
  stderr: Pick<NodeJS.WriteStream, "write" | "isTTY">;
  account(options: AccountOptions): Promise<Account>;
  now(): Date;
}

const surroundings: RedriveSurroundings = {
  stdout: process.stdout,
  stderr: process.stderr,
  account: async (options) => (await import("./awsAccount.js")).awsAccount(options),
  now: () => new Date(),
};

const [fine, left, usage] = [0, 1, 2];

/** Runs the command; returns its exit code. */
export async function runRedrive(
  options: RedriveCommandOptions,
  { stdout, stderr, account, now }: RedriveSurroundings = surroundings,
): Promise<number> {
  const { bucket, region, json = false, dryRun = false } = options;
  const progress = new ProgressLine(stderr);
  try {
    const moveTo = options.moveTo === undefined ? undefined : prefix(options.moveTo);
    const settings = {
      functionName: options.function,
      since: options.since === undefined ? undefined : since(options.since, now()),
      concurrency: concurrency(options.concurrency),
      dryRun,
    };
    const outcomes = await redrive(await account({ bucket, region, moveTo }), {
      ...settings,
      onOutcome: (outcome, done, of) => {
        progress.show(`${done} of ${of}`);
        if (json) return;
        progress.clear();
        stdout.write(`${line(outcome)}\n`);
      },
    });
    progress.clear();
    const summary = summaryOf(outcomes);
    stdout.write(
      json ? `${JSON.stringify({ bucket, dryRun, ...summary, objects: outcomes })}\n` : `${total(summary)}\n`,
    );
    return summary.left === 0 ? fine : left;
  } catch (error) {
    progress.clear();
    if (!(error instanceof UsageError || error instanceof FatalError)) throw error;
    stderr.write(`redrive: ${error.message}\n`);
    return usage;
  }
}

const words: Record<ObjectOutcome["result"], string> = {
  sent: "sent",
  "would-send": "would send",
  failed: "FAILED",
  unsettled: "sent, NOT TAKEN AWAY",
  unreadable: "UNREADABLE",
};

function line({ key, result, records, condition, problem }: ObjectOutcome): string {
  const what = result === "unreadable" ? "" : `  ${counted(records, "record")}${condition ? `, ${condition}` : ""}`;
  return `${words[result]}  ${key}${what}${problem === undefined ? "" : `: ${problem}`}`;
}

interface Summary {
  sent: number;
  wouldSend: number;
  left: number;
  records: { sent: number; wouldSend: number; left: number };
}

function summaryOf(outcomes: readonly ObjectOutcome[]): Summary {
  const of = (...results: ObjectOutcome["result"][]) => outcomes.filter(({ result }) => results.includes(result));
  const records = (some: readonly ObjectOutcome[]) => some.reduce((sum, one) => sum + one.records, 0);
  const [sent, wouldSend, stays] = [of("sent"), of("would-send"), of("failed", "unsettled", "unreadable")];
  return {
    sent: sent.length,
    wouldSend: wouldSend.length,
    left: stays.length,
    records: { sent: records(sent), wouldSend: records(wouldSend), left: records(stays) },
  };
}

function total({ sent, wouldSend, left: stays, records }: Summary): string {
  if (sent + wouldSend + stays === 0) return "Nothing to redrive.";
  const parts = [
    wouldSend > 0 ? `would send ${counted(wouldSend, "object")} (${counted(records.wouldSend, "record")})` : "",
    sent > 0 ? `sent ${counted(sent, "object")} (${counted(records.sent, "record")})` : "",
    stays > 0 ? `${counted(stays, "object")} left in the bucket (${counted(records.left, "record")})` : "",
  ].filter((part) => part !== "");
  return `${parts.join(", ")}.`.replace(/^./, (first) => first.toUpperCase());
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A time, or how long ago. */
function since(written: string, now: Date): Date {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(written) ?? [];
  const date =
    amount === undefined
      ? new Date(/^\d{4}-\d\d-\d\d/.test(written) ? written : Number.NaN)
      : new Date(now.getTime() - Number(amount) * units[unit!]! * 1000);
  if (!Number.isNaN(date.getTime())) return date;
  throw new UsageError(
    `--since ${written} is no time. Write one like 2026-11-24, 2026-11-24T08:00:00Z, or 90m, 6h, 2d ago.`,
  );
}

function concurrency(written: string): number {
  const number = Number(written);
  if (Number.isInteger(number) && number >= 1 && number <= 50) return number;
  throw new UsageError(`--concurrency ${written} is not a whole number from 1 to 50.`);
}

function prefix(written: string): string {
  const text = written.endsWith("/") ? written : `${written}/`;
  if (!text.startsWith("/") && !text.startsWith("aws/lambda/")) return text;
  throw new UsageError(
    `--move-to ${written} must be a prefix outside aws/lambda/, without a slash first, for example redriven/.`,
  );
}
