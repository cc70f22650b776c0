// Proves: which rules and which alert routes are registered, and that wrong settings stop before anything is. Does not prove:
// how AWS evaluates the rules, nor that a Region has them (test/detections/compliance says what is known of that).
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";
import { ConfigRules, type ConfigRulesArgs, EvaluationFrequency } from "../../../components/configRules";
import { complianceRules, inventoryQueries } from "../../../detections/compliance";
import { deploy, refused, region, resolved } from "../support/mocks";

const alertTopicArn = "arn:aws:sns:eu-central-1:111122223333:alerts";
const healthTopicArn = "arn:aws:sns:eu-central-1:111122223333:health";
const deadLetterQueueArn = "arn:aws:sqs:eu-central-1:111122223333:undelivered";
const rules = (args: ConfigRulesArgs = {}) => deploy(() => new ConfigRules("config-rules", { region, ...args }));
const allNames = complianceRules.map((rule) => rule.name);
const byDefault = [
  "dynamodb-pitr-enabled",
  "dynamodb-table-deletion-protection-enabled",
  "dynamodb-table-encrypted-kms",
  "required-tags",
  "dax-encryption-enabled",
  "dax-tls-endpoint-encryption",
];
const without = (...names: string[]) => allNames.filter((name) => !names.includes(name));

describe("rules", () => {
  it("registers the rules for tables and DAX, and nothing else without a topic", async () => {
    const deployment = await rules();
    expect(deployment.children("config-rules")).toEqual([
      "aws:cfg/rule:Rule config-rules-dynamodb-pitr-enabled",
      "aws:cfg/rule:Rule config-rules-dynamodb-table-deletion-protection-enabled",
      "aws:cfg/rule:Rule config-rules-dynamodb-table-encrypted-kms",
      "aws:cfg/rule:Rule config-rules-required-tags",
      "aws:cfg/rule:Rule config-rules-dax-encryption-enabled",
      "aws:cfg/rule:Rule config-rules-dax-tls-endpoint-encryption",
    ]);
    expect(deployment.resource("aws:cfg/rule:Rule", "config-rules-dynamodb-pitr-enabled").inputs).toEqual({
      name: "detective-test-config-rules-g0on9l-dynamodb-pitr-enabled",
      description: "Tables have point-in-time recovery. If not: set pointInTimeRecovery.enabled to true.",
      source: { owner: "AWS", sourceIdentifier: "DYNAMODB_PITR_ENABLED" },
      scope: { complianceResourceTypes: ["AWS::DynamoDB::Table"] },
    });
    expect(deployment.ofType("aws:cfg/rule:Rule").map(({ inputs }) => inputs["source"])).toEqual(
      [
        "DYNAMODB_PITR_ENABLED",
        "DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED",
        "DYNAMODB_TABLE_ENCRYPTED_KMS",
        "REQUIRED_TAGS",
        "DAX_ENCRYPTION_ENABLED",
        "DAX_TLS_ENDPOINT_ENCRYPTION",
      ].map((sourceIdentifier) => ({ owner: "AWS", sourceIdentifier })),
    );
    expect(Object.keys(await resolved(deployment.result.ruleArns))).toEqual(byDefault);
    expect(Object.keys(await resolved(deployment.result.ruleNames))).toEqual(byDefault);
  });

  it("passes keys, tags with and without values, and tags of the rules themselves", async () => {
    const key = (id: string) => `arn:aws:kms:eu-central-1:111122223333:key/${id}`;
    const deployment = await rules({
      kmsKeyArns: [key("one"), key("two")],
      requiredTags: [{ key: "Security", allowedValues: ["high", "low"] }, { key: "Owner" }],
      tags: { Team: "security" },
    });
    const parameters = (rule: string) =>
      JSON.parse(deployment.resource("aws:cfg/rule:Rule", `config-rules-${rule}`).inputs["inputParameters"] as string);
    expect(parameters("dynamodb-table-encrypted-kms")).toEqual({ kmsKeyArns: `${key("one")},${key("two")}` });
    expect(parameters("required-tags")).toEqual({ tag1Key: "Security", tag1Value: "high,low", tag2Key: "Owner" });
    expect(deployment.ofType("aws:cfg/rule:Rule").map(({ inputs }) => inputs["tags"])).toEqual(
      Array(6).fill({ Team: "security" }),
    );
  });

  it("requires the three default tags", async () => {
    const { inputs } = (await rules()).resource("aws:cfg/rule:Rule", "config-rules-required-tags");
    expect(JSON.parse(inputs["inputParameters"] as string)).toEqual({
      tag1Key: "Security",
      tag2Key: "Confidentiality",
      tag3Key: "Environment",
    });
  });

  it("needs a second rule for a seventh tag", async () => {
    const requiredTags = Array.from({ length: 7 }, (_, i) => ({ key: `Tag${i + 1}` }));
    const deployment = await rules({
      requiredTags,
      disabledRules: without("required-tags"),
    });
    expect(deployment.children("config-rules")).toEqual([
      "aws:cfg/rule:Rule config-rules-required-tags",
      "aws:cfg/rule:Rule config-rules-required-tags-2",
    ]);
    const second = deployment.resource("aws:cfg/rule:Rule", "config-rules-required-tags-2").inputs;
    expect(second["inputParameters"]).toBe('{"tag1Key":"Tag7"}');
    expect(second["name"]).toBe("detective-test-config-rules-g0on9l-required-tags-2");
  });

  it.each(byDefault)("leaves out %s", async (name) => {
    const arns = await resolved((await rules({ disabledRules: [name] })).result.ruleArns);
    expect(Object.keys(arns)).toEqual(byDefault.filter((other) => other !== name));
  });

  it("wait for the recorder", async () => {
    const { resources } = await rules({ recorderName: "recorder" });
    expect(
      resources.filter(({ type }) => type === "aws:cfg/rule:Rule").map(({ options }) => options.dependsOn),
    ).toEqual(Array(6).fill(["[output]"]));
  });

  it("is there where a setting names it", async () => {
    const deployment = await rules({
      disabledRules: byDefault,
      rules: {
        "dynamodb-throughput-limit-check": {
          parameters: { accountRCUThresholdPercentage: "60" },
          frequency: EvaluationFrequency.SixHours,
        },
      },
    });
    expect(deployment.children("config-rules")).toEqual([
      "aws:cfg/rule:Rule config-rules-dynamodb-throughput-limit-check",
    ]);
    const { inputs } = deployment.resource("aws:cfg/rule:Rule", "config-rules-dynamodb-throughput-limit-check");
    expect(inputs).toEqual({
      name: "detective-test-config-rules-g0on9l-dynamodb-throughput-limit-check",
      description: expect.stringContaining("quota"),
      source: { owner: "AWS", sourceIdentifier: "DYNAMODB_THROUGHPUT_LIMIT_CHECK" },
      inputParameters: '{"accountRCUThresholdPercentage":"60"}',
      maximumExecutionFrequency: "Six_Hours",
    });
  });

  it("judges by Guard what AWS has no rule for", async () => {
    const deployment = await rules({
      disabledRules: byDefault,
      rules: { "dynamodb-stream-enabled": { scope: { tagKey: "Monitoring", tagValue: "items" } } },
    });
    const { inputs } = deployment.resource("aws:cfg/rule:Rule", "config-rules-dynamodb-stream-enabled");
    expect(inputs).toEqual({
      name: "detective-test-config-rules-g0on9l-dynamodb-stream-enabled",
      description: expect.any(String),
      source: {
        owner: "CUSTOM_POLICY",
        sourceDetails: [
          { eventSource: "aws.config", messageType: "ConfigurationItemChangeNotification" },
          { eventSource: "aws.config", messageType: "OversizedConfigurationItemChangeNotification" },
        ],
        customPolicyDetails: {
          policyRuntime: "guard-2.x.x",
          policyText: expect.stringContaining("configuration.streamSpecification.streamEnabled == true"),
        },
      },
      scope: { tagKey: "Monitoring", tagValue: "items" },
    });
  });

  it("judges single tables with a rule for each", async () => {
    const deployment = await rules({
      disabledRules: byDefault.slice(1),
      rules: { "dynamodb-pitr-enabled": { scope: { tables: ["orders", "customers"] } } },
    });
    expect(
      deployment.ofType("aws:cfg/rule:Rule").map(({ name, inputs }) => [name, inputs["name"], inputs["scope"]]),
    ).toEqual(
      ["orders", "customers"].map((table) => [
        `config-rules-dynamodb-pitr-enabled-${table}`,
        `detective-test-config-rules-g0on9l-dynamodb-pitr-enabled-${table}`,
        { complianceResourceTypes: ["AWS::DynamoDB::Table"], complianceResourceId: table },
      ]),
    );
  });

  it("tells tables apart whose names differ only in what a rule's name cannot hold", async () => {
    const deployment = await deploy(() => {
      const scope = { tables: ["my.orders", "my-orders"] };
      return new ConfigRules("config-rules", { region, rules: { "dynamodb-pitr-enabled": { scope } } });
    });
    const names = deployment.ofType("aws:cfg/rule:Rule").map(({ inputs }) => inputs["name"] as string);
    expect(names[1]).toBe("detective-test-config-rules-g0on9l-dynamodb-pitr-enabled-my-orders");
    expect(names[0]).toMatch(/^detective-test-config-rules-(?!g0on9l)[0-9a-z]{6}-dynamodb-pitr-enabled-my-orders$/);
  });

  it("leaves out what its Region lacks", async () => {
    const arns = await resolved((await rules({ region: "ap-east-2" })).result.ruleArns);
    expect(Object.keys(arns)).toEqual(["dynamodb-pitr-enabled", "dynamodb-table-encrypted-kms", "required-tags"]);
  });

  it("asks the stack's configuration for the Region", async () => {
    const deployment = await deploy(() => new ConfigRules("config-rules"), { config: { "aws:region": "ap-east-2" } });
    expect(deployment.ofType("aws:cfg/rule:Rule")).toHaveLength(3);
  });
});

it("warns where its provider turns out to be in a Region that lacks some of them", async () => {
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  await deploy(() => new ConfigRules("config-rules"), { region: "ap-east-2" });
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    expect.stringMatching(
      /^AWS does not have these AWS Config rules in ap-east-2 .*: dynamodb-table-deletion-protection/,
    ),
  ]);
  warn.mockClear();
  await deploy(() => new ConfigRules("config-rules"), { region: "eu-central-1" });
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

it("answers what there is, in AWS's query language", async () => {
  const queries = await resolved((await rules()).result.inventoryQueries);
  expect(Object.keys(queries)).toEqual(inventoryQueries.map(({ id }) => id));
  expect(queries["tables"]).toMatch(/^SELECT .* WHERE resourceType = 'AWS::DynamoDB::Table'$/);
});

describe("the way to the alert topic", () => {
  const routed = () => rules({ alertTopicArn, deadLetterQueueArn, healthTopicArn, disabledRules: byDefault.slice(3) });

  it("matches what stops complying with exactly these rules", async () => {
    const { inputs } = (await routed()).resource("aws:cloudwatch/eventRule:EventRule", "config-rules-noncompliant");
    expect(inputs["name"]).toBe("detective-test-config-rules-g0on9l-noncompliant");
    expect(JSON.parse(inputs["eventPattern"] as string)).toEqual({
      source: ["aws.config"],
      "detail-type": ["Config Rules Compliance Change"],
      detail: {
        messageType: ["ComplianceChangeNotification"],
        configRuleName: [
          "detective-test-config-rules-g0on9l-dynamodb-pitr-enabled",
          "detective-test-config-rules-g0on9l-dynamodb-table-deletion-protection-enabled",
          "detective-test-config-rules-g0on9l-dynamodb-table-encrypted-kms",
        ],
        newEvaluationResult: { complianceType: ["NON_COMPLIANT"] },
      },
    });
  });

  it("sends a sentence, tries for a while, and keeps what could not be sent", async () => {
    const target = (await routed()).resource(
      "aws:cloudwatch/eventTarget:EventTarget",
      "config-rules-noncompliant-alert",
    );
    const { inputTransformer, ...inputs } = target.inputs;
    expect(inputs).toEqual({
      rule: "detective-test-config-rules-g0on9l-noncompliant",
      arn: alertTopicArn,
      retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
      deadLetterConfig: { arn: deadLetterQueueArn },
    });
    const { inputPaths, inputTemplate } = inputTransformer as {
      inputPaths: Record<string, string>;
      inputTemplate: string;
    };
    const used = [...inputTemplate.matchAll(/<(\w+)>/g)].map((match) => match[1]);
    expect(used.sort()).toEqual(Object.keys(inputPaths).sort());
    // A template for a text is a JSON text (Amazon EventBridge User Guide, "Input transformation").
    expect(JSON.parse(inputTemplate)).toMatch(/^<type> <resource> in account <account>/);
  });

  it("has an alarm on its own failure, for the health topic", async () => {
    const alarm = (await routed()).resource(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "config-rules-noncompliant-undelivered",
    );
    expect(alarm.inputs).toEqual({
      name: "detective-test-config-rules-g0on9l-health-noncompliant-undelivered",
      alarmDescription: expect.stringContaining("could not deliver"),
      namespace: "AWS/Events",
      metricName: "FailedInvocations",
      dimensions: { RuleName: "detective-test-config-rules-g0on9l-noncompliant" },
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [healthTopicArn],
    });
  });

  it("hears of this stack's resources only, where rules judge all of the account", async () => {
    const key = "arn:aws:kms:eu-central-1:111122223333:key/one";
    const deployment = await rules({
      alertTopicArn,
      disabledRules: byDefault,
      watched: {
        trailArn: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/audit",
        trailBucketName: "evidence",
        logGroupName: "audit-log",
        logGroupArn: "arn:aws:logs:eu-central-1:111122223333:log-group:audit-log:*",
        alarmNamePrefixes: ["detective-test-"],
        keyArns: [key],
        topicArns: [alertTopicArn],
      },
    });
    const patterns = deployment.ofType("aws:cloudwatch/eventRule:EventRule").map(({ name, inputs }) => {
      const { configRuleName, resourceId } = JSON.parse(inputs["eventPattern"] as string).detail;
      return [
        name,
        configRuleName.map((rule: string) => rule.replace("detective-test-config-rules-g0on9l-", "")),
        resourceId,
      ];
    });
    expect(patterns).toEqual([
      ["config-rules-noncompliant", ["cloudtrail-enabled"], undefined], // a verdict on the account
      [
        "config-rules-noncompliant-trail",
        [
          "cloud-trail-log-file-validation-enabled",
          "cloud-trail-encryption-enabled",
          "cloud-trail-cloud-watch-logs-enabled",
        ],
        ["arn:aws:cloudtrail:eu-central-1:111122223333:trail/audit", "audit", "audit-log"],
      ],
      [
        "config-rules-noncompliant-alarms",
        ["cloudwatch-alarm-action-check", "cloudwatch-alarm-action-enabled-check"],
        [
          { prefix: "detective-test-" },
          { prefix: "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:detective-test-" },
        ],
      ],
      [
        "config-rules-noncompliant-keys",
        ["kms-cmk-not-scheduled-for-deletion", "cmk-backing-key-rotation-enabled", "kms-key-policy-no-public-access"],
        [key, "one"],
      ],
      [
        "config-rules-noncompliant-topics",
        ["sns-encrypted-kms", "sns-topic-no-public-access"],
        [alertTopicArn, "alerts"],
      ],
    ]);
    const parameters = (rule: string) =>
      JSON.parse(deployment.resource("aws:cfg/rule:Rule", `config-rules-${rule}`).inputs["inputParameters"] as string);
    expect(parameters("cloudtrail-enabled")).toEqual({
      s3BucketName: "evidence",
      cloudWatchLogsLogGroupArn: "arn:aws:logs:eu-central-1:111122223333:log-group:audit-log:*",
    });
    expect(parameters("kms-cmk-not-scheduled-for-deletion")).toEqual({ kmsKeyIds: key });
    expect(parameters("cloudwatch-alarm-action-check")).toEqual({
      alarmActionRequired: "true",
      insufficientDataActionRequired: "false",
      okActionRequired: "false",
    });
  });

  it("is not there when all rules are off", async () => {
    expect((await rules({ alertTopicArn, disabledRules: allNames })).children("config-rules")).toEqual([]);
  });
});

describe("wrong settings", () => {
  it.each<[string, ConfigRulesArgs, RegExp]>([
    [
      "an unknown rule",
      { disabledRules: ["dynamodb-pitr-enable"] },
      /^disabledRules: unknown rule "dynamodb-pitr-enable"\. Did you mean "dynamodb-pitr-enabled"\? Known: dynamodb-pitr/,
    ],
    [
      "a key that is none",
      { kmsKeyArns: ["alias/orders"] },
      /^kmsKeyArns\[0\]: "alias\/orders" is not the ARN of a KMS/,
    ],
    ["no tags", { requiredTags: [] }, /^requiredTags: is empty\. Name a tag, or leave out the rule required-tags\.$/],
    ["a tag twice", { requiredTags: [{ key: "A" }, { key: "A" }] }, /^requiredTags\[1\]\.key: "A" is listed twice/],
    ["a reserved tag", { requiredTags: [{ key: "aws:name" }] }, /^requiredTags\[0\]\.key: "aws:name" is no tag key/],
    [
      "a value with a comma",
      { requiredTags: [{ key: "A", allowedValues: ["x,y"] }] },
      /^requiredTags\[0\]\.allowedValues: "x,y" is no tag value/,
    ],
    [
      "an empty value of a tag",
      { requiredTags: [{ key: "A", allowedValues: ["x", ""] }] },
      /^requiredTags\[0\]\.allowedValues: has an empty value/,
    ],
    [
      "too many values for a rule",
      { requiredTags: [{ key: "A", allowedValues: Array.from({ length: 5 }, (_, i) => `${i}`.repeat(250)) }] },
      /^requiredTags\[0\]\.allowedValues: the values of "A" take more than the 1024 characters/,
    ],
    [
      "more tags than a table can have",
      { requiredTags: Array.from({ length: 51 }, (_, i) => ({ key: `T${i}` })) },
      /^requiredTags: names 51 tags\. A table can have 50/,
    ],
    [
      "settings of an unknown rule",
      { rules: { "dynamodb-pitr": {} } },
      /^rules: unknown rule "dynamodb-pitr"\. Did you mean "dynamodb-pitr-enabled"\? Known: dynamodb-pitr-enabled/,
    ],
    [
      "a rule configured and disabled",
      { rules: { "required-tags": {} }, disabledRules: ["required-tags"] },
      /^rules\.required-tags: is among disabledRules too/,
    ],
    [
      "settings of a rule that is off",
      { rules: { "dynamodb-pitr-enabled": { enabled: false, scope: { tagKey: "A" } } } },
      /^rules\.dynamodb-pitr-enabled\.scope: changes nothing beside enabled: false/,
    ],
    [
      "a parameter of a rule that takes none",
      { rules: { "dynamodb-pitr-enabled": { parameters: { days: "35" } } } },
      /^rules\.dynamodb-pitr-enabled\.parameters: the rule takes none, and not "days"/,
    ],
    [
      "a misspelt parameter",
      { rules: { "dynamodb-throughput-limit-check": { parameters: { accountRcuThresholdPercentage: "5" } } } },
      /unknown parameter "accountRcuThresholdPercentage"\. Did you mean "accountRCUThresholdPercentage"\?/,
    ],
    [
      "a parameter of the wrong type",
      { rules: { "dynamodb-throughput-limit-check": { parameters: { accountRCUThresholdPercentage: "half" } } } },
      /^rules\.dynamodb-throughput-limit-check\.parameters\.accountRCUThresholdPercentage: "half" is not a whole number/,
    ],
    [
      "an empty value",
      { rules: { "dynamodb-table-encrypted-kms": { parameters: { kmsKeyArns: "" } } } },
      /^rules\.dynamodb-table-encrypted-kms\.parameters\.kmsKeyArns: "" has an empty value/,
    ],
    [
      "no value for what AWS needs",
      { rules: { "dynamodb-meets-restore-time-target": {} } },
      /^rules\.dynamodb-meets-restore-time-target\.parameters\.maxRestoreTime: is missing: Longest restore, in minutes/,
    ],
    [
      "parameters of required-tags",
      { rules: { "required-tags": { parameters: { tag1Key: "A" } } } },
      /^rules\.required-tags\.parameters: are made from requiredTags/,
    ],
    [
      "too long parameters",
      {
        rules: {
          "sns-encrypted-kms": { parameters: { kmsKeyIds: Array.from({ length: 99 }, () => "0123456789").join(",") } },
        },
      },
      /^rules\.sns-encrypted-kms\.parameters: take 1104 characters as JSON, more than the 1024/,
    ],
    [
      "keys in two places",
      {
        kmsKeyArns: ["arn:aws:kms:eu-central-1:111122223333:key/one"],
        rules: {
          "dynamodb-table-encrypted-kms": {
            parameters: { kmsKeyArns: "arn:aws:kms:eu-central-1:111122223333:key/two" },
          },
        },
      },
      /^kmsKeyArns: is a parameter of rules\.dynamodb-table-encrypted-kms too/,
    ],
    [
      "a frequency without effect",
      { rules: { "dynamodb-pitr-enabled": { frequency: EvaluationFrequency.OneHour } } },
      /^rules\.dynamodb-pitr-enabled\.frequency: is for periodic rules/,
    ],
    [
      "a scope that AWS does not give",
      { rules: { "dynamodb-last-backup-recovery-point-created": { scope: { tables: ["orders"] } } } },
      /scope\.tables: AWS gives a periodic rule no scope\. Set parameters\.resourceId or parameters\.resourceTags/,
    ],
    [
      "a scope by tag that would judge other types",
      { rules: { "required-tags": { scope: { tagKey: "Environment" } } } },
      /^rules\.required-tags\.scope\.tagKey: with a scope by tag, AWS judges other types/,
    ],
    [
      "two scopes",
      { rules: { "dynamodb-pitr-enabled": { scope: { tables: ["orders"], tagKey: "A" } } } },
      /scope\.tagKey: AWS takes a scope by table or by tag/,
    ],
    [
      "a tag value without its key",
      { rules: { "dynamodb-pitr-enabled": { scope: { tagValue: "A" } } } },
      /scope\.tagValue: needs tagKey/,
    ],
    [
      "an empty tag value",
      { rules: { "dynamodb-pitr-enabled": { scope: { tagKey: "A", tagValue: "" } } } },
      /scope\.tagValue: is empty/,
    ],
    ["no tables", { rules: { "dynamodb-pitr-enabled": { scope: { tables: [] } } } }, /scope\.tables: is empty/],
    [
      "what is no table",
      { rules: { "dynamodb-pitr-enabled": { scope: { tables: ["orders", "a/b"] } } } },
      /scope\.tables\[1\]: "a\/b" is no name of a table/,
    ],
    [
      "a table twice",
      { rules: { "dynamodb-pitr-enabled": { scope: { tables: ["orders", "orders"] } } } },
      /scope\.tables\[1\]: "orders" is listed twice/,
    ],
    [
      "tables whose rules would have one name",
      {
        requiredTags: Array.from({ length: 7 }, (_, i) => ({ key: `T${i}` })),
        rules: { "required-tags": { scope: { tables: ["2-orders", "orders"] } } },
      },
      /scope\.tables: the rules "required-tags-2-orders" and "required-tags-2-orders" would have the same name/,
    ],
    [
      "tables for a rule about the stack",
      { rules: { "sns-encrypted-kms": { scope: { tables: ["orders"] } } } },
      /scope\.tables: the rule does not judge tables/,
    ],
    [
      "a rule about what the stack lacks",
      { watched: {}, rules: { "lambda-dlq-check": {} } },
      /^rules\.lambda-dlq-check: is about the functions of this stack, and there are none/,
    ],
    [
      "a Region that is not one",
      { rules: { "dynamodb-replica-regions": { parameters: { regions: "eu-west-1,Ireland" } } } },
      /parameters\.regions: "Ireland" is not a Region, for example eu-west-1/,
    ],
    [
      "remediation of what nothing mends",
      { remediation: { "dynamodb-in-backup-plan": {} } },
      /^remediation: unknown remediation for rule "dynamodb-in-backup-plan"\. Known: dynamodb-pitr-enabled/,
    ],
    [
      "remediation of a rule that is off",
      { disabledRules: ["dynamodb-pitr-enabled"], remediation: { "dynamodb-pitr-enabled": {} } },
      /^remediation\.dynamodb-pitr-enabled: the rule is not deployed/,
    ],
    [
      "remediation without bounds",
      { remediation: { "dynamodb-pitr-enabled": { automatic: true, maximumAutomaticAttempts: 0 } } },
      /^remediation\.dynamodb-pitr-enabled\.maximumAutomaticAttempts: 0 is not a whole number from 1 to 25/,
    ],
    ["a queue for nothing", { deadLetterQueueArn }, /^deadLetterQueueArn: has nothing to keep without alertTopicArn/],
  ])("%s: an error before anything is registered", async (_, args, message) => {
    const { error, registered } = await refused(() => new ConfigRules("config-rules", args));
    expect(error.name).toBe("ArgumentError");
    expect(error.message).toMatch(message);
    expect(registered).toEqual([]);
  });
});
