import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { type Finding, findingDetailType, findingSource } from "./finding";

/** Most entries in one PutEvents (EventBridge API reference). */
const entriesPerCall = 10;
const maxAttempts = 4;

/** Puts findings onto an event bus. Entries that EventBridge refuses are tried again; throws where some are left. */
export class FindingsBus {
  constructor(
    private readonly client: Pick<EventBridgeClient, "send">,
    private readonly bus: string,
    private readonly pause = (attempt: number) => new Promise<void>((done) => setTimeout(done, 100 * 2 ** attempt)),
  ) {}

  async put(findings: readonly Finding[]): Promise<void> {
    const left: string[] = [];
    for (let i = 0; i < findings.length; i += entriesPerCall) {
      left.push(...(await this.putSome(findings.slice(i, i + entriesPerCall))));
    }
    if (left.length > 0) throw new Error(`${left.length} findings were not taken by the event bus: ${left[0]}`);
  }

  /** Returns why entries were not taken, one text for each. */
  private async putSome(findings: readonly Finding[]): Promise<string[]> {
    let open = findings.map(
      (finding): PutEventsRequestEntry => ({
        EventBusName: this.bus,
        Source: findingSource,
        DetailType: findingDetailType,
        Time: new Date(finding.time),
        Detail: JSON.stringify(finding),
      }),
    );
    let reasons: string[] = [];
    for (let attempt = 1; open.length > 0 && attempt <= maxAttempts; attempt++) {
      if (attempt > 1) await this.pause(attempt);
      try {
        const { Entries = [] } = await this.client.send(new PutEventsCommand({ Entries: open }));
        const refused = open.filter((_, i) => Entries[i]?.ErrorCode !== undefined);
        reasons = Entries.flatMap(({ ErrorCode }) => ErrorCode ?? []);
        open = refused;
      } catch (error) {
        reasons = open.map(() => (error instanceof Error ? error.name : "unknown error"));
      }
    }
    return open.length === 0 ? [] : reasons;
  }
}
