// Proves: what an alert says of an alarm's episode and of a rule's event. Does not prove: when they come (cloudwatch/, run).
import { describe, expect, it } from "vitest";
import type { EventSummary } from "../../detections/event/summary";
import { alertOf, ruleAlert } from "../../simulation/alert";
import type { Hop } from "../../simulation/delivery/hop";
import type { EventRule } from "../../simulation/eventBridge/rule";

const event = (id: string, change: Partial<EventSummary> = {}): EventSummary => ({
  id,
  time: "2026-01-05T10:00:00Z",
  source: "dynamodb.amazonaws.com",
  name: "DeleteBackup",
  actor: "eve",
  tables: ["orders"],
  sourceIp: "192.0.2.7",
  region: "us-east-1",
  ...change,
});
const episode = (name: string, metricName = "backup-deleted") => ({
  alarm: { name, metricName, threshold: 0, periodSeconds: 60 },
  group: {},
  time: Date.UTC(2026, 0, 5, 10, 1),
  value: 2,
  events: [event("1"), event("2", { actor: "mallory", tables: ["orders", "users"], sourceIp: "", region: "" })],
  suppressed: 1,
  suppressedEvents: [event("3", { actor: "", id: "" })],
});
const ok: Hop = { hop: "alarm", status: "ok", at: "alarm" };
const broken: Hop = { hop: "topic policy", status: "broken", at: "topic", reason: "no" };

describe("the alert of an alarm", () => {
  it("names each actor, table, address, Region and event once, and nothing that an event lacks", () => {
    expect(alertOf(episode("test-high-backup-deleted"), [ok])).toMatchObject({
      detection: "backup-deleted",
      title: "Backup deleted",
      severity: "high",
      time: "2026-01-05T10:01:00Z",
      state: "ALARM",
      count: 2,
      threshold: 0,
      periodSeconds: 60,
      suppressed: 1,
      actors: ["eve", "mallory"],
      tables: ["orders", "users"],
      sourceIps: ["192.0.2.7"],
      regions: ["us-east-1"],
      eventIds: ["1", "2"],
      alarm: "test-high-backup-deleted",
      path: [ok],
    });
  });

  it("says where it stopped, if it did", () => {
    expect(alertOf(episode("a"), [ok])).not.toHaveProperty("stoppedAt");
    expect(alertOf(episode("a"), [ok, broken]).stoppedAt).toEqual(broken);
  });

  it.each([
    ["of the alarm's name", "shop-dev-low-backup-deleted", "backup-deleted", "low"],
    ["of a name that holds others", "low-medium-critical-backup-deleted", "backup-deleted", "critical"],
    ["of the name alone", "info-backup-deleted", "backup-deleted", "info"],
    ["of the catalog where the name has none", "shop-dev-backup-deleted", "backup-deleted", "high"],
    ["of the catalog where the name is another", "backup-deleted-low", "backup-deleted", "high"],
    ["of the catalog where another word stands there", "very-lowly-backup-deleted", "backup-deleted", "high"],
    ["of its name where the catalog has no such detection", "x-medium-of-ours", "of-ours", "medium"],
    ["info where nobody says", "something", "of-ours", "info"],
  ])("has the severity %s", (_, name, metricName, severity) => {
    expect(alertOf(episode(name, metricName), []).severity).toBe(severity);
  });

  it("is called as its alarm where the catalog has no such detection", () => {
    expect(alertOf(episode("of-ours-alarm", "of-ours"), []).title).toBe("of-ours-alarm");
  });
});

describe("the alert of a rule", () => {
  const alert = (name: string) => ruleAlert({ name } as EventRule, Date.UTC(2026, 0, 5), event("1"), [ok]);

  it("is of one event", () => {
    expect(alert("shop-backup-deleted")).toMatchObject({
      detection: "backup-deleted",
      severity: "high",
      count: 1,
      threshold: 0,
      periodSeconds: 0,
      suppressed: 0,
      eventIds: ["1"],
      events: [event("1")],
      suppressedEvents: [],
      group: {},
    });
  });

  it.each([
    ["table-scanned", "table-scanned"],
    ["shop-dev-table-scanned", "table-scanned"],
    ["shop-dev-critical-deletion-protection-disabled", "deletion-protection-disabled"],
    ["detable-scanned", "detable-scanned"],
    ["table-scanned-too", "table-scanned-too"],
  ])("%s is of the detection %s", (name, detection) => expect(alert(name).detection).toBe(detection));
});
