import type { DeployedDetection } from "../../detections/deployedDetection";
import type { CloudTrailRecord } from "../../detections/event/record";
import { compilePredicate, type Predicate } from "../../detections/filterPattern";
import type { Finding } from "../finding";
import { Alarms } from "./alarms";
import type { Dependencies } from "./dependencies";
import { eventId, findingOf } from "./findingOf";
import { type Input, readInput } from "./input";
import { Speaker, StillHeld } from "./speaker";
import { sweep } from "./sweep";

/** Severities worth the fast way. */
const fast: ReadonlySet<string> = new Set(["high", "critical"]);

/** Turns alarms, events and findings into alerts. The core of the function: no environment, no clock of its own. */
export class Notifier {
  private readonly fastPath: { detection: DeployedDetection; matches: Predicate }[];

  /** Throws FilterPatternError for a pattern that is none. */
  constructor(private readonly with_: Dependencies) {
    this.fastPath = with_.detections
      .filter(({ singleEvent, severity, stateful }) => singleEvent && stateful === undefined && fast.has(severity))
      .map((detection) => ({ detection, matches: anyOf(detection.patterns) }));
  }

  /**
   * Does everything that an invocation asks for, whatever fails in between, and throws at the end where something did:
   * Lambda tries again, and what was said is not said again.
   *
   * @param owner The invocation; the same for each attempt at it.
   */
  async handle(event: unknown, owner: string): Promise<void> {
    const problems: unknown[] = [];
    for (const input of readInput(event)) {
      const speaker = new Speaker(this.with_, owner);
      try {
        await this.one(input, speaker);
      } catch (error) {
        problems.push(error);
      }
      problems.push(...speaker.problems);
    }
    if (problems.length === 1) throw problems[0];
    if (problems.length > 1) {
      throw new AggregateError(problems, `${problems.length} things went wrong, first: ${String(problems[0])}`);
    }
  }

  private async one(input: Input, speaker: Speaker): Promise<void> {
    switch (input.kind) {
      case "alarm":
        return new Alarms(this.with_, speaker).handle(input.alarm);
      case "text":
        await speaker.say(this.textFinding(input.subject, input.text), undefined, []);
        return;
      case "event":
        return this.event(input.record, speaker);
      case "finding":
        return this.finding(input.finding, speaker);
      case "sweep":
        return sweep(this.with_, speaker);
      case "canary":
        return this.with_.sendCanary();
      case "canary returned":
        return this.with_.count("CanaryReturned");
    }
  }

  /** An event by the fast way: seconds after the call, and whole. */
  private async event(record: CloudTrailRecord, speaker: Speaker): Promise<void> {
    const key = eventId(record);
    for (const { detection } of this.fastPath.filter(({ matches }) => matches(record))) {
      await this.once(detection.id, key, speaker, () => speaker.say(findingOf(detection, [record]), detection, [key]));
    }
  }

  /** A finding of a function: as it is, with what the catalog says about its detection. */
  private async finding(finding: Finding, speaker: Speaker): Promise<void> {
    const detection = this.with_.detections.find(({ id }) => id === finding.detection);
    const prefix = `${finding.detection}:`;
    // The id of a finding about one event is made of the event's: both ways claim the same key.
    const key = finding.id.startsWith(prefix) ? finding.id.slice(prefix.length) : finding.id;
    await this.once(finding.detection, key, speaker, () => speaker.say(finding, detection, [key]));
  }

  private async once(detection: string, key: string, speaker: Speaker, say: () => Promise<unknown>): Promise<void> {
    const { won, held } = await speaker.claim(detection, [key]);
    if (held.length > 0) throw new StillHeld(detection, held);
    if (won.length > 0) await say();
  }

  /** Somebody else publishes to the alarm topic: people get what it says. */
  private textFinding(subject: string, text: string): Finding {
    const { account, region } = this.with_.place;
    const time = new Date(this.with_.now()).toISOString();
    return {
      id: `message:${time}`,
      detection: "message",
      title: "Message on the alarm topic",
      severity: "medium",
      time,
      account,
      region,
      summary: [subject, text].filter((part) => part !== "").join(": "),
      actors: [],
      tables: [],
      events: [],
      count: 0,
    };
  }
}

function anyOf(patterns: readonly string[]): Predicate {
  const predicates = patterns.map((pattern) => compilePredicate(pattern));
  return (record) => predicates.some((matches) => matches(record));
}
