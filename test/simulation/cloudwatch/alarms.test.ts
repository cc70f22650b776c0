// Proves: when alarms on filter metrics notify: edges of the sliding window, re-arming, M of N, missing data, groups.
// Does not prove: AWS's own evaluation range and alignment, which are readings (simulation/readings.ts).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsInsightsQuery } from "../../../detections";
import { type AlarmReadings, type CloudTrailRecord, simulate } from "../../../simulation";
import { readGroupedQuery } from "../../../simulation/cloudwatch/query";
import { at, management, roleSession, updateTable, user } from "../support/records";
import { changed, stackOf } from "../support/stack";

const deletes = (...times: string[]): CloudTrailRecord[] => times.map((time) => management("DeleteTable", time));
const protectionOff = (time: string, change: Partial<CloudTrailRecord> = {}): CloudTrailRecord =>
  management("UpdateTable", time, {
    requestParameters: { tableName: "orders", deletionProtectionEnabled: false },
    ...change,
  });
const fast = stackOf("deletion-protection-disabled");
const slow = stackOf("multiple-tables-deleted");

const run = (stack: typeof fast, events: CloudTrailRecord[], readings?: Partial<AlarmReadings>) =>
  simulate(stack, { readings }).run(events);
const times = (stack: typeof fast, events: CloudTrailRecord[], readings?: Partial<AlarmReadings>): string[] =>
  run(stack, events, readings).alerts.map(({ time }) => time);
const minutes = (...list: number[]): string[] => list.map((each) => at(String(each)).replace(".000Z", "Z"));

describe("more than five in ten minutes", () => {
  it("alerts at the end of the minute of the sixth", () => {
    const [alert, ...others] = run(slow, deletes("0", "1", "2", "3", "4", "5:30")).alerts;
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      detection: "multiple-tables-deleted",
      title: "Multiple tables deleted",
      severity: "critical",
      time: minutes(6)[0],
      state: "ALARM",
      count: 6,
      threshold: 5,
      periodSeconds: 600,
      suppressed: 0,
      actors: [user("eve").arn],
      tables: ["orders"],
      sourceIps: ["192.0.2.7"],
      regions: ["us-east-1"],
    });
    expect(alert!.eventIds).toHaveLength(6);
  });

  it("stays quiet for five", () => expect(times(slow, deletes("0", "1", "2", "3", "4"))).toEqual([]));

  it("sees six within ten minutes wherever they begin", () => {
    expect(times(slow, deletes("7:59", "8", "9", "10", "11", "16:59"))).toEqual(minutes(17));
  });

  it("does not see six over eleven minutes", () => {
    expect(times(slow, deletes("7:59", "8:10", "9", "10", "11", "17"))).toEqual([]);
  });

  it("does not see a burst across a boundary when periods follow the clock", () => {
    const burst = deletes("8", "8:10", "9", "10", "11", "12");
    expect(times(slow, burst)).toEqual(minutes(13));
    expect(times(slow, burst, { alignment: "clock" })).toEqual([]);
    expect(times(slow, deletes("1", "2", "3", "4", "5", "6"), { alignment: "clock" })).toEqual(minutes(10));
    // The period that ended at 10 counts until 20, however far back the sliding window would look.
    const later = deletes("1", "2", "3", "4", "5", "6", "19", "21");
    for (const extraDataPoints of [0, 2]) {
      const { alerts } = run(slow, later, { alignment: "clock", extraDataPoints });
      expect(alerts).toMatchObject([{ count: 6, suppressed: 1 }]);
    }
  });
});

describe("while an alarm stays in ALARM", () => {
  it("two principals three minutes apart are two alerts", () => {
    const { alerts } = run(fast, [protectionOff("0"), protectionOff("3", { userIdentity: roleSession("ops") })]);
    expect(alerts.map(({ time, actors }) => [time, actors])).toEqual([
      [minutes(1)[0], [user("eve").arn]],
      [minutes(4)[0], ["arn:aws:iam::111122223333:role/ops"]],
    ]);
  });

  it("two principals in neighbouring minutes are one alert, with both of them", () => {
    const { alerts } = run(fast, [protectionOff("0:50"), protectionOff("1:10", { userIdentity: roleSession("ops") })]);
    expect(alerts).toMatchObject([
      { count: 1, suppressed: 1, actors: [user("eve").arn, "arn:aws:iam::111122223333:role/ops"] },
    ]);
    expect(alerts[0]!.suppressedEvents.map(({ time }) => time)).toEqual([at("1:10")]);
    expect(alerts[0]!.eventIds).toHaveLength(2);
  });

  it("re-arms after a minute", () => {
    expect(times(fast, [protectionOff("0"), protectionOff("1"), protectionOff("3")])).toEqual(minutes(1, 4));
  });

  it("with two further data points it stays in ALARM for two minutes more", () => {
    const further = { extraDataPoints: 2 };
    expect(times(fast, [protectionOff("0"), protectionOff("3")], further)).toEqual(minutes(1));
    expect(times(fast, [protectionOff("0"), protectionOff("4")], further)).toEqual(minutes(1, 5));
    // "This re-evaluation might cause the alarm to change state and re-execute actions" (user guide, missing data).
    expect(times(slow, deletes("0", "1", "2", "3", "4", "5"), further)).toEqual(minutes(6, 16, 26));
  });

  it("events of one minute are one data point", () => {
    const { alerts } = run(fast, [protectionOff("0:01"), protectionOff("0:20"), protectionOff("0:59")]);
    expect(alerts).toMatchObject([{ count: 3, suppressed: 0 }]);
  });

  it("lists a thousand events and counts the rest", () => {
    const many = Array.from({ length: 1500 }, (_, i) => protectionOff(`${i / 10}`));
    const { alerts } = run(fast, many);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]!.count + alerts[0]!.suppressed).toBe(1500);
    expect(alerts[0]!.eventIds).toHaveLength(1000);
    const atOnce = run(
      fast,
      Array.from({ length: 1500 }, (_, i) => protectionOff(`0:${i / 30}`)),
    ).alerts;
    expect(atOnce).toMatchObject([{ count: 1500, suppressed: 0 }]);
    expect([atOnce[0]!.events.length, atOnce[0]!.suppressedEvents.length]).toEqual([1000, 0]);
  });
});

it("every matching event is in an alert of a one-minute alarm or suppressed by one, whatever the times", () => {
  const clock = fc.array(fc.integer({ min: 0, max: 40 * 60 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(clock, fc.integer({ min: 0, max: 3 }), (seconds, extraDataPoints) => {
      const events = seconds.sort((a, b) => a - b).map((second) => protectionOff(`0:${second}`));
      const { alerts } = run(fast, events, { extraDataPoints });
      expect(alerts.reduce((sum, { count, suppressed }) => sum + count + suppressed, 0)).toBe(events.length);
      expect(alerts.flatMap(({ eventIds }) => eventIds)).toEqual(events.map(({ eventID }) => eventID));
    }),
  );
});

it("a sliding count agrees with counting every ten minutes by hand", () => {
  const clock = fc.array(fc.integer({ min: 0, max: 60 * 60 }), { maxLength: 40 });
  fc.assert(
    fc.property(clock, (seconds) => {
      const sorted = seconds.sort((a, b) => a - b);
      const events = sorted.map((second) => management("DeleteTable", `0:${second}`));
      const inWindow = (end: number): number =>
        sorted.filter((second) => second >= (end - 10) * 60 && second < end * 60).length;
      const anyOver = Array.from({ length: 75 }, (_, end) => inWindow(end) > 5).includes(true);
      expect(times(slow, events).length > 0).toBe(anyOver);
    }),
  );
});

describe("counted per principal and table", () => {
  const grouped = stackOf("multiple-update-operations");
  const six = ["0", "1", "2", "3", "4", "5"];

  it("six by one principal on one table alert, and say which", () => {
    const { alerts } = run(
      grouped,
      six.map((time) => updateTable(time)),
    );
    expect(alerts).toMatchObject([{ count: 6, group: { principal: user("eve").arn }, tables: ["orders"] }]);
  });

  it("three by each of two do not", () => {
    const events = six.map((time, i) => updateTable(time, { by: i % 2 ? user("eve") : user("mallory") }));
    expect(run(grouped, events)).toMatchObject({ alerts: [], relevant: 6 });
  });

  it("six by one principal over two tables do not", () => {
    expect(
      times(
        grouped,
        six.map((time, i) => updateTable(time, { table: i % 2 ? "orders" : "users" })),
      ),
    ).toEqual([]);
  });

  it("sessions of one role count together", () => {
    const events = six.map((time, i) => updateTable(time, { by: roleSession("ops", `session-${i}`) }));
    expect(run(grouped, events).alerts).toMatchObject([{ actors: ["arn:aws:iam::111122223333:role/ops"] }]);
  });

  it("each group has its own state and its own alert", () => {
    const events = ["eve", "mallory"].flatMap((name, late) =>
      six.map((time) => updateTable(String(Number(time) + late), { by: user(name) })),
    );
    events.sort((a, b) => (a.eventTime! < b.eventTime! ? -1 : 1));
    expect(run(grouped, events).alerts.map(({ actors, time }) => [actors, time])).toEqual([
      [[user("eve").arn], minutes(6)[0]],
      [[user("mallory").arn], minutes(7)[0]],
    ]);
  });

  it("a group without data is OK again, however missing data is treated", () => {
    const breaching = changed(grouped, "multiple-update-operations-alarm", { treatMissingData: "breaching" });
    const twice = [...six, ...six.map((time) => String(Number(time) + 60))].map((time) => updateTable(time));
    expect(times(breaching, twice)).toEqual(minutes(6, 66));
  });
});

describe("other alarms", () => {
  const alarm = (change: Record<string, unknown>) => changed(fast, "deletion-protection-disabled-alarm", change);

  it("M of N: two of three minutes", () => {
    const twoOfThree = alarm({ evaluationPeriods: 3, datapointsToAlarm: 2 });
    expect(times(twoOfThree, [protectionOff("0"), protectionOff("2")])).toEqual(minutes(3));
    expect(times(twoOfThree, [protectionOff("0")])).toEqual([]);
    expect(times(twoOfThree, [protectionOff("0"), protectionOff("9")])).toEqual([]);
  });

  it("M of N: lists the events of the minutes that breach, not those before", () => {
    const pairs = alarm({ evaluationPeriods: 3, datapointsToAlarm: 2, threshold: 1 });
    const events = ["0", "1", "1:30", "2", "2:30"].map((time) => protectionOff(time));
    const [alert] = run(pairs, events).alerts;
    expect(alert).toMatchObject({ time: minutes(3)[0], count: 2 });
    expect(alert!.eventIds).toEqual(events.slice(1).map(({ eventID }) => eventID));
  });

  it("on one value of a dimension: other values are no concern of it", () => {
    const transformation = {
      namespace: "test/detections",
      name: "deletion-protection-disabled",
      value: "1",
      dimensions: { table: "$.requestParameters.tableName", caller: "$.userIdentity.arn" },
    };
    const filtered = (stack: typeof fast) =>
      changed(stack, "deletion-protection-disabled-filter", { metricTransformation: transformation });
    const off = (tableName: string) =>
      protectionOff("0", { requestParameters: { tableName, deletionProtectionEnabled: false } });
    const orders = filtered(alarm({ dimensions: { table: "orders", caller: user("eve").arn } }));
    expect(run(orders, [off("orders"), off("users")]).alerts).toMatchObject([
      { count: 1, tables: ["orders"], group: { table: "orders", caller: user("eve").arn } },
    ]);
    expect(run(orders, [off("users")]).alerts).toEqual([]);
    expect(simulate(filtered(alarm({ dimensions: { table: "orders" } }))).notSimulated).toHaveLength(1);
  });

  it("without a name of its own goes by the logical one", () => {
    expect(run(alarm({ name: undefined }), [protectionOff("0")]).alerts).toMatchObject([
      { alarm: "deletion-protection-disabled-alarm" },
    ]);
  });

  it("default values do not come from events that never arrive", () => {
    const lacking = alarm({ comparisonOperator: "LessThanThreshold", threshold: 1 });
    const withDefault = changed(lacking, "deletion-protection-disabled-filter", {
      metricTransformation: {
        namespace: "test/detections",
        name: "deletion-protection-disabled",
        value: "1",
        defaultValue: "0",
      },
    });
    expect(times(withDefault, deletes("0"))).toEqual(minutes(1));
    const silent = changed(withDefault, "trail", { enableLogging: false });
    expect(run(silent, deletes("0"))).toMatchObject({ alerts: [], undelivered: [], relevant: 0 });
    const simulation = simulate(withDefault);
    expect(simulation.neededOf({ eventSource: "s3.amazonaws.com", eventName: "PutObject" })).toBe(true);
    expect(simulation.effectsOf(deletes("0")[0]!)).toMatchObject({ isRelevant: false, defaults: [{}] });
  });

  it("missing data that breaches: the alarm goes off without any event, and stays", () => {
    const silent = alarm({ comparisonOperator: "LessThanThreshold", threshold: 1, treatMissingData: "breaching" });
    expect(run(silent, deletes("0")).alerts).toMatchObject([{ count: 0, actors: [], time: minutes(1)[0] }]);
  });

  it("a filter's default value is a data point of minutes with events but without a match", () => {
    const withDefault = changed(fast, "deletion-protection-disabled-filter", {
      metricTransformation: {
        namespace: "test/detections",
        name: "deletion-protection-disabled",
        value: "1",
        defaultValue: "0",
      },
    });
    // The minute with 0 is real data and newer than the match: the alarm is OK, however far it looks back.
    const events = [protectionOff("0"), ...deletes("1"), protectionOff("2")];
    expect(times(withDefault, events, { extraDataPoints: 2 })).toEqual(minutes(1, 3));
    expect(times(fast, events, { extraDataPoints: 2 })).toEqual(minutes(1));
    const sameMinute = [...deletes("0"), protectionOff("0:10"), ...deletes("0:20")];
    expect(run(withDefault, sameMinute).alerts).toMatchObject([{ count: 1 }]);
  });

  it.each([
    ["SampleCount", "GreaterThanThreshold", 1, [1]],
    ["Maximum", "GreaterThanOrEqualToThreshold", 8, [1]],
    ["Maximum", "GreaterThanThreshold", 8, []],
    ["Average", "GreaterThanThreshold", 5, []],
    ["Average", "GreaterThanOrEqualToThreshold", 5, [1]],
    ["Minimum", "LessThanThreshold", 3, [1]],
    ["Minimum", "LessThanOrEqualToThreshold", 2, [1]],
    ["Sum", "GreaterThanThreshold", 9, [1]],
  ])("%s %s %d", (statistic, comparisonOperator, threshold, alerts) => {
    const sized = changed(alarm({ statistic, comparisonOperator, threshold }), "deletion-protection-disabled-filter", {
      metricTransformation: {
        namespace: "test/detections",
        name: "deletion-protection-disabled",
        value: "$.requestParameters.size",
      },
    });
    const of = (size: unknown) => protectionOff("0", { requestParameters: { deletionProtectionEnabled: false, size } });
    expect(times(sized, [of(2), of(8), of("nine")])).toEqual(minutes(...alerts));
  });

  it.each([
    [{ metricQueries: [{ expression: "SELECT AVG(x) FROM y" }] }, "SELECT AVG(x) FROM y"],
    [{ metricQueries: [{ expression: "a+b" }, { id: "a" }] }, "(a+b, …)"],
    [{ comparisonOperator: "LessThanLowerOrGreaterThanUpperThreshold" }, "anomaly detection"],
    [{ period: 10 }, "a period of 10 s"],
    [{ statistic: undefined, extendedStatistic: "p99" }, "extendedStatistic p99"],
    [{ threshold: undefined, thresholdMetricId: "a" }, "without a fixed threshold"],
    [{ metricName: "other" }, "no metric filter writes test/detections other"],
    [{ namespace: "other" }, "no metric filter writes other deletion-protection-disabled"],
    [{ dimensions: { table: "orders" } }, "no metric filter writes"],
  ])("says that it does not simulate %j", (change, reason) => {
    const simulation = simulate(alarm(change));
    expect(simulation.notSimulated).toEqual([
      { resource: "deletion-protection-disabled-alarm", reason: expect.stringContaining(reason) },
    ]);
    expect(simulation.run([protectionOff("0")]).stopped).toMatchObject([{ hop: "alarm", events: 1 }]);
  });

  it.each([
    [{ evaluationPeriods: 0 }, "evaluationPeriods"],
    [{ evaluationPeriods: 2, datapointsToAlarm: 3 }, "datapointsToAlarm"],
    [{ treatMissingData: "good" }, "treatMissingData"],
  ])("refuses %j as AWS does", (change, input) => expect(() => simulate(alarm(change))).toThrow(input));
});

it("reads the query that the detections write, whatever the names", () => {
  const name = fc.string({ minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(name, name, fc.array(name, { maxLength: 3 }), (namespace, metricName, dimensions) => {
      const query = { namespace, metricName, dimensions };
      expect(readGroupedQuery(metricsInsightsQuery(query))).toEqual(query);
    }),
  );
  expect(readGroupedQuery('SELECT SUM("a") FROM SCHEMA("b", "c") GROUP BY "d" ORDER BY SUM() DESC')).toBeUndefined();
});
