// Proves: what an alert says of CloudTrail events, and that no event, however it is made, keeps an alert from being made.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CloudTrailRecord } from "../../../detections";
import { alertOf } from "../../../functions/notifier/alert";
import { findingOf } from "../../../functions/notifier/findingOf";
import { topicMessage } from "../../../functions/notifier/publisher";
import { account, at, by, deleteBackup, deleteTable, failing, identities, region } from "../../support/events";
import { deployed } from "./support";

const detection = (id: string) => deployed().find((each) => each.id === id)!;
const when = (clock: string) => ({ eventTime: at(clock) });

describe("a finding of events", () => {
  it("of one event says it in a sentence", () => {
    const record = deleteTable(when("1"), "orders");
    expect(findingOf(detection("multiple-tables-deleted"), [record])).toMatchObject({
      id: `multiple-tables-deleted:${record.eventID}`,
      time: at("1"),
      summary: `arn:aws:iam::${account}:role/ops called DeleteTable on table orders.`,
      count: 1,
    });
    const refused = deleteBackup(failing("AccessDenied"));
    expect(findingOf(detection("backup-deleted"), [refused]).summary).toContain(", refused with AccessDenied.");
  });

  it("of several is named after the newest, and lists callers, tables and events once", () => {
    const records = ["1", "3", "2"].map((clock) =>
      deleteTable({ ...when(clock), ...by(identities.role("ops", `s${Number(clock) % 2}`)) }, `t${clock}`),
    );
    const finding = findingOf(detection("multiple-tables-deleted"), records, "a note");
    expect(finding).toMatchObject({ id: `multiple-tables-deleted:${records[1]!.eventID}`, count: 3, note: "a note" });
    expect(finding.events.map(({ time }) => time)).toEqual([at("3"), at("2"), at("1")]);
    expect(finding.actors.map(({ session }) => session)).toEqual(["s1", "s0"]);
    expect(finding.tables).toEqual(["t3", "t2", "t1"]);
    expect(finding.summary).toContain("3 calls of DeleteTable on tables t3, t2, t1 by 2 callers");
  });

  it("can be made and told of whatever an event is", () => {
    const anything = fc.record(
      {
        eventID: fc.anything(),
        eventName: fc.anything(),
        eventTime: fc.anything(),
        eventSource: fc.anything(),
        awsRegion: fc.anything(),
        recipientAccountId: fc.anything(),
        sourceIPAddress: fc.anything(),
        userIdentity: fc.anything(),
        requestParameters: fc.anything(),
        responseElements: fc.anything(),
        resources: fc.anything(),
        errorCode: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const place = { partition: "aws", region, account };
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1, maxLength: 5 }), (records) => {
        const asJson = JSON.parse(JSON.stringify(records, (_, v) => (typeof v === "bigint" ? String(v) : v)) ?? "[{}]");
        const finding = findingOf(detection("backup-deleted"), asJson as CloudTrailRecord[]);
        const message = topicMessage(alertOf(finding, detection("backup-deleted"), { place, logGroup: "audit" }));
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(262_144);
      }),
      { numRuns: 300 },
    );
  });
});
