// Proves: that coverage, quotas and advice follow from the registered resources alone: take one away, and what it
// covered is no longer covered. Does not prove: that what is covered would fire (test/simulation).
import { describe, expect, it } from "vitest";
import { planDetections } from "../../components/detectionAlarms/plan";
import { Names } from "../../components/naming";
import { assess } from "../../coverage";
import { catalog, isStateful, itemDetections } from "../../detections";
import { type RegisteredResource, unknownText } from "../../stack/registered";

const workload = "arn:aws:iam::111122223333:role/orders/*";

const resource = (type: string, name: string, inputs: Record<string, unknown> = {}): RegisteredResource => ({
  urn: `urn:pulumi:test::detective::${type}::${name}`,
  type,
  name,
  inputs,
  protect: false,
});

const fields = (category: string, ...more: { field: string; [operator: string]: unknown }[]) => ({
  fieldSelectors: [{ field: "eventCategory", equals: [category] }, ...more],
});
const tables = { field: "resources.type", equals: ["AWS::DynamoDB::Table"] };
const streams = { field: "resources.type", equals: ["AWS::DynamoDB::Stream"] };
const someArns = { field: "resources.ARN", equals: ["arn:aws:dynamodb:eu-central-1:111122223333:table/orders"] };

/** The resources of a complete stack, as a preview shows them. */
function stack({
  selectors = [fields("Management"), fields("Data", tables, someArns)],
  workloadPrincipals = [workload],
} = {}) {
  const names = new Names("detections", "detective", "test");
  const ownState = { tableName: "detective-test-state-*", roleNames: ["detective-test-detector-function"] };
  const plans = planDetections({ workloadPrincipals, statefulDetector: true, ownState }, names);
  return [
    resource("dynamodb-detective:index:DetectiveControls", "detective"),
    resource("aws:cloudtrail/trail:Trail", "trail", {
      advancedEventSelectors: selectors,
      cloudWatchLogsGroupArn: unknownText,
    }),
    ...plans.flatMap(({ filters, metric, alarm }) => [
      ...filters.map(({ name, pattern }) =>
        resource("aws:cloudwatch/logMetricFilter:LogMetricFilter", name, {
          logGroupName: unknownText,
          pattern,
          metricTransformation: metric,
        }),
      ),
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", alarm.name, {
        ...(alarm.query
          ? { metricQueries: [{ id: "groups", expression: alarm.query }] }
          : { metricName: metric.name, namespace: metric.namespace }),
        alarmActions: [unknownText],
      }),
    ]),
    resource("aws:lambda/function:Function", "detector-function", {
      environment: {
        variables: { POWERTOOLS_SERVICE_NAME: "detector", POWERTOOLS_METRICS_NAMESPACE: names.metricNamespace() },
      },
    }),
    resource("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "detector-subscription", {
      logGroup: unknownText,
    }),
    resource("aws:lambda/eventSourceMapping:EventSourceMapping", "orders"),
    resource("aws:lambda/function:Function", "streams-function", {
      environment: {
        variables: {
          POWERTOOLS_SERVICE_NAME: "stream-monitor",
          POWERTOOLS_METRICS_NAMESPACE: "detective/test/streams",
        },
      },
    }),
    ...itemDetections.map(({ id }) =>
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", `streams-${id}-orders-alarm`, {
        metricName: id,
        namespace: "detective/test/streams",
        alarmActions: [unknownText],
      }),
    ),
    resource("aws:cfg/recorder:Recorder", "recorder"),
    resource("aws:cfg/rule:Rule", "required-tags", { source: { owner: "AWS", sourceIdentifier: "REQUIRED_TAGS" } }),
    resource("aws:sns/topicSubscription:TopicSubscription", "alerts-alert-email-security", { protocol: "email" }),
    resource("aws:sns/topicSubscription:TopicSubscription", "alerts-health-email-security", { protocol: "email" }),
  ];
}

const adoptedTrail = (existing: Record<string, unknown>) =>
  resource("dynamodb-detective:index:AuditTrail", "detective-trail", { existing });
const without = (type: string, resources = stack()) => resources.filter((one) => !one.type.endsWith(`:${type}`));
const uncovered = (resources: RegisteredResource[]) =>
  assess(resources)
    .coverage.filter(({ covered }) => !covered)
    .map(({ id }) => id);
const stateful = catalog.filter(isStateful).map(({ id }) => id);
const items = itemDetections.map(({ id }) => id);
const metricAlerts = catalog.filter((detection) => !isStateful(detection)).map(({ id }) => id);

describe("coverage", () => {
  it("is complete for a complete stack", () => {
    expect(uncovered(stack())).toEqual([]);
  });

  it("of what no filter can say is by the detector, its events and the alarm", () => {
    const row = assess(stack()).coverage.find(({ id }) => id === "new-country-seen")!;
    expect(row.by.map((urn) => urn.split("::").at(-1))).toEqual([
      "detector-subscription",
      "detector-function",
      "detections-new-country-seen-alarm",
    ]);
    expect(assess(without("Function")).coverage.find(({ id }) => id === "new-country-seen")!.note).toBe(
      "Needs the detector function, which remembers: set statefulDetector to true.",
    );
  });

  it("of item changes is by the stream monitor, its mapping and the alarm", () => {
    const rowOf = (resources: RegisteredResource[]) =>
      assess(resources).coverage.find(({ id }) => id === "guarded-attribute-changed")!;
    expect(rowOf(stack()).by.map((urn) => urn.split("::").at(-1))).toEqual([
      "orders",
      "streams-function",
      "streams-guarded-attribute-changed-orders-alarm",
    ]);
    expect(rowOf(without("EventSourceMapping")).note).toMatch(/^Needs the stream monitor: name tables in/);
    const unwatched = stack().filter(({ name }) => name !== "streams-guarded-attribute-changed-orders-alarm");
    expect(rowOf(unwatched).note).toMatch(/^Switched off, or no table is watched so/);
    const silent = stack().map((one) =>
      one.name === "streams-guarded-attribute-changed-orders-alarm"
        ? { ...one, inputs: { ...one.inputs, alarmActions: undefined } }
        : one,
    );
    expect(rowOf(silent)).toMatchObject({ covered: false, note: expect.stringMatching(/^The alarm notifies nobody/) });
  });

  it("names the resources", () => {
    const row = assess(stack()).coverage.find(({ id }) => id === "multiple-update-operations")!;
    expect(row).toMatchObject({ kind: "alert", covered: true });
    expect(row.by.map((urn) => urn.split("::").at(-1))).toEqual([
      "detections-multiple-update-operations-role-sessions-filter",
      "detections-multiple-update-operations-other-principals-filter",
      "detections-multiple-update-operations-accounts-filter",
      "detections-multiple-update-operations-alarm",
    ]);
  });

  it("is not asked of a stack without detective controls", () => {
    expect(assess([resource("aws:dynamodb/table:Table", "orders")])).toEqual({ coverage: [], quotas: [], advice: [] });
  });

  it.each([
    ["Trail", ["kms-key-usage", "control-plane-operations", "data-plane-operations"]],
    ["EventSourceMapping", ["streams", ...items]],
    ["Recorder", ["configuration"]],
    ["Rule", ["compliance", "tags"]],
    ["MetricAlarm", [...metricAlerts, ...stateful, ...items]],
    ["Function", [...stateful, ...items]],
    ["LogSubscriptionFilter", stateful],
    ["LogMetricFilter", metricAlerts],
  ])("needs %s", (type, ids) => {
    expect(uncovered(without(type))).toEqual([...catalogOrder(ids)]);
  });

  it.each([
    ["no data events", [fields("Management")], ["data-plane-operations"]],
    ["no management events", [fields("Data", tables)], ["kms-key-usage", "control-plane-operations"]],
    [
      "no KMS events",
      [fields("Management", { field: "eventSource", notEquals: ["kms.amazonaws.com"] }), fields("Data", tables)],
      ["kms-key-usage"],
    ],
  ])("of a trail with %s", (_, selectors, ids) => {
    expect(uncovered(stack({ selectors }))).toEqual(ids);
  });

  it("of a table that is made by the same program counts: its ARN alone is late", () => {
    const late = { field: "resources.ARN", equals: [unknownText], startsWiths: [unknownText] };
    expect(uncovered(stack({ selectors: [fields("Management"), fields("Data", tables, late)] }))).toEqual([]);
  });

  const onTrails = ["kms-key-usage", "control-plane-operations", "data-plane-operations"];
  /** The complete stack with another trail. */
  const withTrail = (inputs: Record<string, unknown>) =>
    stack().map((one) =>
      one.name === "trail" ? { ...one, inputs: { cloudWatchLogsGroupArn: unknownText, ...inputs } } : one,
    );

  it.each<[string, Record<string, unknown>, string[]]>([
    ["all selectors", { advancedEventSelectors: unknownText }, onTrails],
    ["all basic selectors", { eventSelectors: unknownText }, onTrails],
    [
      "a category",
      { advancedEventSelectors: [{ fieldSelectors: [{ field: "eventCategory", equals: [unknownText] }] }] },
      ["kms-key-usage", "control-plane-operations"],
    ],
    [
      "values of the type",
      {
        advancedEventSelectors: [
          fields("Management"),
          fields("Data", { field: "resources.type", equals: unknownText as never }),
        ],
      },
      ["data-plane-operations"],
    ],
    [
      "whether management events are logged",
      { eventSelectors: [{ includeManagementEvents: unknownText }] },
      onTrails.slice(0, 2),
    ],
  ])("says where it cannot be told before deployment: %s", (_, inputs, late) => {
    const rows = assess(withTrail(inputs)).coverage.filter(({ id }) => late.includes(id));
    expect(rows.map(({ id }) => id)).toEqual(late);
    for (const { covered, by, note } of rows) {
      expect([covered, by]).toEqual([false, []]);
      expect(note).toBe("Cannot be told before deployment: the event selectors of trail are not known yet.");
    }
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ["without selectors logs management events only", {}, ["data-plane-operations"]],
    [
      "with basic selectors",
      { eventSelectors: [{ dataResources: [{ type: "AWS::DynamoDB::Table", values: ["arn:aws:dynamodb"] }] }] },
      [],
    ],
    [
      "with basic selectors that leave KMS out",
      { eventSelectors: [{ excludeManagementEventSources: ["kms.amazonaws.com"] }] },
      ["kms-key-usage", "data-plane-operations"],
    ],
    [
      "with basic selectors of no management events",
      { eventSelectors: [{ includeManagementEvents: false }] },
      onTrails,
    ],
    [
      "that is switched off",
      { advancedEventSelectors: [fields("Management"), fields("Data", tables)], enableLogging: false },
      onTrails,
    ],
  ])("of a trail %s", (_, inputs, ids) => {
    expect(uncovered(withTrail(inputs)).filter((id) => onTrails.includes(id))).toEqual(ids);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ["everything", { managementEvents: true, kmsEvents: true, tableDataEvents: true }, []],
    [
      "management events",
      { managementEvents: true, kmsEvents: true, tableDataEvents: false },
      ["data-plane-operations"],
    ],
    ["no KMS events", { managementEvents: true, kmsEvents: false, tableDataEvents: true }, ["kms-key-usage"]],
    ["no management events", { managementEvents: false, kmsEvents: true, tableDataEvents: true }, onTrails.slice(0, 2)],
  ])("of an adopted trail follows its description: %s", (_, existing, ids) => {
    const resources = [...without("Trail"), adoptedTrail({ logGroupName: "organization", ...existing })];
    expect(uncovered(resources).filter((id) => onTrails.includes(id))).toEqual(ids);
    for (const { id, by, note } of assess(resources).coverage.filter(
      ({ id }) => onTrails.includes(id) && !ids.includes(id),
    )) {
      expect([id, by.map((urn) => urn.split("::").at(-1))]).toEqual([id, ["detective-trail"]]);
      expect(note).toBe("The trail is adopted: what it logs is taken from its description (existing).");
    }
  });

  it("of an adopted recorder says what to see to", () => {
    const adopted = resource("dynamodb-detective:index:ConfigRecorder", "detective-config", {
      existingRecorderName: "default",
    });
    const row = assess([...without("Recorder"), adopted]).coverage.find(({ id }) => id === "configuration");
    expect(row).toMatchObject({
      covered: true,
      by: [adopted.urn],
      note: "The recorder is adopted: see that it runs and records AWS::DynamoDB::Table.",
    });
    const own = resource("dynamodb-detective:index:ConfigRecorder", "detective-config");
    expect(uncovered([...without("Recorder"), own])).toContain("configuration");
  });

  it("of a trail that nothing analyses is none", () => {
    const resources = stack().map((one) =>
      one.name === "trail" ? { ...one, inputs: { advancedEventSelectors: one.inputs["advancedEventSelectors"] } } : one,
    );
    expect(uncovered(resources)).toEqual([
      ...catalogOrder(["kms-key-usage", "control-plane-operations", "data-plane-operations"]),
    ]);
  });

  it("of an alarm that notifies nobody is none", () => {
    const resources = stack().map((one) =>
      one.name === "detections-backup-deleted-alarm" ? { ...one, inputs: { ...one.inputs, alarmActions: [] } } : one,
    );
    const row = assess(resources).coverage.find(({ id }) => id === "backup-deleted");
    expect(row).toMatchObject({ covered: false, by: [], note: "The alarm notifies nobody: give it an alarm action." });
  });

  it("of an alarm on another namespace is none", () => {
    const resources = stack().map((one) =>
      one.name === "detections-backup-deleted-alarm" ? { ...one, inputs: { ...one.inputs, namespace: "other" } } : one,
    );
    expect(uncovered(resources)).toContain("backup-deleted");
  });
});

/** What is uncovered, in the order of the report: practices, then alerts. */
function catalogOrder(ids: readonly string[]): string[] {
  const missing = new Set(ids);
  return assess(stack())
    .coverage.map(({ id }) => id)
    .filter((id) => missing.has(id));
}

describe("quotas", () => {
  it("count what the stack uses", () => {
    const filters = stack().filter(({ type }) => type.endsWith(":LogMetricFilter")).length;
    expect(assess(stack()).quotas).toEqual([
      { name: "Metric filters", used: filters, limit: 100, resource: "log group of the trail" },
      { name: "Regular expressions in filters", used: 5, limit: 5, resource: "log group of the trail" },
      { name: "Subscription filters", used: 1, limit: 2, resource: "log group of the trail" },
      { name: "Event selector values", used: 4, limit: 500, resource: "trail" },
      { name: "Metrics Insights alarms", used: 1, limit: 200, resource: "account and Region" },
      { name: "AWS Config rules", used: 1, limit: 1000, resource: "account and Region" },
    ]);
  });

  it("keep log groups apart", () => {
    const subscription = (name: string, logGroup: string) =>
      resource("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", name, { logGroup });
    const { quotas } = assess([
      ...without("LogSubscriptionFilter"),
      subscription("a", "one"),
      subscription("b", "two"),
      subscription("c", "one"),
    ]);
    expect(quotas.filter(({ name }) => name === "Subscription filters")).toEqual([
      { name: "Subscription filters", used: 2, limit: 2, resource: "one" },
      { name: "Subscription filters", used: 1, limit: 2, resource: "two" },
    ]);
  });
});

describe("quotas of an adopted log group", () => {
  const inGroup = (logGroupName: string) =>
    without("LogSubscriptionFilter").map((one) =>
      one.type.endsWith(":LogMetricFilter") ? { ...one, inputs: { ...one.inputs, logGroupName } } : one,
    );
  const counts = { metricFilterCount: 30, subscriptionFilterCount: 1, regexCount: 2 };
  const quotasOf = (resources: RegisteredResource[]) =>
    assess(resources).quotas.flatMap(({ name, used, resource }) =>
      /filter/i.test(name) ? [`${name}: ${used} in ${resource}`] : [],
    );
  const own = stack().filter(({ type }) => type.endsWith(":LogMetricFilter")).length;

  it("count what it has already", () => {
    expect(quotasOf([...inGroup("organization"), adoptedTrail({ logGroupName: "organization", ...counts })])).toEqual([
      `Metric filters: ${own + 30} in organization`,
      "Regular expressions in filters: 7 in organization",
      "Subscription filters: 1 in organization",
    ]);
  });

  it("whose name is not known yet", () => {
    expect(quotasOf([...inGroup(unknownText), adoptedTrail({ logGroupName: unknownText, ...counts })])).toEqual([
      `Metric filters: ${own + 30} in log group of the trail`,
      "Regular expressions in filters: 7 in log group of the trail",
      "Subscription filters: 1 in log group of the trail",
    ]);
  });

  it("count no filter twice where trail and alarms both know of it", () => {
    const alarms = resource("dynamodb-detective:index:DetectionAlarms", "detections", {
      logGroupName: "organization",
      existingMetricFilterCount: 30,
      existingRegexCount: 1,
    });
    const [filters, regexes] = [`Metric filters: ${own + 30} in organization`, "Regular expressions in filters: "];
    expect(quotasOf([...inGroup("organization"), alarms])).toEqual([filters, `${regexes}6 in organization`]);
    const trail = adoptedTrail({ logGroupName: "organization", ...counts });
    expect(quotasOf([...inGroup("organization"), alarms, trail]).slice(0, 2)).toEqual([
      filters,
      `${regexes}7 in organization`,
    ]);
  });
});

describe("advice", () => {
  const copies = /second copy of management events/;

  it("is short for a complete stack", () => {
    expect(assess(stack()).advice).toEqual([expect.stringMatching(copies)]);
  });

  it.each([
    ["nobody gets alerts", stack().filter(({ name }) => !name.includes("-alert-email-")), /set emails to/],
    [
      "nobody hears of failures",
      stack().filter(({ name }) => !name.includes("-health-email-")),
      /set emails or healthEmails/,
    ],
    ["the workload is unknown", stack({ workloadPrincipals: [] }), /table-item-deleted.*set workloadPrincipals/],
    ["every stream's readers are logged", stack({ selectors: [fields("Data", streams)] }), /set streamDataEvents/],
    ["every table is logged", stack({ selectors: [fields("Data", tables)] }), /set tableArns/],
  ])("is given where %s", (_, resources, text) => {
    const given = assess(resources).advice.filter((sentence) => text.test(sentence));
    expect(given).toHaveLength(1);
    expect(assess(stack()).advice.filter((sentence) => text.test(sentence))).toEqual([]);
  });
});
