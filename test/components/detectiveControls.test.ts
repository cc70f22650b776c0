// Proves: which parts there are, how they are wired to each other, that every argument is checked before anything is
// registered, and that two stacks share no physical name. Does not prove: that AWS accepts it (test/e2e), or that an
// attack would be seen (test/simulation).
import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import {
  DetectiveControls,
  type DetectiveControlsArgs,
  EvidencePolicy,
  ObjectLockMode,
  RecordingFrequency,
} from "../../components";
import { planDetections } from "../../components/detectionAlarms/plan";
import { planControls } from "../../components/detectiveControls/plan";
import { Names } from "../../components/naming";
import { checked } from "../../configuration/read";
import { catalog, isStateful } from "../../detections";
import { account, deploy, refused, region } from "./support/mocks";

const orders = `arn:aws:dynamodb:${region}:${account}:table/orders`;
const stream = `${orders}/stream/2026-01-01T00:00:00.000`;
const everything: DetectiveControlsArgs = {
  emails: ["security@example.com"],
  workloadPrincipals: [`arn:aws:iam::${account}:role/orders/*`],
  tableArns: [orders],
  streamMonitor: { tables: [{ streamArn: stream }] },
  requiredTags: { Owner: [] },
  tags: { Team: "security" },
};
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const filterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const subscriptionType = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const notifierRole = new Names("detective-notifier", "detective", "test").physical("role", "function");
const controls =
  (args: DetectiveControlsArgs = {}) =>
  () =>
    new DetectiveControls("detective", args);

/** Parts directly under the controls, as `Class name`. */
async function parts(args?: DetectiveControlsArgs): Promise<string[]> {
  const { resources } = await deploy(controls(args));
  return resources
    .filter(({ options }) => options.parent === "detective")
    .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
}

describe("DetectiveControls", () => {
  it("consists of these parts by default", async () => {
    expect(await parts()).toEqual([
      "AlertChannel detective-alerts",
      "AuditTrail detective-trail",
      "DetectionAlarms detective-detections",
      "StateTable detective-state",
      "StatefulDetector detective-detector",
      "AlertNotifier detective-notifier",
      "ConfigRecorder detective-config",
      "ConfigRules detective-rules",
    ]);
  });

  it("lets AWS Config deliver no sooner than the bucket's policy lets it in", async () => {
    const { options } = (await deploy(controls())).resource(
      "dynamodb-detective:index:ConfigRecorder",
      "detective-config",
    );
    expect(options.dependsOn).toEqual(["detective-trail"]);
  });

  it("monitors streams where tables are named", async () => {
    expect(await parts(everything)).toContain("StreamMonitor detective-streams");
  });

  it("leaves AWS Config out where it is switched off", async () => {
    expect(await parts({ config: false })).toEqual([
      "AlertChannel detective-alerts",
      "AuditTrail detective-trail",
      "DetectionAlarms detective-detections",
      "StateTable detective-state",
      "StatefulDetector detective-detector",
      "AlertNotifier detective-notifier",
    ]);
  });

  it("leaves the detector out where it is switched off, or every stateful detection is", async () => {
    const stateful = catalog.filter(isStateful).map(({ id }) => [id, { enabled: false }] as const);
    for (const args of [{ statefulDetector: false }, { detections: Object.fromEntries(stateful) }]) {
      expect((await parts(args)).filter((part) => part.startsWith("State"))).toEqual(["StateTable detective-state"]);
      // Without a notifier nobody needs the table.
      expect((await parts({ ...args, notifier: false })).filter((part) => part.startsWith("State"))).toEqual([]);
    }
  });

  it("leaves the notifier out where it is switched off: alarms go straight to people, findings nowhere", async () => {
    const deployment = await deploy(controls({ notifier: false }));
    expect(deployment.resources.filter(({ name }) => name.startsWith("detective-notifier"))).toEqual([]);
    const alarms = deployment.ofType(alarmType).filter(({ name }) => name.startsWith("detective-detections-"));
    for (const { inputs } of alarms) {
      expect(inputs["alarmActions"]).toEqual([expect.stringMatching(/-alerts-[0-9a-z]{6}-alert$/)]);
      expect(inputs["okActions"]).toBeUndefined();
    }
    const { environment } = deployment.resource("aws:lambda/function:Function", "detective-detector-function").inputs;
    expect((environment as { variables: object }).variables).toMatchObject({ FINDINGS_BUS: "" });
  });

  it("gives the notifier every detection, and leaves its calls on the state table out of everything", async () => {
    const deployment = await deploy(controls());
    const alarms = deployment.ofType(alarmType).filter(({ name }) => name.startsWith("detective-detections-"));
    const { result } = await deploy(() => planControls("detective", {}));
    const ids = (JSON.parse(result.notifier!.detections) as { id: string }[]).map(({ id }) => id);
    expect(ids.map((id) => `detective-detections-${id}-alarm`)).toEqual(alarms.map(({ name }) => name));
    const role = notifierRole;
    for (const [type, name, key] of [
      [subscriptionType, "detective-detector-subscription", "filterPattern"],
      [filterType, "detective-detections-detector-state-tampered-filter", "pattern"],
    ] as const) {
      expect(deployment.resource(type, name).inputs[key]).toContain(role);
    }
  });

  it("pages for the severities that are named", async () => {
    const prefixes = async (severities?: string[]) => {
      const pagerDuty = { integrationKey: "0123456789abcdef0123456789abcdef", severities };
      const deployment = await deploy(controls({ pagerDuty }));
      const { filterPolicy } = deployment.resource(
        "aws:sns/topicSubscription:TopicSubscription",
        "detective-alerts-alarm-pagerduty",
      ).inputs;
      return (JSON.parse(String(filterPolicy)) as { AlarmName: { prefix: string }[] }).AlarmName.map(
        ({ prefix }) => prefix,
      );
    };
    const names = new Names("detective-detections", "detective", "test");
    const ofStreams = new Names("detective-streams", "detective", "test");
    const beginning = (severity: string, of = names) => `${of.physical("alarm", severity)}-`;
    const both = (...severities: string[]) =>
      [names, ofStreams].flatMap((of) => severities.map((severity) => beginning(severity, of)));
    expect(await prefixes()).toEqual(both("high", "critical"));
    expect(await prefixes(["medium"])).toEqual(both("medium"));
    // Every alarm begins with the severity that it has.
    for (const { severity, alarm } of planDetections({ statefulDetector: true }, names)) {
      expect(alarm.physicalName.startsWith(beginning(severity))).toBe(true);
    }
  });

  it("gives the detector its log group, its table and what the alarms count", async () => {
    const deployment = await deploy(controls());
    const { environment } = deployment.resource("aws:lambda/function:Function", "detective-detector-function").inputs;
    const table = deployment.resource("aws:dynamodb/table:Table", "detective-state-table").inputs;
    const alarm = deployment.resource(alarmType, "detective-detections-new-country-seen-alarm").inputs;
    expect((environment as { variables: object }).variables).toEqual({
      FINDINGS_BUS: expect.stringMatching(/:event-bus\/detective-test-alerts-[0-9a-z]{6}-findings$/),
      NODE_OPTIONS: "--enable-source-maps",
      POWERTOOLS_METRICS_NAMESPACE: alarm["namespace"],
      POWERTOOLS_SERVICE_NAME: "detector",
      STATE_TABLE: table["name"],
    });
    const logGroup = deployment.resource("aws:cloudwatch/metricAlarm:MetricAlarm", "detective-trail-log-group-silent");
    expect(deployment.resource(subscriptionType, "detective-detector-subscription").inputs["logGroup"]).toBe(
      (logGroup.inputs["dimensions"] as { LogGroupName: string }).LogGroupName,
    );
    const pattern = deployment.resource(filterType, "detective-detections-table-item-updated-filter").inputs["pattern"];
    expect(pattern).toContain('$.resources[0].ARN != "*/detective-test-state-thqq5q-*"');
    expect(table["name"]).toMatch(/^detective-test-state-thqq5q-[0-9a-f]{8}$/);
  });

  it("gets the events from EventBridge where the log group has no subscription free", async () => {
    const existingTrail = { logGroupName: "g", tableDataEvents: true, subscriptionFilterCount: 2 };
    const { resources } = await deploy(controls({ existingTrail }));
    const types = resources.filter(({ options }) => options.parent === "detective-detector").map(({ type }) => type);
    expect(types).not.toContain(subscriptionType);
    expect(types).toContain("aws:cloudwatch/eventRule:EventRule");
  });

  it("adopts a trail and a recorder without registering second ones", async () => {
    const { resources } = await deploy(
      controls({
        existingTrail: { logGroupName: "organization-trail", tableDataEvents: true },
        existingConfigRecorder: "default",
      }),
    );
    const types = new Set(resources.map(({ type }) => type));
    for (const type of [
      "cloudtrail/trail:Trail",
      "cfg/recorder:Recorder",
      "cfg/deliveryChannel:DeliveryChannel",
      "s3/bucket:Bucket",
    ]) {
      expect(types).not.toContain(`aws:${type}`);
    }
    const filters = resources.filter(({ type }) => type === "aws:cloudwatch/logMetricFilter:LogMetricFilter");
    expect(new Set(filters.map(({ inputs }) => inputs["logGroupName"]))).toEqual(new Set(["organization-trail"]));
  });

  it("gives detections of item changes to the stream monitor, with the way to the caller", async () => {
    const tables = [{ streamArn: stream, guardedAttributes: ["status"], confidential: true }];
    const detections = { "mass-item-deletes": { threshold: 7 }, "backup-listed": { enabled: false } };
    const deployment = await deploy(controls({ streamMonitor: { tables }, detections }));
    const alarms = deployment.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
    const [deletes] = alarms.filter(({ name }) => name === "detective-streams-mass-item-deletes-orders-alarm");
    expect(deletes?.inputs["threshold"]).toBe(7);
    expect(alarms.map(({ name }) => name)).toContain("detective-streams-guarded-attribute-changed-orders-alarm");
    expect(alarms.map(({ name }) => name)).not.toContain("detective-detections-backup-listed-alarm");
    const { inputs } = deployment.resource("aws:lambda/function:Function", "detective-streams-function");
    expect(inputs["environment"]).toMatchObject({
      variables: { TRAIL_LOG_GROUP: expect.stringMatching(/^detective-test-trail-/) },
    });
  });

  it("sends detections to the alarm topic, their end too, and failures of the detectors to the health topic only", async () => {
    const deployment = await deploy(controls(everything));
    const actions = deployment.resources
      .filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm")
      .map(({ name, inputs }) => ({
        name,
        topics: (inputs["alarmActions"] as string[]).map((arn) => arn.split("-").at(-1)),
      }));
    // Alarms of detections end so, and the canary's; others say what is the matter.
    const byNotifier = (name: string) => name.endsWith("-alarm");
    for (const { name, topics } of actions) {
      expect({ name, topics }).toEqual({ name, topics: [byNotifier(name) ? "alarm" : "health"] });
    }
    for (const { name, inputs } of deployment.ofType(alarmType)) {
      if (byNotifier(name) && !name.includes("canary")) expect(inputs["okActions"]).toEqual(inputs["alarmActions"]);
    }
    expect(actions.filter(({ topics }) => topics[0] === "health").length).toBeGreaterThanOrEqual(4);
  });

  it("lets AWS Config deliver to the evidence bucket, or to one of its own where objects are locked", async () => {
    const bucketOf = async (args: DetectiveControlsArgs) => {
      const { resources } = await deploy(controls(args));
      return resources.find(({ type }) => type === "aws:cfg/deliveryChannel:DeliveryChannel")!.inputs["s3BucketName"];
    };
    expect(await bucketOf({})).toMatch(/^detective-test-trail-[0-9a-z]{6}-logs-/);
    expect(await bucketOf({ objectLock: { mode: ObjectLockMode.Governance, days: 30 } })).toContain("config");
  });

  it("tags everything that takes tags", async () => {
    const { resources } = await deploy(controls(everything));
    const tagged = resources.filter(({ inputs }) => inputs["tags"] !== undefined);
    expect(tagged.length).toBeGreaterThan(20);
    // The state table has the tags that our own policy asks of a table, too.
    const required = { Security: "high", Confidentiality: "restricted", Environment: "test" };
    for (const { name, inputs } of tagged) {
      const tags = { ...(name === "detective-state-table" && required), Team: "security" };
      expect({ name, tags: inputs["tags"] }).toEqual({ name, tags });
    }
  });

  it("shares no physical name between two stacks, and says project and stack in each", async () => {
    const namesIn = async (stack: string) => {
      const project = "dynamodb-detective";
      const program = () => new DetectiveControls(project, everything);
      const { resources } = await deploy(program, { stack, project });
      return resources.flatMap(({ inputs }) =>
        ["name", "namePrefix", "bucketPrefix", "functionName"].flatMap((key) =>
          inputs[key] ? [String(inputs[key])] : [],
        ),
      );
    };
    const [blue, green] = [await namesIn("production"), await namesIn("staging")];
    expect(blue.length).toBeGreaterThan(30);
    expect(blue.filter((name) => green.includes(name))).toEqual([]);
    for (const name of blue) expect(name).toContain("dynamodb-detective-production-");
  });

  it("keeps the metrics of two stacks apart", async () => {
    const namespaces = async (stack: string) => {
      const { resources } = await deploy(controls(), { stack });
      return resources.flatMap(
        ({ inputs }) => (inputs["metricTransformation"] as { namespace: string })?.namespace ?? [],
      );
    };
    for (const stack of ["blue", "green"]) {
      expect(new Set(await namespaces(stack))).toEqual(
        new Set([`detective/${stack}/detective-detections`, `detective/${stack}/detective-notifier`]),
      );
    }
  });
});

describe("AWS Config rules that watch the stack", () => {
  const rulesOf = async (args: DetectiveControlsArgs) =>
    (await deploy(controls(args), { config: { "aws:region": region } })).resources
      .filter(({ type }) => type === "aws:cfg/rule:Rule")
      .map(({ name }) => name.replace("detective-rules-", ""));
  const forTables = [
    "dynamodb-pitr-enabled",
    "dynamodb-table-deletion-protection-enabled",
    "dynamodb-table-encrypted-kms",
    "required-tags",
    "dax-encryption-enabled",
    "dax-tls-endpoint-encryption",
  ];
  const forTrail = [
    "cloud-trail-log-file-validation-enabled",
    "cloud-trail-encryption-enabled",
    "cloud-trail-cloud-watch-logs-enabled",
  ];
  const forFunctions = ["lambda-function-public-access-prohibited"];
  const forTheRest = [
    "cloudwatch-alarm-action-check",
    "cloudwatch-alarm-action-enabled-check",
    "kms-cmk-not-scheduled-for-deletion",
    "cmk-backing-key-rotation-enabled",
    "kms-key-policy-no-public-access",
    "sns-encrypted-kms",
    "sns-topic-no-public-access",
  ];

  it("look at its trail, alarms, keys, topics, and functions if there are some", async () => {
    const withoutFunctions = [...forTables, "cloudtrail-enabled", ...forTrail, ...forTheRest];
    const none = { statefulDetector: false, notifier: false };
    expect(await rulesOf(none)).toEqual(withoutFunctions);
    expect(await rulesOf({})).toEqual([...withoutFunctions, ...forFunctions]);
    const { streamMonitor } = everything;
    expect(await rulesOf({ ...none, streamMonitor })).toEqual([...withoutFunctions, ...forFunctions]);
  });

  it("look at an adopted trail where its ARN is known, and at no bucket of another's", async () => {
    const existingTrail = { logGroupName: "organization-trail", tableDataEvents: true };
    expect(await rulesOf({ existingTrail })).toEqual([...forTables, ...forTheRest, ...forFunctions]);
    const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/organization`;
    expect(await rulesOf({ existingTrail: { ...existingTrail, trailArn } })).toEqual([
      ...forTables,
      ...forTrail,
      ...forTheRest,
      ...forFunctions,
    ]);
  });

  it("are told apart from what others own by the ids of the stack's resources", async () => {
    const deployment = await deploy(controls(everything), { config: { "aws:region": region } });
    const resourceIds = (part: string) =>
      JSON.parse(
        deployment.resource("aws:cloudwatch/eventRule:EventRule", `detective-rules-noncompliant-${part}`).inputs[
          "eventPattern"
        ] as string,
      ).detail.resourceId as (string | { prefix: string })[];
    const arnsOf = (type: string) => deployment.ofType(type).map(({ name }) => name);
    const keys = arnsOf("aws:kms/key:Key").flatMap((name) => [
      `arn:aws:kms:${region}:${account}:key/${name}-id`,
      `${name}-id`,
    ]);
    expect(keys).toHaveLength(2 * 7);
    expect(resourceIds("keys").sort()).toEqual(keys.sort());
    expect(resourceIds("topics").filter((id) => String(id).startsWith("arn:"))).toHaveLength(
      arnsOf("aws:sns/topic:Topic").length,
    );
    expect(resourceIds("functions")).toHaveLength(2 * arnsOf("aws:lambda/function:Function").length);
    expect(resourceIds("trail")[0]).toMatch(/:trail\/detective-test-trail-[0-9a-z]{6}$/);
  });

  it.each([
    ["of a short stack", {}],
    ["whose beginning has to be shortened", { project: "p".repeat(66), stack: "s".repeat(66) }],
    ["whose beginning is shortened beside a long suffix only", { project: "p".repeat(60), stack: "s".repeat(60) }],
  ])("hear of every alarm %s, and of no other stack's", async (_, owner) => {
    const tables = ["orders", "my_orders.eu", "t".repeat(255)].map((table) => ({
      streamArn: stream.replace("table/orders", `table/${table}`),
    }));
    const settings = { config: { "aws:region": region }, ...owner };
    const deployment = await deploy(controls({ streamMonitor: { tables } }), settings);
    const beginnings = deployment
      .ofType("aws:cloudwatch/eventRule:EventRule")
      .filter(({ name }) => name.startsWith("detective-rules-noncompliant-alarms"))
      .flatMap(({ inputs }) => JSON.parse(inputs["eventPattern"] as string).detail.resourceId as { prefix: string }[]);
    const heard = (alarms: string[]) =>
      alarms.filter((alarm) => beginnings.some(({ prefix }) => alarm.startsWith(prefix)));
    const alarmsOf = ({ resources }: typeof deployment) =>
      resources.flatMap(({ type, inputs }) => (type === alarmType ? [inputs["name"] as string] : []));
    const alarms = alarmsOf(deployment);
    expect(alarms.filter((alarm) => alarm.includes("-health-unprocessed-"))).toHaveLength(3);
    expect(heard(alarms)).toEqual(alarms);
    const ofAnother = await deploy(controls({ streamMonitor: { tables } }), {
      ...settings,
      stack: `${settings.stack ?? "test"}-2`,
    });
    expect(heard(alarmsOf(ofAnother))).toEqual([]);
  });
});

describe("each argument reaches the part that it is about", () => {
  const inputsOf = async (args: DetectiveControlsArgs, type: string, part = ""): Promise<Record<string, unknown>[]> =>
    (await deploy(controls(args))).resources
      .filter((one) => one.type === type && one.name.includes(part))
      .map(({ inputs }) => inputs);

  it("healthEmails", async () => {
    const args = { emails: ["a@example.com"], healthEmails: ["b@example.com"] };
    const subscriptions = await inputsOf(args, "aws:sns/topicSubscription:TopicSubscription", "-email-");
    expect(subscriptions.map(({ topic, endpoint }) => [String(topic).split("-").at(-1), endpoint])).toEqual([
      ["alert", "a@example.com"],
      ["health", "b@example.com"],
    ]);
  });

  it("runbookUrl", async () => {
    const alarms = await inputsOf(
      { runbookUrl: "https://wiki.example.com" },
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "-detections-",
    );
    for (const { alarmDescription } of alarms) expect(alarmDescription).toContain("Runbook: https://wiki.example.com/");
  });

  it("kmsEvents", async () => {
    const [trail] = await inputsOf({ kmsEvents: false }, "aws:cloudtrail/trail:Trail");
    expect(JSON.stringify(trail!["advancedEventSelectors"])).toContain('"notEquals":["kms.amazonaws.com"]');
  });

  it("keyReaderArns", async () => {
    const reader = `arn:aws:iam::${account}:role/investigator`;
    const [key] = await inputsOf({ keyReaderArns: [reader] }, "aws:kms/key:Key", "-trail-");
    expect(key!["policy"]).toContain(reader);
  });

  it("evidence, for streams too", async () => {
    const { resources } = await deploy(controls({ ...everything, evidence: EvidencePolicy.Delete }));
    const buckets = resources.filter(({ type }) => type === "aws:s3/bucket:Bucket");
    expect(buckets.length).toBeGreaterThanOrEqual(3);
    for (const { name, inputs, options } of buckets) {
      expect({ name, forceDestroy: inputs["forceDestroy"], kept: options.retainOnDelete ?? false }).toEqual({
        name,
        forceDestroy: true,
        kept: false,
      });
    }
  });

  it("createConfigServiceLinkedRole", async () => {
    const role = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
    expect(await inputsOf({ createConfigServiceLinkedRole: true }, role)).toHaveLength(1);
    expect(await inputsOf({}, role)).toEqual([]);
  });

  it("metricFilterCount of an adopted trail", async () => {
    const existingTrail = { logGroupName: "organization-trail", tableDataEvents: true, metricFilterCount: 98 };
    const { error } = await refused(controls({ existingTrail }));
    // One of the two that are left is the canary's.
    expect(error.message).toContain("the log group has room for 1 of AWS's 100");
    const alone = await refused(controls({ existingTrail, notifier: false }));
    expect(alone.error.message).toContain("the log group has room for 2 of AWS's 100");
  });

  it("no count of filters where no trail is adopted: the canary's filter is the stack's own", async () => {
    const { resources } = await deploy(controls());
    expect(resources.find(({ name }) => name === "detective-detections")!.inputs).toEqual({});
    expect(resources.filter(({ type }) => type === filterType).map(({ name }) => name)).toContain(
      "detective-notifier-canary-filter",
    );
  });

  it("configRecording", async () => {
    const configRecording = {
      allResourceTypes: true,
      globalResourceTypes: true,
      recordingFrequency: RecordingFrequency.Daily,
      recordingFrequencyOverrides: { "AWS::DynamoDB::Table": RecordingFrequency.Continuous },
      ownBucket: true,
    };
    const [recorder] = await inputsOf({ configRecording }, "aws:cfg/recorder:Recorder");
    expect(recorder).toMatchObject({
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      recordingMode: {
        recordingFrequency: "DAILY",
        recordingModeOverride: { resourceTypes: ["AWS::DynamoDB::Table"] },
      },
    });
    const [channel] = await inputsOf({ configRecording }, "aws:cfg/deliveryChannel:DeliveryChannel");
    expect(channel!["s3BucketName"]).toContain("config");
    // Then nothing but the trail may write to the evidence bucket.
    const policies = await inputsOf({ configRecording }, "aws:s3/bucketPolicy:BucketPolicy", "trail");
    for (const { policy } of policies) expect(policy).not.toContain("config.amazonaws.com");
  });

  it("configRules", async () => {
    const configRules = { "dynamodb-in-backup-plan": {}, "dax-encryption-enabled": { enabled: false } };
    const rules = await inputsOf({ configRules }, "aws:cfg/rule:Rule");
    const identifiers = rules.map(({ source }) => (source as { sourceIdentifier: string }).sourceIdentifier);
    expect(identifiers).toContain("DYNAMODB_IN_BACKUP_PLAN");
    expect(identifiers).not.toContain("DAX_ENCRYPTION_ENABLED");
  });

  it("remediation", async () => {
    const type = "aws:cfg/remediationConfiguration:RemediationConfiguration";
    expect(await inputsOf({}, type)).toEqual([]);
    const remediation = { "dynamodb-pitr-enabled": { automatic: true } };
    expect(await inputsOf({ remediation }, type)).toMatchObject([
      { configRuleName: "detective-test-rules-ya3nfn-dynamodb-pitr-enabled", automatic: true },
    ]);
  });
});

describe("wrong arguments are refused before anything is registered", () => {
  const manyTables = Array.from({ length: 200 }, (_, i) => `${orders}-${i}`);
  it.each<[string, DetectiveControlsArgs, string]>([
    ["an e-mail without @", { emails: ["security.example.com"] }, "emails"],
    ["a table ARN that is not one", { tableArns: ["orders"] }, "tableArns"],
    ["more than 500 selector values", { tableArns: manyTables }, "500"],
    ["an unknown detection", { detections: { "backup-delted": {} } }, 'Did you mean "backup-deleted"?'],
    [
      "settings of item changes without a monitor",
      { detections: { "mass-item-deletes": { threshold: 1 } } },
      "detections.mass-item-deletes: needs the built-in stream monitor",
    ],
    [
      "settings of item changes that are none",
      {
        detections: { "mass-item-deletes": { ignorePrincipals: [] } },
        streamMonitor: { tables: [{ streamArn: stream }] },
      },
      'detections.mass-item-deletes: unknown setting "ignorePrincipals"',
    ],
    [
      "a table's settings that are none",
      { streamMonitor: { tables: [{ streamArn: stream, guardedAttributes: ["a["] }] } },
      'streamMonitor.tables[0].guardedAttributes[0]: "a[" is no document path',
    ],
    ["a detection without its source", { dataEvents: false }, "detections.table-item-deleted: needs table-data events"],
    ["a detection of reads on a trail of writes", { writeOnly: true }, "detections.table-scanned"],
    ["a retention that CloudWatch does not have", { logRetentionDays: 100 }, "logRetentionDays: 100"],
    [
      "locked evidence that is to be deleted",
      { objectLock: { mode: ObjectLockMode.Governance, days: 1 }, evidence: EvidencePolicy.Delete },
      "objectLock",
    ],
    [
      "a stream of another Region",
      { streamMonitor: { tables: [{ streamArn: stream.replace(region, "us-east-1") }] } },
      "streamMonitor.tables",
    ],
    ["a stream monitor without tables", { streamMonitor: { tables: [] } }, "streamMonitor.tables"],
    [
      "a table of another Region under a single-Region trail",
      { multiRegion: false, tableArns: [orders.replace(region, "us-east-1")] },
      "tableArns",
    ],
    [
      "a workload that is a group",
      { workloadPrincipals: [`arn:aws:iam::${account}:group/apps`] },
      "workloadPrincipals: ",
    ],
    [
      "tables beside an adopted trail",
      { existingTrail: { logGroupName: "g", tableDataEvents: true }, tableArns: [orders] },
      "tableArns: changes nothing beside existingTrail",
    ],
    [
      "rules without AWS Config",
      { config: false, requiredTags: { Owner: [] } },
      "requiredTags: changes nothing beside config: false",
    ],
    [
      "a count that cannot be",
      { existingTrail: { logGroupName: "g", tableDataEvents: true, metricFilterCount: 101 } },
      "existingTrail.metricFilterCount",
    ],
    [
      "a setting of what cannot be deployed",
      { detections: { "new-country-seen": { threshold: 9 } } },
      "detections.new-country-seen.threshold: changes nothing about this detection",
    ],
    [
      "settings of a detection without the detector",
      { statefulDetector: false, detections: { "new-country-seen": { learnSeconds: 9 } } },
      "detections.new-country-seen: needs the detector function",
    ],
    ["no such country database", { countryDatabase: "none.mmdb" }, 'countryDatabase: "none.mmdb" is not there.'],
    ["a file that is no country database", { countryDatabase: "package.json" }, "is no MMDB file"],
    [
      "a country database without the detector",
      { statefulDetector: false, countryDatabase: "x.mmdb" },
      "countryDatabase: changes nothing beside statefulDetector: false",
    ],
    [
      "a queue without the notifier that fills it",
      { notifier: false, sqs: {} },
      "sqs: changes nothing beside notifier: false",
    ],
    ["no severity", { emailSeverities: ["urgent"] }, 'emailSeverities[0]: "urgent" is not one of info, low,'],
    [
      "a severity that cannot page",
      { pagerDuty: { integrationKey: "0123456789abcdef0123456789abcdef", severities: [] } },
      "pagerDuty.severities: is empty",
    ],
    ["an unknown rule", { disabledConfigRules: ["dynamodb-pitr"] }, "disabledConfigRules"],
    ["a tag key that cannot be", { requiredTags: { "bad*key": [] } }, 'requiredTags.bad*key: "bad*key" is no tag key'],
    ["a tag value with a comma", { requiredTags: { Owner: ["a,b"] } }, 'requiredTags.Owner: "a,b" is no tag value'],
    ["no required tag", { requiredTags: {} }, "requiredTags: is empty."],
    ["a reserved tag", { tags: { "aws:team": "x" } }, 'tags: "aws:team" is no tag key'],
    ["a tag value that is too long", { tags: { team: "x".repeat(257) } }, "tags.team: "],
    [
      "more tags than a resource can have",
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, ""])) },
      "tags: has 51 tags. A resource can have 50.",
    ],
    ["a runbook address that is none", { runbookUrl: "wiki" }, 'runbookUrl: "wiki" is not an address'],
    [
      "regular expressions that an adopted log group has no room for",
      { existingTrail: { logGroupName: "g", tableDataEvents: true, regexCount: 3 } },
      "the log group has room for 2 of AWS's 5",
    ],
    [
      "more regular expressions than a log group can have",
      { existingTrail: { logGroupName: "g", tableDataEvents: true, regexCount: 11 } },
      "existingTrail.regexCount: 11 is not a number of regular expressions. Write a whole number from 0 to 10.",
    ],
    [
      "a function of another Region",
      {
        streamMonitor: {
          tables: [{ streamArn: stream }],
          functionArn: `arn:aws:lambda:us-east-1:${account}:function:own`,
          functionRoleName: "own",
        },
      },
      "streamMonitor.functionArn: ",
    ],
    [
      "an adopted trail without the source of a detection",
      { existingTrail: { logGroupName: "g" } },
      "detections.table-item-deleted: needs table-data events, which the trail does not carry (it carries management, kms). " +
        "Let the trail log them (of an adopted trail, say that it does where it is described)",
    ],
    ...Object.entries({
      dataEvents: false,
      streamDataEvents: false,
      managementEvents: false,
      kmsEvents: false,
      multiRegion: false,
      logRetentionDays: 30,
      archiveAfterDays: 0,
      expireAfterDays: 400,
    }).map(([key, value]): [string, DetectiveControlsArgs, string] => [
      `${key} beside an adopted trail`,
      { existingTrail: { logGroupName: "g", tableDataEvents: true }, [key]: value },
      `${key}: changes nothing beside existingTrail. Leave out one of the two.`,
    ]),
    ["settings of an unknown rule", { configRules: { "dynamodb-pitr": {} } }, "configRules: unknown rule"],
    [
      "a parameter that a rule does not take",
      { configRules: { "dynamodb-pitr-enabled": { parameters: { days: "35" } } } },
      "configRules.dynamodb-pitr-enabled.parameters: the rule takes none",
    ],
    [
      "a rule about what the stack does not have",
      { statefulDetector: false, notifier: false, configRules: { "lambda-dlq-check": {} } },
      "configRules.lambda-dlq-check: is about the functions of this stack, and there are none",
    ],
    [
      "a frequency of what is not recorded",
      { configRecording: { recordingFrequencyOverrides: { "AWS::EC2::Instance": RecordingFrequency.Daily } } },
      "configRecording.recordingFrequencyOverrides.AWS::EC2::Instance: the type is not recorded",
    ],
    [
      "recording beside an adopted recorder",
      { existingConfigRecorder: "default", configRecording: { allResourceTypes: true } },
      "configRecording: changes nothing beside existingConfigRecorder",
    ],
    [
      "rules set without AWS Config",
      { config: false, configRules: {} },
      "configRules: changes nothing beside config: false",
    ],
    [
      "remediation of what nothing mends",
      { remediation: { "dax-encryption-enabled": {} } },
      "remediation: unknown remediation for rule",
    ],
    [
      "a remediation without what it needs",
      { remediation: { "required-tags": {} } },
      "remediation.required-tags.missingTags: is missing",
    ],
  ])("%s", async (_, args, text) => {
    const { error, registered } = await refused(controls(args), { config: { "aws:region": region } });
    expect(error.message).toContain(text);
    expect(error.name).toBe("ArgumentError");
    expect(registered).toEqual([]);
  });
});

describe("what is right is taken", () => {
  it("defaults of a trail beside an adopted one, as Pulumi.yaml says them", async () => {
    const defaults = {
      dataEvents: true,
      streamDataEvents: true,
      managementEvents: true,
      kmsEvents: true,
      multiRegion: true,
      logRetentionDays: 365,
      archiveAfterDays: 90,
      expireAfterDays: 0,
    };
    expect(checked({})).toMatchObject(defaults);
    const existingTrail = { logGroupName: "g", tableDataEvents: true };
    const { resources } = await deploy(controls({ ...defaults, existingTrail }));
    expect(resources.length).toBeGreaterThan(20);
  });

  it("a stream of the Region of a provider that differs from the configured one", async () => {
    const program = () => {
      const provider = new aws.Provider("other", { region });
      new DetectiveControls("detective", { streamMonitor: { tables: [{ streamArn: stream }] } }, { provider });
    };
    const deployment = await deploy(program, { config: { "aws:region": "us-east-1" } });
    const type = "aws:lambda/eventSourceMapping:EventSourceMapping";
    expect(deployment.ofType(type).map(({ inputs }) => inputs["eventSourceArn"])).toEqual([stream]);
  });

  it.each([
    ["that is told: rules that it lacks are left out", "ap-east-2", false],
    ["that is not told: every rule is deployed", undefined, true],
  ])("a provider of a Region %s", async (_, told, deployed) => {
    const program = () => {
      const provider = new aws.Provider("other", { region: "ap-east-2" });
      new DetectiveControls("detective", { region: told }, { provider });
    };
    const deployment = await deploy(program, { region: "ap-east-2", config: { "aws:region": "eu-central-1" } });
    const rules = deployment.ofType("aws:cfg/rule:Rule").map(({ name }) => name);
    expect(rules).toContain("detective-rules-dynamodb-pitr-enabled");
    expect(rules.includes("detective-rules-dynamodb-table-deletion-protection-enabled")).toBe(deployed);
  });
});
