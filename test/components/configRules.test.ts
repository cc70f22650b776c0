// Proves: which rules and which alert route are registered, that wrong settings stop before anything is, and that tags are
// split within Config's limits. Does not prove: how AWS evaluates the rules, nor that a Region has all four of them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigRules, type ConfigRulesArgs } from "../../components/configRules";
import { nonCompliantPattern, planRules, planTags, type RequiredTagArgs } from "../../components/configRules/plan";
import { managedRules } from "../../components/configRules/rules";
import { Names } from "../../components/naming";
import { deploy, refused, resolved } from "./support/mocks";

const alertTopicArn = "arn:aws:sns:eu-central-1:111122223333:alerts";
const healthTopicArn = "arn:aws:sns:eu-central-1:111122223333:health";
const deadLetterQueueArn = "arn:aws:sqs:eu-central-1:111122223333:undelivered";
const rules = (args: ConfigRulesArgs = {}) => deploy(() => new ConfigRules("config-rules", args));
const allNames = managedRules.map((rule) => rule.name);

describe("rules", () => {
  it("registers the four rules for tables, and nothing else without a topic", async () => {
    const deployment = await rules();
    expect(deployment.children("config-rules")).toEqual([
      "aws:cfg/rule:Rule config-rules-dynamodb-pitr-enabled",
      "aws:cfg/rule:Rule config-rules-dynamodb-table-deletion-protection-enabled",
      "aws:cfg/rule:Rule config-rules-dynamodb-table-encrypted-kms",
      "aws:cfg/rule:Rule config-rules-required-tags",
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
      ].map((sourceIdentifier) => ({ owner: "AWS", sourceIdentifier })),
    );
    expect(Object.keys(await resolved(deployment.result.ruleArns))).toEqual(allNames);
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
      Array(4).fill({ Team: "security" }),
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
      disabledRules: allNames.filter((name) => name !== "required-tags"),
    });
    expect(deployment.children("config-rules")).toEqual([
      "aws:cfg/rule:Rule config-rules-required-tags",
      "aws:cfg/rule:Rule config-rules-required-tags-2",
    ]);
    const second = deployment.resource("aws:cfg/rule:Rule", "config-rules-required-tags-2").inputs;
    expect(second["inputParameters"]).toBe('{"tag1Key":"Tag7"}');
    expect(second["name"]).toBe("detective-test-config-rules-g0on9l-required-tags-2");
  });

  it.each(allNames)("leaves out %s", async (name) => {
    const arns = await resolved((await rules({ disabledRules: [name] })).result.ruleArns);
    expect(Object.keys(arns)).toEqual(allNames.filter((other) => other !== name));
  });

  it("wait for the recorder", async () => {
    const { resources } = await rules({ recorderName: "recorder" });
    expect(
      resources.filter(({ type }) => type === "aws:cfg/rule:Rule").map(({ options }) => options.dependsOn),
    ).toEqual(Array(4).fill(["[output]"]));
  });

  it("has descriptions that Config takes", () => {
    for (const { description } of managedRules) expect(description.length).toBeLessThanOrEqual(256);
  });
});

describe("the way to the alert topic", () => {
  const routed = () => rules({ alertTopicArn, deadLetterQueueArn, healthTopicArn, disabledRules: ["required-tags"] });

  it("matches what stops complying with exactly these rules", async () => {
    const { inputs } = (await routed()).resource("aws:cloudwatch/eventRule:EventRule", "config-rules-noncompliant");
    expect(inputs["name"]).toBe("detective-test-config-rules-g0on9l-noncompliant");
    expect(inputs["description"]).toBe("Tables that stop complying with a rule of this stack.");
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
    expect(JSON.parse(inputTemplate)).toMatch(/^DynamoDB table <table> in account <account>/);
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
      "too many values for a rule",
      { requiredTags: [{ key: "A", allowedValues: Array.from({ length: 5 }, (_, i) => `${i}`.repeat(250)) }] },
      /^requiredTags\[0\]\.allowedValues: the values of "A" take more than the 1024 characters/,
    ],
    [
      "more tags than a table can have",
      { requiredTags: Array.from({ length: 51 }, (_, i) => ({ key: `T${i}` })) },
      /^requiredTags: names 51 tags\. A table can have 50/,
    ],
    ["a queue for nothing", { deadLetterQueueArn }, /^deadLetterQueueArn: has nothing to keep without alertTopicArn/],
  ])("%s: an error before anything is registered", async (_, args, message) => {
    const { error, registered } = await refused(() => new ConfigRules("config-rules", args));
    expect(error.name).toBe("ArgumentError");
    expect(error.message).toMatch(message);
    expect(registered).toEqual([]);
  });

  it("refuses more rules than one event pattern can name", () => {
    const names = Array.from({ length: 20 }, (_, i) => `${i}`.padStart(128, "x"));
    expect(() => nonCompliantPattern(names)).toThrow(/requiredTags: needs 20 rules/);
    expect(JSON.parse(nonCompliantPattern(names.slice(0, 12))).detail.configRuleName).toHaveLength(12);
  });
});

describe("planRules", () => {
  it("gives two stacks no rule name in common", () => {
    const plan = (stack: string) => planRules({}, new Names("config-rules", "detective", stack));
    const [test, prod] = [plan("test"), plan("prod")].map((rules) => rules.map((rule) => rule.physicalName));
    expect(test!.filter((name) => prod!.includes(name))).toEqual([]);
  });
});

describe("planTags", () => {
  const tag = fc.record<RequiredTagArgs>({
    key: fc.string({ unit: fc.constantFrom("a", "B", "9", "-"), minLength: 1, maxLength: 128 }),
    allowedValues: fc.array(fc.string({ unit: fc.constantFrom("x", "Y", "0"), minLength: 1, maxLength: 100 }), {
      maxLength: 6,
    }),
  });
  const tags = fc.uniqueArray(tag, { selector: ({ key }) => key, minLength: 1, maxLength: 50 });

  it("keeps every tag, in order, within six keys and 1,024 characters a rule", () => {
    fc.assert(
      fc.property(tags, (given) => {
        const rules = planTags(given);
        for (const rule of rules) {
          const input = Object.fromEntries(Object.entries(rule).map(([key, values]) => [key, values.join(",")]));
          expect(JSON.stringify(input).length).toBeLessThanOrEqual(1024);
          expect(Object.keys(rule).every((key) => /^tag[1-6](Key|Value)$/.test(key))).toBe(true);
        }
        const kept = rules.flatMap((rule) =>
          [1, 2, 3, 4, 5, 6].flatMap((n) => {
            const key = rule[`tag${n}Key`]?.[0];
            return key === undefined ? [] : [{ key, allowedValues: rule[`tag${n}Value`] ?? [] }];
          }),
        );
        expect(kept).toEqual(given);
      }),
    );
  });
});
