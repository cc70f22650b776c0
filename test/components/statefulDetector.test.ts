// Proves: exact children and inputs of the detector, both ways for events to come, what its role may do, and that wrong
// arguments are refused before anything is registered. Does not prove: that AWS takes them (test/e2e), or what is
// detected (test/corpus).

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { StatefulDetector, type StatefulDetectorArgs } from "../../components";
import { oldAfterDays, planCountryDatabase } from "../../components/statefulDetector/countryDatabase";
import { eventPattern, subscriptionPattern } from "../../components/statefulDetector/plan";
import { compilePredicate, parseFilterPattern } from "../../detections";
import { matchesFilter } from "../../simulation/delivery/contentFilter";
import { deployed } from "../functions/detector/support";
import { by, event, account as eventAccount, from, identities } from "../support/events";
import { account, deploy, refused, region } from "./support/mocks";

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const args: StatefulDetectorArgs = {
  logGroupName: "audit",
  logGroupArn: arn("logs", "log-group:audit"),
  stateTableName: "state",
  stateTableArn: arn("dynamodb", "table/state"),
  stateKeyArn: arn("kms", "key/state"),
  metricNamespace: "detective/test/detections",
  detections: JSON.stringify(deployed()),
  healthTopicArn: arn("sns", "health"),
};
const detector =
  (changed: Partial<StatefulDetectorArgs> = {}) =>
  () =>
    new StatefulDetector("detector", { ...args, ...changed });
const health = ["errors", "throttles", "event-age", "undelivered-failures", "failures-waiting", "undelivered"];
const common = [
  "aws:kms/key:Key detector-key",
  "aws:kms/alias:Alias detector-alias",
  "aws:sqs/queue:Queue detector-failures",
  "aws:cloudwatch/logGroup:LogGroup detector-log-group",
  "aws:iam/role:Role detector-role",
  "aws:iam/rolePolicy:RolePolicy detector-policy",
  "aws:lambda/function:Function detector-function",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig detector-retries",
  "aws:sqs/queuePolicy:QueuePolicy detector-failures-policy",
  "aws:lambda/permission:Permission detector-permission",
  ...health.map((suffix) => `aws:cloudwatch/metricAlarm:MetricAlarm detector-${suffix}`),
];

describe("StatefulDetector", () => {
  it("gets its events from the log group", async () => {
    const deployment = await deploy(detector());
    expect(deployment.children("detector").sort()).toEqual(
      [...common, "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter detector-subscription"].sort(),
    );
    const place = { partition: "aws", region, accountId: account };
    const subscription = deployment.resource(
      "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
      "detector-subscription",
    );
    expect(subscription.inputs).toEqual({
      name: "detective-test-detector-yh1dgc",
      logGroup: "audit",
      filterPattern: subscriptionPattern(
        ["backup.amazonaws.com", "dynamodb.amazonaws.com"],
        ["detective-test-detector-yh1dgc-function"],
        place,
      ),
      destinationArn: expect.stringContaining(":function:"),
    });
    expect(subscription.options.dependsOn).toEqual(["detector-permission"]);
    expect(deployment.resource("aws:lambda/permission:Permission", "detector-permission").inputs).toEqual({
      function: "detective-test-detector-yh1dgc",
      action: "lambda:InvokeFunction",
      principal: "logs.amazonaws.com",
      sourceArn: arn("logs", "log-group:audit:*"),
      sourceAccount: account,
    });
  });

  it("or from EventBridge, with a queue for what could not be delivered", async () => {
    const deployment = await deploy(detector({ eventBridge: true }));
    expect(deployment.children("detector").sort()).toEqual(
      [
        ...common,
        "aws:cloudwatch/eventRule:EventRule detector-rule",
        "aws:cloudwatch/eventTarget:EventTarget detector-target",
      ].sort(),
    );
    const rule = deployment.resource("aws:cloudwatch/eventRule:EventRule", "detector-rule").inputs;
    expect(rule["state"]).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    expect(deployment.resource("aws:cloudwatch/eventTarget:EventTarget", "detector-target").inputs).toMatchObject({
      retryPolicy: { maximumEventAgeInSeconds: 21_600, maximumRetryAttempts: 20 },
      deadLetterConfig: { arn: expect.stringContaining(":sqs:") },
    });
    const target = deployment.resource("aws:cloudwatch/eventTarget:EventTarget", "detector-target");
    expect(target.options.dependsOn).toEqual(["detector-permission"]);
    const { Statement } = deployment.policy("aws:sqs/queuePolicy:QueuePolicy", "detector-failures-policy");
    expect(Statement.map(({ Sid }) => Sid)).toEqual(["RuleSends", "TlsOnly"]);
    const undelivered = deployment.resource("aws:cloudwatch/metricAlarm:MetricAlarm", "detector-undelivered").inputs;
    expect(undelivered).toMatchObject({ namespace: "AWS/Events", dimensions: { RuleName: rule["name"] } });
  });

  it("runs with these settings, and keeps what fails to the end", async () => {
    const deployment = await deploy(
      detector({ reservedConcurrency: 5, findingsBusArn: arn("events", "event-bus/findings") }),
    );
    expect(deployment.resource("aws:lambda/function:Function", "detector-function").inputs).toMatchObject({
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      memorySize: 512,
      timeout: 60,
      reservedConcurrentExecutions: 5,
      environment: {
        variables: {
          STATE_TABLE: "state",
          FINDINGS_BUS: arn("events", "event-bus/findings"),
          POWERTOOLS_METRICS_NAMESPACE: "detective/test/detections",
          POWERTOOLS_SERVICE_NAME: "detector",
        },
      },
    });
    const retries = deployment.resource(
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      "detector-retries",
    );
    expect(retries.inputs).toEqual({
      functionName: "detective-test-detector-yh1dgc",
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21_600,
      destinationConfig: { onFailure: { destination: expect.stringContaining(":sqs:") } },
    });
    // Lambda refuses a destination that the role may not use.
    expect(retries.options.dependsOn).toEqual(["detector-policy"]);
    const lambda = deployment.resource("aws:lambda/function:Function", "detector-function");
    expect(lambda.options.dependsOn).toEqual(["detector-policy"]);
    expect(deployment.resource("aws:sqs/queue:Queue", "detector-failures").inputs).toMatchObject({
      messageRetentionSeconds: 1_209_600,
      kmsMasterKeyId: expect.stringContaining(":kms:"),
    });
  });

  it("lets the role do no more than its work", async () => {
    const statements = async (changed: Partial<StatefulDetectorArgs> = {}) =>
      (await deploy(detector(changed))).policy("aws:iam/rolePolicy:RolePolicy", "detector-policy").Statement;
    const all = await statements({ findingsBusArn: arn("events", "event-bus/findings") });
    expect(all.map(({ Sid }) => Sid)).toEqual([
      "KeepState",
      "UseStateKey",
      "ReportFindings",
      "KeepFailures",
      "EncryptFailures",
      "WriteLog",
    ]);
    expect(all[0]).toEqual({
      Sid: "KeepState",
      Effect: "Allow",
      Action: ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"],
      Resource: args.stateTableArn,
      Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["detector#*"] } },
    });
    for (const { Resource } of all) expect(JSON.stringify(Resource)).not.toContain('"*"');
    expect((await statements()).map(({ Sid }) => Sid)).not.toContain("ReportFindings");
  });

  it("tells the health topic when it fails", async () => {
    const deployment = await deploy(detector());
    for (const suffix of health) {
      const { inputs } = deployment.resource("aws:cloudwatch/metricAlarm:MetricAlarm", `detector-${suffix}`);
      expect(inputs["alarmActions"]).toEqual([args.healthTopicArn]);
      expect(inputs["treatMissingData"]).toBe("notBreaching");
    }
  });

  it("keeps key and log group as evidence, unless told otherwise", async () => {
    const kept = async (evidence?: StatefulDetectorArgs["evidence"]) =>
      (await deploy(detector({ evidence }))).resources
        .filter(({ options }) => options.retainOnDelete)
        .map(({ name }) => name);
    expect(await kept()).toEqual(["detector-key", "detector-log-group"]);
    expect(await kept("delete" as never)).toEqual([]);
  });

  it.each<[string, Partial<StatefulDetectorArgs>, string]>([
    ["reservedConcurrency", { reservedConcurrency: 0 }, "0 is not a whole number of 1 or more."],
    ["logRetentionDays", { logRetentionDays: 2 }, "2 is not a retention of CloudWatch Logs."],
    ["countryDatabase", { countryDatabase: "/nowhere.mmdb" }, '"/nowhere.mmdb" is not there.'],
    ["detections", { detections: "[]" }, "none of them is stateful."],
  ])("refuses a wrong %s", async (argument, changed, message) => {
    const { error, registered } = await refused(detector(changed));
    expect(error.message).toContain(`${argument}: `);
    expect(error.message).toContain(message);
    expect(registered).toEqual([]);
  });
});

describe("what the log group and EventBridge send on", () => {
  const place = { partition: "aws", region, accountId: eventAccount };
  const sources = ["backup.amazonaws.com", "dynamodb.amazonaws.com"];
  const own = ["a-detector", "a-notifier"];
  const pattern = compilePredicate(parseFilterPattern(subscriptionPattern(sources, own, place)));
  const rule = JSON.parse(eventPattern(sources, own, place));
  const sent = (record: ReturnType<typeof event>) => {
    const source = `aws.${record.eventSource.split(".")[0]}`;
    const envelope = { source, "detail-type": "AWS API Call via CloudTrail", detail: record };
    const both = [pattern(record), matchesFilter(rule, envelope)];
    expect(both[0]).toBe(both[1]);
    return both[0];
  };

  it.each([
    ["a role", event("GetItem", null), true],
    ["a user", event("GetItem", null, by(identities.user("a-detector"))), true],
    ["a service", event("GetItem", null, by(identities.service("x.amazonaws.com"))), true],
    ["AWS Backup", event("DeleteRecoveryPoint", null, from("backup.amazonaws.com")), true],
    ["another service", event("GetObject", null, from("s3.amazonaws.com")), false],
    ["the detector", event("PutItem", null, by(identities.role("a-detector"))), false],
    ["the notifier", event("PutItem", null, by(identities.role("a-notifier", "any"))), false],
    [
      "the detector's namesake in another account",
      event("PutItem", null, by(identities.role("a-detector", "s", "444455556666"))),
      true,
    ],
    ["the detector's namesake under a path", event("PutItem", null, by(identities.role("x/a-detector"))), true],
  ])("%s", (_, record, expected) => expect(sent(record)).toBe(expected));
});

describe("the country database", () => {
  const day = 86_400_000;
  const made = Date.parse("2026-06-01T20:32:58Z");

  it("comes along, and is called old when it is, with the way to a newer one", () => {
    expect(planCountryDatabase(undefined, "countryDatabase", made + 3 * day)).toEqual({
      path: expect.stringContaining("dbip-country.mmdb"),
      ageDays: 3,
    });
    expect(planCountryDatabase("", "countryDatabase", made + oldAfterDays * day).warning).toBeUndefined();
    expect(planCountryDatabase("", "countryDatabase", made + (oldAfterDays + 1) * day).warning).toMatch(
      /^The country database is 241 days old \(made 2026-06-01\).*npx dynamodb-detective geo-update FILE$/,
    );
  });

  it("is refused where it is none", () => {
    const file = join(mkdtempSync(join(tmpdir(), "countries-")), "x.mmdb");
    writeFileSync(file, "country,code\n");
    expect(() => planCountryDatabase(file)).toThrow(`countryDatabase: "${file}" is no MMDB file. Give an MMDB file`);
    expect(() => planCountryDatabase(tmpdir())).toThrow("cannot be read (EISDIR)");
  });
});
