// Proves: what a finding says; that a value never is in it; and that whatever is delivered, refused and delivered again in
// any order, each matching change is in exactly one delivered finding, and each full window has exactly one. Does not
// prove: anything over several environments of the function, each of which has a memory of its own.
import type { AttributeValue } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../functions/finding";
import { Findings } from "../../../functions/streamMonitor/findings";
import { type ItemChange, toItemChange } from "../../../functions/streamMonitor/itemChange";
import type { KeyDisplay } from "../../../functions/streamMonitor/keyDisplay";
import { StreamMonitor } from "../../../functions/streamMonitor/monitor";
import { type RecordShape, streamRecord } from "./streamRecord";
import { tableArnOf, watched, watchedTable } from "./watchedTable";

const guarded = watched({ kind: "guarded-attributes", attributes: ["status"], changes: ["MODIFY"] });
const deletes = watched({ kind: "counted", changes: ["REMOVE"] }, { id: "deletes", threshold: 2, periodSeconds: 300 });
const expiries = watched({ kind: "counted", changes: ["EXPIRE"] }, { id: "expiries", periodSeconds: 300 });

const change = (shape: RecordShape, seconds = 0): ItemChange => {
  const record = streamRecord(shape);
  record.dynamodb!.ApproximateCreationDateTime! += seconds;
  return toItemChange(record);
};
const statusChange = (keys?: Record<string, AttributeValue>) =>
  change({ ...(keys && { keys }), before: { status: { S: "v-a" } }, after: { status: { S: "v-b" } } });
const removal = (seconds = 0) => change({ eventName: "REMOVE", before: { status: { S: "v-a" } } }, seconds);

function monitorOf(display: KeyDisplay = "hashed", logGroup?: string) {
  const findings = new Findings([watchedTable("orders", guarded, deletes, expiries)], display, logGroup);
  const monitor = new StreamMonitor(display, findings);
  return {
    monitor,
    /** What a batch makes, all of it delivered. */
    found: (...changes: ItemChange[]): Finding[] => {
      for (const one of changes) monitor.observe(one);
      return findings.take().map(({ finding, delivered }) => {
        delivered();
        return finding;
      });
    },
    findings,
  };
}

describe("a finding", () => {
  it("says what, where and when, that nobody is named, and how to ask who", () => {
    const one = statusChange();
    const { found } = monitorOf("hashed", "trail-logs");
    expect(found(one)).toEqual([
      {
        id: `guarded-attributes:${one.eventId}`,
        detection: "guarded-attributes",
        title: "Title of guarded-attributes",
        severity: "high",
        time: "2026-11-02T00:00:00.000Z",
        account: "123456789012",
        region: "eu-central-1",
        summary: "1 change of status of items of table orders.",
        actors: [],
        tables: ["orders"],
        events: [
          {
            id: one.eventId,
            name: "MODIFY",
            time: "2026-11-02T00:00:00.000Z",
            item: expect.stringMatching(/^[0-9a-f]{32}$/),
            attributes: ["status"],
          },
        ],
        count: 1,
        note: [
          "A stream carries no caller. CloudTrail does, where the trail logs the table's data events.",
          "CloudWatch Logs Insights, log group trail-logs, from 2026-11-01T23:59:00.000Z to 2026-11-02T00:15:00.000Z:",
          "fields eventTime, eventName, coalesce(userIdentity.sessionContext.sessionIssuer.arn, userIdentity.arn) as principal, userIdentity.arn, sourceIPAddress, userAgent, errorCode",
          '| filter eventSource = "dynamodb.amazonaws.com" and eventName in ["PutItem", "UpdateItem", "BatchWriteItem", "TransactWriteItems", "ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"]',
          '| filter @message like /["\\/]orders["\\/]/',
          "| sort eventTime desc",
          "| limit 100",
        ].join("\n"),
      },
    ]);
  });

  it("of a window counts what was seen, and is made once", () => {
    const { found } = monitorOf();
    expect(found(removal(), removal(10))).toEqual([]);
    const [finding] = found(removal(299), removal(300));
    expect(finding).toMatchObject({
      id: `deletes:${tableArnOf("orders")}:2026-11-02T00:00:00.000Z`,
      count: 3,
      time: "2026-11-02T00:04:59.000Z",
      summary:
        "3 changes of items of table orders (REMOVE) from 2026-11-02T00:00:00.000Z to 2026-11-02T00:04:59.000Z, as far as " +
        "one environment of the monitor saw when it found more than 2 in 5 minutes.",
    });
    expect(finding?.note).toContain('["DeleteItem", "BatchWriteItem"');
    expect(found(removal(20), removal(30), removal(40))).toEqual([]);
  });

  it("of an expiry looks back to who chose the time or the attribute", () => {
    const [finding] = monitorOf().found(change({ eventName: "REMOVE", expired: true }));
    expect(finding?.note).toContain("log group of the trail, from 2026-10-25T23:59:00.000Z");
    expect(finding?.note).toContain('"UpdateTimeToLive"');
  });

  it("names the fifty newest changes of many, and stays within EventBridge's size", () => {
    const many = Array.from({ length: 120 }, (_, i) => change({ before: {}, after: { status: { S: "v" } } }, i));
    const [finding] = monitorOf().found(...many.toReversed());
    expect(finding?.count).toBe(120);
    expect(finding?.events.map(({ id }) => id)).toEqual(
      many
        .slice(70)
        .reverse()
        .map(({ eventId }) => eventId),
    );
    const large = Array.from({ length: 50 }, () => statusChange({ id: { S: '"'.repeat(2048) } }));
    const [shown] = monitorOf("plain").found(...large);
    expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThan(256 * 1024);
    expect(shown?.events.length).toBeGreaterThan(5);
    expect(shown?.count).toBe(50);
  });

  it.each<[KeyDisplay, boolean]>([
    ["hashed", false],
    ["plain", true],
    ["none", false],
  ])("shows the key as chosen, and no other value: %s", (display, shown) => {
    const { found } = monitorOf(display);
    const text = JSON.stringify(found(statusChange({ id: { S: "order-1" } })));
    expect(text.includes("order-1")).toBe(shown);
    expect(text).not.toMatch(/v-a|v-b/);
    expect(text.includes('"item"')).toBe(display !== "none");
  });

  it("where a threshold is set waits for so many, also of a kind whose changes are reported one by one", () => {
    const many = watched(guarded.rule, { id: "many", threshold: 1 });
    const findings = new Findings([watchedTable("orders", many)], "hashed");
    const [one, two] = [statusChange(), statusChange()];
    findings.observe(one, true);
    expect(findings.take()).toEqual([]);
    findings.observe(two, true);
    expect(findings.take().map(({ finding }) => finding.count)).toEqual([2]);
  });

  it("of a table that is not watched is none", () => {
    const { found } = monitorOf();
    expect(found(change({ table: "other", eventName: "REMOVE", expired: true }))).toEqual([]);
  });
});

describe("any deliveries", () => {
  type Delivery = { batch: number[]; taken: boolean };
  const count = 40;
  const deliveries = fc.array(
    fc.record({
      batch: fc.array(fc.nat({ max: count - 1 }), { minLength: 1, maxLength: 15 }),
      taken: fc.boolean(),
    }),
    { maxLength: 20 },
  );

  it("report each change once, and each full window once", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: count, maxLength: count }), deliveries, (kinds, first) => {
        const changes = kinds.map((isRemoval, i) => (isRemoval ? removal(i * 30) : statusChange()));
        const { monitor, findings } = monitorOf();
        const reported: Finding[] = [];
        const deliver = ({ batch, taken }: Delivery) => {
          for (const i of batch) monitor.observe(changes[i]!);
          for (const open of findings.take()) {
            expect(open.sequenceNumbers.length).toBeGreaterThan(0);
            const numbers = batch.map((i) => changes[i]?.sequenceNumber);
            expect(open.sequenceNumbers.filter((number) => !numbers.includes(number))).toEqual([]);
            if (!taken) continue;
            open.delivered();
            reported.push(open.finding);
          }
        };
        for (const one of first) deliver(one);
        deliver({ batch: changes.map((_, i) => i), taken: true }); // in the end everything came through

        const single = reported.filter(({ detection }) => detection === guarded.id);
        expect(single.flatMap(({ events }) => events.map(({ id }) => id)).sort()).toEqual(
          changes
            .filter(({ kind }) => kind === "MODIFY")
            .map(({ eventId }) => eventId)
            .sort(),
        );
        const perWindow = new Map<number, number>();
        for (const { kind, changedAt } of changes) {
          const window = Math.floor(Date.parse(changedAt) / 300_000);
          if (kind === "REMOVE") perWindow.set(window, (perWindow.get(window) ?? 0) + 1);
        }
        const full = [...perWindow.values()].filter((removals) => removals > 2);
        expect(reported.filter(({ detection }) => detection === "deletes")).toHaveLength(full.length);
        expect(new Set(reported.map(({ id }) => id)).size).toBe(reported.length);
      }),
    );
  });
});
