// Proves: the exact filters and alarms of each detection, what settings change, and that wrong settings are refused
// before anything is registered. Does not prove: which events a pattern matches (test/detections, test/simulation), or
// that AWS accepts the inputs.
import { describe, expect, it } from "vitest";
import { DetectionAlarms, type DetectionAlarmsArgs } from "../../components/detectionAlarms";
import { alarmText } from "../../components/detectionAlarms/alarmText";
import { deployedDetections } from "../../components/detectionAlarms/deployed";
import { planDetections } from "../../components/detectionAlarms/plan";
import { Names } from "../../components/naming";
import { catalog, compileDetection, detectionById, isStateful } from "../../detections";
import { account, deploy, refused, region, resolved } from "./support/mocks";

const args: DetectionAlarmsArgs = { logGroupName: "events", alarmTopicArn: "arn:aws:sns:eu-central-1:1:alarms" };
const workload = "arn:aws:iam::111122223333:role/orders/*";
const filterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const names = new Names("alarms", "detective", "test");
const plan = (request: Parameters<typeof planDetections>[0] = {}) => planDetections(request, names);
const planned = (id: string, request: Parameters<typeof planDetections>[0] = {}) =>
  plan(request).find(({ detection }) => detection.id === id)!;

describe("settings of stateful detections", () => {
  const rule = (id: string, settings: object) =>
    planned(id, { statefulDetector: true, detections: { [id]: settings } }).stateful;

  it.each([
    ["new-country-seen", { rememberSeconds: 7200, learnSeconds: 0 }, { rememberSeconds: 7200, learnSeconds: 0 }],
    ["many-tables-read", { threshold: 3, periodSeconds: 120 }, { moreThan: 3, withinSeconds: 120 }],
    ["mass-read", { threshold: 50, periodSeconds: 60, factor: 2.5 }, { atLeast: 50, windowSeconds: 60, factor: 2.5 }],
    ["protection-off-then-deleted", { periodSeconds: 604_800 }, { withinSeconds: 604_800 }],
  ])("of %s", (id, settings, expected) => expect(rule(id, settings)).toMatchObject(expected));

  it("say so in the alarm's text", () => {
    const request = { statefulDetector: true, detections: { "mass-read": { threshold: 50, factor: 2 } } };
    expect(planned("mass-read", request).alarm.rule).toBe(
      "50 or more in 10 minutes per principal, and more than 2 times the usual of 12 earlier windows",
    );
  });

  it.each([
    ["new-country-seen", { rememberSeconds: 60 }, "rememberSeconds: 60 is not a whole number from 3600 to 31536000."],
    ["new-country-seen", { learnSeconds: -1 }, "learnSeconds: -1 is not a whole number from 0 to 2592000."],
    ["new-country-seen", { threshold: 3 }, "it has a first-seen rule, which takes rememberSeconds, learnSeconds."],
    ["many-tables-read", { threshold: 0 }, "0 would alert on every event."],
    ["mass-read", { factor: 1 }, "factor: 1 is not a number above 1"],
    ["protection-off-then-deleted", { periodSeconds: 604_860 }, "is not a multiple of 60 from 60 to 604800."],
    ["backup-deleted", { rememberSeconds: 7200 }, "it is no stateful detection, which takes threshold, periodSeconds."],
  ])("are refused: %s %j", (id, settings, message) => {
    expect(() => rule(id, settings)).toThrow(message);
  });

  it("need the detector", () => {
    expect(() => plan({ detections: { "mass-read": { threshold: 5 } } })).toThrow(
      "detections.mass-read: needs the detector function, which is not deployed.",
    );
    expect(plan({ detections: { "mass-read": { enabled: false } } }).length).toBeGreaterThan(5);
  });

  it("leave out workload principals and the functions' own table", () => {
    const ownState = { tableName: "state-*", roleNames: ["detector"] };
    const { patterns } = planned("mass-read", { statefulDetector: true, workloadPrincipals: [workload], ownState });
    expect(patterns).toHaveLength(1);
    expect(patterns[0]).toContain(workload);
    expect(patterns[0]).toContain('"*/state-*"');
  });
});

describe("deployed detections", () => {
  const deployed = deployedDetections(plan({ statefulDetector: true }), "https://example.com/runbooks/");
  const of = (id: string) => deployed.find((each) => each.id === id)!;

  it("hold what the functions need", () => {
    expect(of("backup-deleted")).toEqual({
      id: "backup-deleted",
      title: "Backup deleted",
      severity: "high",
      patterns: [compileDetection(detectionById("backup-deleted")!).filters[0]!.pattern],
      rule: "at least 1 in 1 minute",
      threshold: 0,
      periodSeconds: 60,
      singleEvent: true,
      impact: detectionById("backup-deleted")!.impact,
      response: detectionById("backup-deleted")!.response,
      attack: "ATT&CK 18.1: TA0040, T1490",
      runbook: "https://example.com/runbooks/backup-deleted.md",
    });
  });

  it("say which are for the fast way: a single event, and no rule that remembers", () => {
    expect(of("multiple-tables-deleted").singleEvent).toBe(false);
    expect(of("multiple-update-operations").singleEvent).toBe(false);
    expect(of("new-country-seen").singleEvent).toBe(false);
    expect(of("deletion-protection-disabled").singleEvent).toBe(true);
  });

  it("carry the steps of a sequence as patterns", () => {
    const { stateful, patterns } = of("protection-off-then-deleted");
    expect(stateful).toMatchObject({ kind: "sequence", per: ["principal", "table"], withinSeconds: 86_400 });
    const { steps } = stateful as unknown as { steps: { title: string; patterns: string[] }[] };
    expect(steps.map(({ title }) => title)).toEqual(["deletion protection was switched off", "the table was deleted"]);
    expect(steps.flatMap((step) => step.patterns)).toEqual(patterns);
    expect(JSON.parse(JSON.stringify(deployed))).toEqual(deployed);
  });
});

describe("DetectionAlarms", () => {
  it("registers a filter and an alarm per detection, and nothing else", async () => {
    const { resources } = await deploy(() => new DetectionAlarms("alarms", args));
    const deployed = catalog.filter((each) => !isStateful(each) && !each.ownState).map(({ id }) => id);
    expect(resources.map(({ type, name }) => [type, name])).toEqual([
      ["dynamodb-detective:index:DetectionAlarms", "alarms"],
      ...deployed.flatMap((id) => [
        ...(id === "multiple-update-operations"
          ? [
              [filterType, `alarms-${id}-role-sessions-filter`],
              [filterType, `alarms-${id}-other-principals-filter`],
              [filterType, `alarms-${id}-accounts-filter`],
            ]
          : [[filterType, `alarms-${id}-filter`]]),
        [alarmType, `alarms-${id}-alarm`],
      ]),
    ]);
    expect(resources.slice(1).every(({ options }) => options.parent === "alarms")).toBe(true);
  });

  it("registers an alarm alone for each stateful detection where the detector is deployed", async () => {
    const { resources } = await deploy(() => new DetectionAlarms("alarms", { ...args, statefulDetector: true }));
    for (const { id, severity, source } of catalog.filter(isStateful)) {
      expect(resources.filter(({ name }) => name.startsWith(`alarms-${id}-`)).map(({ type }) => type)).toEqual([
        alarmType,
      ]);
      const { inputs } = resources.find(({ name }) => name === `alarms-${id}-alarm`)!;
      expect(inputs).toMatchObject({
        name: `detective-test-alarms-ryita2-${source === "table-data" ? "low" : severity}-${id}`,
        namespace: "detective/test/alarms",
        metricName: id,
        statistic: "Sum",
        period: 60,
        threshold: 0,
        treatMissingData: "notBreaching",
      });
      expect(inputs).not.toHaveProperty("dimensions");
    }
    const { inputs } = resources.find(({ name }) => name === "alarms-new-country-seen-alarm")!;
    expect(inputs["alarmDescription"]).toContain(
      "a country not seen in 72 hours per principal; learns for 72 hours first",
    );
  });

  it("watches the functions' own table, and counts its item-level calls nowhere else", async () => {
    const ownState = { tableName: "state-*", roleNames: ["detector", "notifier"] };
    const { resources } = await deploy(() => new DetectionAlarms("alarms", { ...args, ownState }));
    const patternOf = (id: string) =>
      String(resources.find(({ name }) => name === `alarms-${id}-filter`)!.inputs["pattern"]);
    const tampered = patternOf("detector-state-tampered");
    for (const text of ['"*:table/state-*"', '"*state-*"', '"*:role/detector"', '"*:role/notifier"']) {
      expect(tampered).toContain(text);
    }
    for (const id of ["table-item-updated", "table-item-deleted", "table-scanned"]) {
      expect(patternOf(id)).toContain('$.resources[0].ARN != "*/state-*"');
    }
    expect(patternOf("backup-deleted")).not.toContain("state-*");
  });

  it("gives a plain detection these inputs", async () => {
    const deployment = await deploy(() => new DetectionAlarms("alarms", { ...args, tags: { Team: "security" } }));
    expect(deployment.resource(filterType, "alarms-backup-deleted-filter").inputs).toEqual({
      name: "detective-test-alarms-ryita2-backup-deleted-filter",
      logGroupName: "events",
      pattern: compileDetection(detectionById("backup-deleted")!).filters[0]!.pattern,
      metricTransformation: { namespace: "detective/test/alarms", name: "backup-deleted", value: "1" },
    });
    expect(deployment.resource(alarmType, "alarms-backup-deleted-alarm").inputs).toEqual({
      name: "detective-test-alarms-ryita2-high-backup-deleted",
      alarmDescription: alarmText(planned("backup-deleted"), { accountId: account, region }),
      namespace: "detective/test/alarms",
      metricName: "backup-deleted",
      statistic: "Sum",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: ["arn:aws:sns:eu-central-1:1:alarms"],
      tags: { Team: "security" },
    });
  });

  it("counts a grouped detection per principal and table, with one alarm", async () => {
    const deployment = await deploy(() => new DetectionAlarms("alarms", args));
    const variants = ["role-sessions", "other-principals"].map(
      (variant) => deployment.resource(filterType, `alarms-multiple-update-operations-${variant}-filter`).inputs,
    );
    expect(variants.map(({ metricTransformation }) => metricTransformation)).toEqual([
      {
        namespace: "detective/test/alarms",
        name: "multiple-update-operations",
        value: "1",
        dimensions: {
          principal: "$.userIdentity.sessionContext.sessionIssuer.arn",
          table: "$.responseElements.tableDescription.tableArn",
        },
      },
      {
        namespace: "detective/test/alarms",
        name: "multiple-update-operations",
        value: "1",
        dimensions: { principal: "$.userIdentity.arn", table: "$.responseElements.tableDescription.tableArn" },
      },
    ]);
    const { inputs } = deployment.resource(alarmType, "alarms-multiple-update-operations-alarm");
    expect(inputs["metricQueries"]).toEqual([
      {
        id: "groups",
        expression:
          'SELECT SUM("multiple-update-operations") FROM SCHEMA("detective/test/alarms", "principal", "table") ' +
          'GROUP BY "principal", "table" ORDER BY SUM() DESC',
        period: 600,
        returnData: true,
      },
    ]);
    expect(inputs).not.toHaveProperty("metricName");
    expect(inputs).toMatchObject({ threshold: 5, evaluationPeriods: 1, alarmActions: [args.alarmTopicArn] });
  });

  it("counts a grouped detection for the whole account where groups are switched off", async () => {
    const detections = { "multiple-update-operations": { grouped: false } };
    const deployment = await deploy(() => new DetectionAlarms("alarms", { ...args, detections }));
    const filter = deployment.resource(filterType, "alarms-multiple-update-operations-filter").inputs;
    expect(filter["metricTransformation"]).not.toHaveProperty("dimensions");
    expect(deployment.resource(alarmType, "alarms-multiple-update-operations-alarm").inputs).toMatchObject({
      metricName: "multiple-update-operations",
      statistic: "Sum",
      period: 600,
      threshold: 5,
    });
  });

  it("gives out the alarms' ARNs by detection", async () => {
    const { result } = await deploy(() => new DetectionAlarms("alarms", args));
    const arns = (await resolved(result.alarmArns)) as Record<string, string>;
    expect(Object.keys(arns)).toEqual(plan().map(({ detection }) => detection.id));
    expect(arns["table-scanned"]).toContain("detective-test-alarms-ryita2-low-table-scanned");
    expect(await resolved(result.metricNamespace)).toBe("detective/test/alarms");
  });

  it("shares no physical name between two stacks", async () => {
    const namesOf = async (stack: string) =>
      (await deploy(() => new DetectionAlarms("alarms", args), { stack })).resources.map(
        ({ inputs }) => inputs["name"],
      );
    const [one, two] = [await namesOf("one"), await namesOf("two")];
    expect(one.filter((name) => name !== undefined && two.includes(name))).toEqual([]);
  });

  it("registers nothing where a setting is wrong", async () => {
    const detections = { "table-scaned": { threshold: 1 } };
    const { error, registered } = await refused(() => new DetectionAlarms("alarms", { ...args, detections }));
    expect(error.message).toContain('detections: unknown detection "table-scaned". Did you mean "table-scanned"?');
    expect(registered).toEqual([]);
  });
});

describe("settings", () => {
  it("change threshold and period", () => {
    const detections = { "backup-listed": { threshold: 3, periodSeconds: 300 } };
    expect(planned("backup-listed", { detections }).alarm).toMatchObject({
      threshold: 3,
      periodSeconds: 300,
      rule: "more than 3 in 5 minutes",
    });
  });

  it("switch a detection off", () => {
    expect(planned("backup-listed", { detections: { "backup-listed": { enabled: false } } })).toBeUndefined();
  });

  it("become guards in the pattern", () => {
    const detections = { "backup-listed": { ignorePrincipals: [workload], ignoreSourceIps: ["203.0.113.7"] } };
    const [filter] = planned("backup-listed", { detections }).filters;
    expect(filter!.pattern).toContain(`$.userIdentity.sessionContext.sessionIssuer.arn != "${workload}"`);
    expect(filter!.pattern).toContain('$.sourceIPAddress != "203.0.113.7"');
  });

  it.each([
    [
      { "table-scanned": { treshold: 1 } },
      'detections.table-scanned: unknown setting "treshold". Did you mean "threshold"?',
    ],
    [
      { "table-scanned": { threshold: -1 } },
      "detections.table-scanned.threshold: -1 is not a whole number of 0 or more",
    ],
    [{ "table-scanned": { threshold: 0.5 } }, "detections.table-scanned.threshold: 0.5 is not a whole number"],
    [{ "table-scanned": { periodSeconds: 30 } }, "detections.table-scanned.periodSeconds: 30 is not a multiple of 60"],
    [{ "table-scanned": { periodSeconds: 90_000 } }, "periodSeconds: 90000 is not a multiple of 60 from 60 to 86400"],
    [{ "multiple-update-operations": { periodSeconds: 14_400 } }, "14400 is not a multiple of 60 from 60 to 10800"],
    [{ "table-scanned": { grouped: true } }, "detections.table-scanned.grouped: this detection is not counted per"],
    [
      { "new-country-seen": { enabled: true } },
      "detections.new-country-seen: needs the detector function, which is not deployed.",
    ],
    [{ "table-scanned": { ignorePrincipals: ["orders"] } }, "detections.table-scanned: "],
  ])("are refused: %j", (detections, message) => {
    expect(() => plan({ detections: detections as never })).toThrow(message);
  });
});

describe("item-level detections", () => {
  const itemLevel = ["table-item-deleted", "table-scanned", "table-item-updated"];

  it.each(itemLevel)("%s is low while the workload is unknown", (id) => {
    expect(planned(id).severity).toBe("low");
    expect(planned(id).alarm.physicalName).toBe(`detective-test-alarms-ryita2-low-${id}`);
  });

  it.each(itemLevel)("%s leaves the workload out once it is known", (id) => {
    const known = planned(id, { workloadPrincipals: [workload] });
    expect(known.severity).toBe(detectionById(id)!.severity);
    expect(known.filters[0]!.pattern).toContain(workload);
  });

  it("take fifty roles under one path as a wildcard, and say which, by the name that was written", () => {
    const workloadPrincipals = Array.from({ length: 50 }, (_, i) => `arn:aws:iam::${account}:role/app/service-${i}`);
    for (const id of itemLevel) {
      expect(planned(id, { workloadPrincipals }).notes).toEqual([
        `workloadPrincipals is too long to be listed one by one: arn:aws:iam::${account}:role/app/* is ignored, with any role that is created under that path.`,
      ]);
    }
    const detections = { "table-scanned": { ignorePrincipals: [`arn:aws:iam::${account}:user/auditor`] } };
    expect(planned("table-scanned", { workloadPrincipals, detections }).notes[0]).toMatch(
      /^ignorePrincipals is too long/,
    );
  });

  it("say which wildcard would fit for fifty roles without a path, by the name that was written", () => {
    const workloadPrincipals = Array.from({ length: 50 }, (_, i) => `arn:aws:iam::${account}:role/team-service-${i}`);
    expect(() => plan({ workloadPrincipals })).toThrow(
      `Instead of the 50 ARNs of workloadPrincipals write arn:aws:iam::${account}:role/team-service-*.`,
    );
  });

  it("are the only ones that leave the workload out", () => {
    const leavingOut = plan({ workloadPrincipals: [workload] }).filter(({ filters }) =>
      filters[0]!.pattern.includes(workload),
    );
    expect(leavingOut.map(({ detection }) => detection.id).sort()).toEqual([...itemLevel].sort());
  });
});

describe("event sources", () => {
  it("must be carried by the trail", () => {
    expect(() => plan({ sources: ["management"] })).toThrow(
      /^detections\.table-item-deleted: needs table-data events, which the trail does not carry \(it carries management\)/,
    );
  });

  it("need not be carried for what is switched off", () => {
    const off = { enabled: false };
    const detections = { "table-item-deleted": off, "table-scanned": off, "table-item-updated": off };
    expect(plan({ sources: ["management"], detections }).map(({ detection }) => detection.source)).not.toContain(
      "table-data",
    );
  });

  it("must include reads for a detection of reads", () => {
    expect(() => plan({ writeOnly: true })).toThrow("detections.table-scanned: needs table-data events that read");
    const detections = { "table-scanned": { enabled: false } };
    expect(plan({ writeOnly: true, detections })).toHaveLength(plan().length - 1);
  });

  it("have known names", () => {
    expect(() => plan({ sources: ["managment"] })).toThrow(
      'sources: unknown event source "managment". Did you mean "management"?',
    );
  });
});

describe("runbookUrl", () => {
  it.each(["http://wiki.example.com", "wiki", "", "https://wiki.example.com/a b", `https://${"x".repeat(400)}`])(
    "refuses %j",
    (runbookUrl) => {
      expect(() => plan({ runbookUrl })).toThrow(
        /^runbookUrl: .* is not an address of at most 400 characters\. Write one/,
      );
    },
  );

  it("is never cut off", () => {
    const runbookUrl = `https://wiki.example.com/${"x".repeat(375)}`;
    for (const one of plan({ runbookUrl })) {
      const text = alarmText(one, { accountId: account, region, runbookUrl });
      expect(text.length).toBeLessThanOrEqual(1024);
      expect(text).toMatch(new RegExp(`Runbook: ${runbookUrl}/${one.detection.id}\\.md$`));
    }
  });
});

describe("an adopted log group", () => {
  it("must have room for the filters", () => {
    const used = plan().flatMap(({ filters }) => filters).length;
    expect(plan({ existingMetricFilterCount: 100 - used })).toHaveLength(plan().length);
    expect(() => plan({ existingMetricFilterCount: 101 - used })).toThrow(
      new RegExp(
        `^detections: ${used} metric filters are needed \\(backup-deleted 1, .*multiple-update-operations 3\\), ` +
          `but the log group has room for ${used - 1} of AWS's 100\\. Switch detections off`,
      ),
    );
  });

  // AWS's pages differ: five filters with regular expressions, or five expressions. The larger count is held.
  it("must have room for the regular expressions, each of which counts", () => {
    expect(plan({ existingRegexCount: 0 })).toHaveLength(plan().length);
    expect(() => plan({ existingRegexCount: 1 })).toThrow(
      "detections: 5 regular expressions are needed (table-item-deleted 2, table-scanned 1, table-item-updated 2), " +
        "but the log group has room for 4 of AWS's 5. Switch detections off with `enabled: false`, or use another log group.",
    );
    expect(() => plan({ existingRegexCount: 7 })).toThrow("the log group has room for 0 of AWS's 5");
    const detections = { "table-item-updated": { enabled: false } };
    expect(plan({ existingRegexCount: 2, detections })).toHaveLength(plan().length - 1);
  });

  it("is said of in the component's inputs, from which the use of quotas is read", async () => {
    const inputsOf = async (more: Partial<DetectionAlarmsArgs>) =>
      (await deploy(() => new DetectionAlarms("alarms", { ...args, ...more }))).resources[0]!.inputs;
    expect(await inputsOf({})).toEqual({});
    expect(await inputsOf({ existingMetricFilterCount: 3 })).toEqual({
      logGroupName: args.logGroupName,
      existingMetricFilterCount: 3,
    });
  });
});

describe("alarmText", () => {
  const place = { accountId: "111122223333", region: "eu-central-1" };

  it("says severity, what, where and what to do", () => {
    const text = alarmText(planned("backup-deleted"), { ...place, runbookUrl: "https://wiki.example.com/runbooks/" });
    const lines = text.split("\n");
    expect(lines[0]).toBe("[HIGH] Backup deleted: at least 1 in 1 minute.");
    expect(lines).toContain("Account 111122223333, Region eu-central-1.");
    expect(lines.at(-1)).toBe("Runbook: https://wiki.example.com/runbooks/backup-deleted.md");
  });

  it.each(plan().map((one) => [one.detection.id, one] as const))("fits into an alarm: %s", (_, one) => {
    const text = alarmText(one, place);
    expect(text.length).toBeLessThanOrEqual(1024);
    expect(text).toContain(one.detection.impact);
    expect(text).toContain(`docs/detections/${one.detection.id}.md`);
  });
});
