import { failedRecords, type InvocationRecord, parseInvocationRecord, shardOf } from "./invocationRecord";

/** What is read from and sent to. */
export interface Account {
  /** Objects of the failure bucket that Lambda wrote. */
  list(): AsyncIterable<{ key: string; modified: Date }>;
  read(key: string): Promise<string>;
  /** The function's answer. Throws where the invocation failed, or the function did. */
  invoke(functionArn: string, payload: string): Promise<string>;
  /** Takes the object away: what it held went through. */
  settle(key: string): Promise<void>;
}

export interface RedriveOptions {
  /** Invoke this function. Default: the one that failed. */
  functionName?: string;
  /** Only what failed at this time or later. */
  since?: Date;
  dryRun: boolean;
  /** Shards at a time. */
  concurrency: number;
  onOutcome?: (outcome: ObjectOutcome, done: number, of: number) => void;
}

/**
 * - `sent`: the function took every record, and the object is settled.
 * - `would-send`: a dry run.
 * - `failed`: the invocation failed, or the function reported records; the object stays.
 * - `unsettled`: it went through, but the object could not be taken away.
 * - `unreadable`: it could not be read or is no such record; the object stays.
 */
export type Result = "sent" | "would-send" | "failed" | "unsettled" | "unreadable";

/** What became of one object of the bucket. */
export interface ObjectOutcome {
  key: string;
  result: Result;
  functionName: string;
  condition: string;
  records: number;
  /** How many of them the function reported. */
  failedRecords: number;
  problem?: string;
}

/**
 * Sends what Lambda kept through the function once more. Each object is tried once, those of one shard in the order in
 * which they failed. Nothing is taken away unless all of it went through.
 */
export async function redrive(account: Account, options: RedriveOptions): Promise<ObjectOutcome[]> {
  const keys: string[] = [];
  for await (const { key, modified } of account.list()) {
    if (options.since === undefined || modified >= options.since) keys.push(key);
  }
  keys.sort();
  const shards = new Map<string, string[]>();
  for (const key of keys) {
    const shard = shards.get(shardOf(key)) ?? [];
    shard.push(key);
    shards.set(shardOf(key), shard);
  }
  const outcomes: ObjectOutcome[] = [];
  const waiting = [...shards.values()];
  const work = async (): Promise<void> => {
    for (let shard = waiting.shift(); shard; shard = waiting.shift()) {
      for (const key of shard) {
        const outcome = await redriveOne(account, key, options);
        outcomes.push(outcome);
        options.onOutcome?.(outcome, outcomes.length, keys.length);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.concurrency, waiting.length) }, work));
  return outcomes.sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function redriveOne(account: Account, key: string, options: RedriveOptions): Promise<ObjectOutcome> {
  let record: InvocationRecord;
  try {
    record = parseInvocationRecord(await account.read(key));
  } catch (error) {
    if (isFatal(error)) throw error;
    return {
      key,
      result: "unreadable",
      functionName: "",
      condition: "",
      records: 0,
      failedRecords: 0,
      problem: text(error),
    };
  }
  const { condition, records, payload } = record;
  const functionName = options.functionName ?? record.functionArn;
  const outcome = (result: Result, failed: number, problem?: string): ObjectOutcome => ({
    key,
    result,
    functionName,
    condition,
    records,
    failedRecords: failed,
    ...(problem !== undefined && { problem }),
  });
  if (functionName === "") return outcome("unreadable", 0, "it names no function: give one with --function");
  if (options.dryRun) return outcome("would-send", 0);
  try {
    const failed = failedRecords(await account.invoke(functionName, payload), records);
    if (failed > 0) return outcome("failed", failed, `the function reported ${failed} of ${records} records again`);
  } catch (error) {
    if (isFatal(error)) throw error;
    return outcome("failed", records, text(error));
  }
  try {
    await account.settle(key);
    return outcome("sent", 0);
  } catch (error) {
    return outcome("unsettled", 0, text(error));
  }
}

/** Errors that every object would meet. */
export class FatalError extends Error {}
const isFatal = (error: unknown): boolean => error instanceof FatalError;

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));
