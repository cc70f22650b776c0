import { type CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type CloudTrailRecord, isRecord } from "../../detections/event/record";

/** A span of time in which log events were delivered, in milliseconds. */
export interface Window {
  start: number;
  end: number;
}

/** What a search brought. */
export interface Search {
  /** Each event once. */
  records: CloudTrailRecord[];
  /** Why there may be more: the search failed, took too long, or found too many. */
  problem?: string;
}

export interface SearchLimits {
  /** Pages read for one pattern. */
  pages: number;
  /** Events after which no further page is read. */
  events: number;
  /** Milliseconds for all of a search. */
  ms: number;
  /** Milliseconds between searches while nothing is found: log events can be searched some seconds after delivery. */
  pauses: readonly number[];
}

export const searchLimits: SearchLimits = { pages: 10, events: 500, ms: 25_000, pauses: [2_000, 5_000] };

/** Searches the trail's log group with the patterns of the metric filters. */
export class EventQuery {
  constructor(
    private readonly client: Pick<CloudWatchLogsClient, "send">,
    private readonly logGroup: string,
    private readonly limits: SearchLimits = searchLimits,
  ) {}

  /** The events that one of the patterns matches. Never throws: what went wrong is the result's `problem`. */
  async find(patterns: readonly string[], window: Window, waits = true): Promise<Search> {
    const stop = new AbortController();
    const late = `the search took more than ${this.limits.ms / 1000} seconds`;
    const timer = setTimeout(() => stop.abort(new Error(late)), this.limits.ms);
    const found = new Map<string, CloudTrailRecord>();
    const pauses = waits ? this.limits.pauses : [];
    try {
      for (let attempt = 0; ; attempt++) {
        const problems = await Promise.all(
          patterns.map((pattern) => this.collect(pattern, window, found, stop.signal)),
        );
        const problem = problems.find((each) => each !== undefined);
        const pause = pauses[attempt];
        if (problem !== undefined) return { records: [...found.values()], problem };
        if (found.size > 0 || pause === undefined) return { records: [...found.values()] };
        await orAbort(new Promise<void>((done) => setTimeout(done, pause)), stop.signal);
      }
    } catch (error) {
      return { records: [...found.values()], problem: reasonOf(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  private async collect(
    filterPattern: string,
    { start, end }: Window,
    found: Map<string, CloudTrailRecord>,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    let nextToken: string | undefined;
    try {
      for (let page = 0; page < this.limits.pages; page++) {
        const command = new FilterLogEventsCommand({
          logGroupName: this.logGroup,
          filterPattern,
          startTime: start,
          endTime: end,
          nextToken,
        });
        const answer = await orAbort(this.client.send(command, { abortSignal: signal }), signal);
        for (const { message, eventId } of answer.events ?? []) {
          const record = parsed(message);
          if (record) found.set(idOf(record, eventId), record);
        }
        nextToken = answer.nextToken;
        if (nextToken === undefined) return undefined;
        if (found.size >= this.limits.events) return `there are more than ${found.size} events`;
      }
      return `the search stopped after ${this.limits.pages} pages`;
    } catch (error) {
      return reasonOf(error);
    }
  }
}

/** CloudTrail's `eventID`; a record without one is known by its log event's. */
const idOf = (record: CloudTrailRecord, logEventId = ""): string =>
  typeof record.eventID === "string" && record.eventID !== "" ? record.eventID : `log-${logEventId}`;

/** The record with an id, so that everybody can tell it from others. */
function parsed(message: string | undefined): CloudTrailRecord | undefined {
  try {
    const value: unknown = JSON.parse(message ?? "");
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Even where what is waited for takes no notice of the signal. */
function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** The name of an AWS error says what is wrong; its message may hold request ids and is for the log. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  return error.name === "Error" || error.name === "AbortError" ? error.message : error.name;
}
