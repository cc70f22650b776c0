// Proves: a run over a stream: alerts as they end, what counts as relevant, no events held beyond their windows.
// Does not prove: memory of the whole process (bench/).
import { describe, expect, it } from "vitest";
import { type Alert, simulate, timeOf } from "../../simulation";
import { at, data, management, updateTable, user } from "./support/records";
import { changed, stackOf } from "./support/stack";

const scan = (time: string, by = "eve") => data("Scan", time, { userIdentity: user(by) });

describe("events one by one", () => {
  it("tells of an alert when it is over, and of the rest at the end", () => {
    const alerts: Alert[] = [];
    const run = simulate(stackOf("table-scanned")).start({ onAlert: (alert) => alerts.push(alert) });
    run.push(scan("0"));
    expect(alerts).toEqual([]);
    run.push(scan("5"));
    expect(alerts.map(({ time }) => time)).toEqual([at("1").replace(".000Z", "Z")]);
    run.finish();
    expect(alerts).toHaveLength(2);
  });

  it("says which events some filter matches", () => {
    const run = simulate(stackOf("table-scanned")).start();
    expect([scan("0"), data("GetItem", "0"), management("ListTables", "0")].map((event) => run.push(event))).toEqual([
      true,
      false,
      false,
    ]);
    expect([run.events, run.relevant]).toEqual([3, 1]);
  });

  it("takes another time than the event's own, for delays of delivery", () => {
    const alerts: Alert[] = [];
    const run = simulate(stackOf("table-scanned")).start({ onAlert: (alert) => alerts.push(alert) });
    run.push(scan("0"), timeOf(scan("7:10")));
    run.finish();
    expect(alerts.map(({ time }) => time)).toEqual([at("8").replace(".000Z", "Z")]);
  });

  it("an event that is a little late still counts in its minute", () => {
    const events = ["0", "1", "2", "3", "6", "5:30"].map((time) => management("DeleteTable", time));
    expect(simulate(stackOf("multiple-tables-deleted")).run(events).alerts).toMatchObject([{ count: 6 }]);
  });

  it("runs over asynchronous events, and starts anew each time", async () => {
    const simulation = simulate(stackOf("table-scanned"));
    async function* events() {
      yield scan("0");
      yield scan("9");
    }
    const first = await simulation.runAsync(events());
    expect(first).toEqual(
      simulation.run(
        [...first.alerts.flatMap(({ events }) => events)].map(({ time, id }) => ({
          ...scan("0"),
          eventTime: time,
          eventID: id,
        })),
      ),
    );
    expect(first.alerts).toHaveLength(2);
  });
});

it("an event without a time counts nowhere, and does no harm", () => {
  const events = [{ ...scan("0"), eventTime: "soon" }, scan("0"), { ...scan("0"), eventTime: undefined }, scan("9")];
  expect(simulate(stackOf("table-scanned")).run(events)).toMatchObject({ events: 4, relevant: 2 });
  expect(simulate(stackOf("table-scanned")).run(events).alerts).toHaveLength(2);
});

it("alerts are in order of time, whatever ends first", () => {
  const events = [
    ...["0", "1", "2", "3", "4", "5"].map((time) => management("DeleteTable", time)),
    scan("6"),
    scan("8"),
  ];
  const { alerts } = simulate(stackOf("multiple-tables-deleted", "table-scanned")).run(events);
  expect(alerts.map(({ detection }) => detection)).toEqual([
    "multiple-tables-deleted",
    "table-scanned",
    "table-scanned",
  ]);
});

it("calls that no filter can match are known before their events are read", () => {
  const simulation = simulate(stackOf("table-scanned", "backup-deleted"));
  const may = (eventName: string, eventSource = "dynamodb.amazonaws.com") =>
    simulation.neededOf({ eventSource, eventName });
  expect([may("Scan"), may("DeleteBackup"), may("DeleteRecoveryPoint", "backup.amazonaws.com")]).toEqual([
    true,
    true,
    true,
  ]);
  expect([may("GetItem"), may("Scan", "s3.amazonaws.com"), may("DeleteBackup", "backup.amazonaws.com")]).toEqual([
    false,
    false,
    false,
  ]);
});

it("groups without data are forgotten: a year of different principals holds no more than an hour of them", () => {
  const run = simulate(stackOf("multiple-update-operations")).start();
  for (let i = 0; i < 5000; i++) run.push(updateTable(String(i * 20), { by: user(`user-${i}`) }));
  // The only state that grows: groups of the one alarm.
  const [alarm] = (run as unknown as { alarms: Map<string, { groups: Map<string, unknown> }> }).alarms.values();
  expect(alarm!.groups.size).toBeLessThan(10);
});

describe("a report", () => {
  it("has alerts in order of time, though the alarm of an early one ended last", () => {
    const { alerts } = simulate(stackOf("multiple-tables-deleted", "table-scanned")).run([
      ...["0", "0:10", "0:20", "0:30", "0:40", "0:50"].map((time) => management("DeleteTable", time)),
      data("Scan", "2"),
      data("Scan", "5"),
    ]);
    expect(alerts.map(({ time }) => time)).toEqual([
      "2026-01-05T10:01:00Z",
      "2026-01-05T10:03:00Z",
      "2026-01-05T10:06:00Z",
    ]);
  });

  it("counts what stopped, by detection and hop", () => {
    const silent = changed(stackOf("backup-deleted", "table-scanned"), "trail", { enableLogging: false });
    const events = [management("DeleteBackup", "0"), data("Scan", "1"), management("DeleteBackup", "5")];
    expect(simulate(silent).run(events).stopped).toMatchObject([
      { detection: "backup-deleted", hop: "trail", events: 2 },
      { detection: "table-scanned", hop: "trail", events: 1 },
    ]);
  });

  it("knows nothing of an event without a time", () => {
    const run = simulate(stackOf("table-scanned")).start();
    expect(run.push(data("Scan", "0", { eventTime: "soon" }))).toBe(false);
    expect(run.push(data("Scan", "0"))).toBe(true);
    expect(run.push(data("GetItem", "0"))).toBe(false);
    expect([run.events, run.relevant]).toEqual([3, 1]);
    run.finish();
  });

  it("does what an event does at the time that is given, as if it had come then", () => {
    const simulation = simulate(stackOf("table-scanned"));
    const alerts: Alert[] = [];
    const run = simulation.start({ onAlert: (alert) => alerts.push(alert) });
    run.take(simulation.effectsOf(data("Scan", "0"))!, Date.parse(at("7")));
    run.finish();
    expect(alerts).toMatchObject([{ time: "2026-01-05T10:08:00Z", count: 1 }]);
    expect([run.relevant, simulation.effectsOf(data("GetItem", "0"))]).toEqual([1, undefined]);
  });
});

it("an input that cannot be used is an InputError by name", () => {
  const wrong = changed(stackOf("table-scanned"), "table-scanned-filter", { pattern: "{" });
  expect(() => simulate(wrong)).toThrow(
    expect.objectContaining({ name: "InputError", resource: "table-scanned-filter" }),
  );
});
