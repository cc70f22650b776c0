import type { DeployedDetection } from "../../detections/deployedDetection";
import type { Finding } from "../finding";
import { type Alert, alertOf } from "./alert";
import type { Dependencies } from "./dependencies";
import type { Claims, Settling } from "./state";

/** Milliseconds to wait for somebody else who is about to speak of the same. */
const waits = [1_000, 2_000, 4_000];

/** Somebody else holds a claim and did not settle it. Lambda tries again when the lease is over. */
export class StillHeld extends Error {
  constructor(detection: string, keys: readonly string[]) {
    super(`${keys.length} events of ${detection} are being alerted by another invocation; to be looked at again.`);
    this.name = "StillHeld";
  }
}

/**
 * Speaks once about each key, for one invocation. Where the state table fails, it speaks all the same: an alert twice is
 * better than none.
 */
export class Speaker {
  /** What went wrong after people were told: the invocation fails at its end, so that the health alarm sees it. */
  readonly problems: unknown[] = [];

  constructor(
    private readonly with_: Dependencies,
    readonly owner: string,
  ) {}

  /** Claims keys. Those that others hold are waited for; what is still held in the end is told. */
  async claim(detection: string, keys: readonly string[]): Promise<Claims> {
    const { state, pause } = this.with_;
    const all: Claims = { won: [], done: [], held: [...keys] };
    for (let attempt = 0; ; attempt++) {
      try {
        const { won, done, held } = await state.claim(detection, all.held, this.owner);
        all.won.push(...won);
        all.done.push(...done);
        all.held = held;
      } catch (error) {
        this.stateFailed("claim", error);
        return { ...all, won: [...all.won, ...all.held], held: [] };
      }
      const wait = waits[attempt];
      if (all.held.length === 0 || wait === undefined) return all;
      await pause(wait);
    }
  }

  /** Tells people, then marks the keys. Throws where the topic did not take the alert; the claims are given back then. */
  async say(
    finding: Finding,
    detection: DeployedDetection | undefined,
    keys: readonly string[],
    { alarm, kind = "alert" }: { alarm?: string; kind?: Alert["kind"] } = {},
  ): Promise<Alert> {
    const { publisher, place, logGroup, log, count } = this.with_;
    const alert: Alert = {
      ...alertOf(finding, detection, { place, logGroup, alarm }),
      kind,
      ...(kind === "ok" && { impact: "", response: [] }),
    };
    try {
      await publisher.publish(alert);
    } catch (error) {
      await this.quietly("release", (state) => state.release(finding.detection, keys, this.owner));
      throw error;
    }
    count("AlertsPublished");
    log.info("alert", {
      id: alert.id,
      detection: alert.detection,
      severity: alert.severity,
      kind,
      events: alert.count,
    });
    await this.settle(finding.detection, keys, finding.id, { tables: alert.tables });
    try {
      await publisher.copies(alert);
    } catch (error) {
      log.warn("a copy of the alert was not taken", { id: alert.id, reason: reasonOf(error) });
      this.problems.push(error);
    }
    return alert;
  }

  /** Tells Security Hub that the alarm of these findings is over. */
  async end(ok: Finding, detection: DeployedDetection | undefined, findings: readonly string[]): Promise<void> {
    const { publisher, place, logGroup } = this.with_;
    try {
      await publisher.end(alertOf(ok, detection, { place, logGroup }), findings);
    } catch (error) {
      this.problems.push(error);
    }
  }

  /** Marks keys as spoken about. */
  async settle(detection: string, keys: readonly string[], finding: string, how?: Settling): Promise<void> {
    await this.quietly("settle", (state) => state.settle(detection, keys, this.owner, finding, how));
  }

  /** What the state table says or does; `undefined` where it fails, which must not keep an alert from going out. */
  async quietly<T>(what: string, run: (state: Dependencies["state"]) => Promise<T>): Promise<T | undefined> {
    try {
      return await run(this.with_.state);
    } catch (error) {
      this.stateFailed(what, error);
      return undefined;
    }
  }

  private stateFailed(what: string, error: unknown): void {
    this.with_.log.warn("the state table failed", { what, reason: reasonOf(error) });
    this.with_.count("StateFailures");
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.name === "Error" ? error.message : error.name) : String(error);
