import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { type Finding, findingDetailType, findingSource } from "./finding";

/** Most entries in one PutEvents (EventBridge API reference). */
const entriesPerCall = 10;
const maxAttempts = 4;

/** Puts findings onto an event bus. Entries that EventBridge refuses are tried again. */
export class FindingsBus {
  constructor(
    private readonly client: Pick<EventBridgeClient, "send">,
    private readonly bus: string,
    private readonly pause = (attempt: number) => new Promise<void>((done) => setTimeout(done, 100 * 2 ** attempt)),
  ) {}

  /** Throws where some are not taken. */
  async put(findings: readonly Finding[]): Promise<void> {
    const refused = await this.offer(findings);
    const [reason] = refused.values();
    if (refused.size > 0) throw new Error(`${refused.size} findings were not taken by the event bus: ${reason}`);
  }

  /**
   * Returns why findings were not taken, by their id; empty where all were. After a call that failed to the end the rest
   * is not tried: a bus that is down would cost seconds for every ten.
   */
  async offer(findings: readonly Finding[]): Promise<Map<string, string>> {
    const refused = new Map<string, string>();
    for (let i = 0; i < findings.length; i += entriesPerCall) {
      const some = findings.slice(i, i + entriesPerCall);
      const [known] = refused.values();
      if (known === undefined) await this.offerSome(some, refused);
      else for (const { id } of some) refused.set(id, known);
    }
    return refused;
  }

  private async offerSome(findings: readonly Finding[], refused: Map<string, string>): Promise<void> {
    let open = findings.map((finding) => ({ id: finding.id, entry: entryOf(finding, this.bus), reason: "" }));
    for (let attempt = 1; open.length > 0 && attempt <= maxAttempts; attempt++) {
      if (attempt > 1) await this.pause(attempt);
      try {
        const { Entries = [] } = await this.client.send(
          new PutEventsCommand({ Entries: open.map(({ entry }) => entry) }),
        );
        open = open
          .map((one, i) => ({ ...one, reason: Entries[i]?.ErrorCode ?? (Entries[i]?.EventId ? "" : "no answer") }))
          .filter(({ reason }) => reason !== "");
      } catch (error) {
        const reason = error instanceof Error ? error.name : "unknown error";
        open = open.map((one) => ({ ...one, reason }));
      }
    }
    for (const { id, reason } of open) refused.set(id, reason);
  }
}

const entryOf = (finding: Finding, bus: string): PutEventsRequestEntry => ({
  EventBusName: bus,
  Source: findingSource,
  DetailType: findingDetailType,
  Time: new Date(finding.time),
  Detail: JSON.stringify(finding),
});
