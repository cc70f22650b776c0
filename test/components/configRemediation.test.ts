// Proves: what mends which rule, with which permissions and within which bounds, and that nothing is automatic unless asked for.
// Does not prove: what the documents do in AWS (test/e2e runs the script of one against an emulator).
import { describe, expect, it } from "vitest";
import { ConfigRemediation, type ConfigRemediationArgs } from "../../components/configRemediation";
import { ConfigRules } from "../../components/configRules";
import { account, deploy, refused, region } from "./support/mocks";

const kmsKeyArn = `arn:aws:kms:${region}:${account}:key/one`;
const missingTags = { Environment: "unknown", Owner: "unknown" };
const args = (further: Partial<ConfigRemediationArgs> = {}): ConfigRemediationArgs => ({
  action: "point-in-time-recovery",
  configRuleNames: { "dynamodb-pitr-enabled": "detective-test-rules-dynamodb-pitr-enabled" },
  ...further,
});
const remediation = (further?: Partial<ConfigRemediationArgs>) =>
  deploy(() => new ConfigRemediation("mend", args(further)));
const configuration = "aws:cfg/remediationConfiguration:RemediationConfiguration";
const roleArn = `arn:aws:iam::${account}:role/detective-test-mend-6rtzdu`;
const tables = [`arn:aws:dynamodb:${region}:${account}:table/*`];

describe("a remediation", () => {
  it("has a role, its permissions, and what AWS Config starts by hand", async () => {
    const deployment = await remediation({ tags: { Team: "security" } });
    expect(deployment.children("mend")).toEqual([
      "aws:iam/role:Role mend-role",
      "aws:iam/rolePolicy:RolePolicy mend-permissions",
      `${configuration} mend-dynamodb-pitr-enabled`,
    ]);
    const { inputs, options } = deployment.resource(configuration, "mend-dynamodb-pitr-enabled");
    expect(inputs).toEqual({
      configRuleName: "detective-test-rules-dynamodb-pitr-enabled",
      resourceType: "AWS::DynamoDB::Table",
      targetType: "SSM_DOCUMENT",
      targetId: "AWSConfigRemediation-EnablePITRForDynamoDbTable",
      parameters: [
        { name: "AutomationAssumeRole", staticValue: roleArn },
        { name: "TableName", resourceValue: "RESOURCE_ID" },
      ],
      automatic: false,
      executionControls: { ssmControls: { concurrentExecutionRatePercentage: 10, errorPercentage: 10 } },
    });
    expect(options).toEqual({ parent: "mend", dependsOn: ["mend-permissions"] });
    const role = deployment.resource("aws:iam/role:Role", "mend-role").inputs;
    expect(role["tags"]).toEqual({ Team: "security" });
    expect(JSON.parse(role["assumeRolePolicy"] as string).Statement).toEqual([
      {
        Sid: "Automation",
        Effect: "Allow",
        Principal: { Service: "ssm.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:aws:ssm:${region}:${account}:automation-execution/*` },
        },
      },
    ]);
  });

  it("is automatic where asked for, within bounds", async () => {
    const bounds = {
      maximumAutomaticAttempts: 2,
      retryAttemptSeconds: 60,
      concurrentExecutionPercentage: 5,
      errorPercentage: 1,
    };
    const inputs = async (further: Partial<ConfigRemediationArgs>) =>
      (await remediation({ automatic: true, ...further })).resource(configuration, "mend-dynamodb-pitr-enabled").inputs;
    expect(await inputs(bounds)).toMatchObject({
      automatic: true,
      maximumAutomaticAttempts: 2,
      retryAttemptSeconds: 60,
      executionControls: { ssmControls: { concurrentExecutionRatePercentage: 5, errorPercentage: 1 } },
    });
    expect(await inputs({})).toMatchObject({ maximumAutomaticAttempts: 3, retryAttemptSeconds: 600 });
  });

  it.each<[string, Partial<ConfigRemediationArgs>, object[]]>([
    [
      "point-in-time-recovery",
      {},
      [
        {
          Sid: "Recovery",
          Effect: "Allow",
          Action: ["dynamodb:DescribeContinuousBackups", "dynamodb:UpdateContinuousBackups"],
          Resource: tables,
        },
      ],
    ],
    [
      "encryption",
      { kmsKeyArn },
      [
        {
          Sid: "Encryption",
          Effect: "Allow",
          Action: ["dynamodb:DescribeTable", "dynamodb:UpdateTable"],
          Resource: tables,
        },
        {
          Sid: "KeyThroughDynamoDb",
          Effect: "Allow",
          Action: [
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*",
          ],
          Resource: [kmsKeyArn],
          Condition: { StringEquals: { "kms:ViaService": `dynamodb.${region}.amazonaws.com` } },
        },
      ],
    ],
    [
      "deletion-protection",
      {},
      [
        {
          Sid: "Protection",
          Effect: "Allow",
          Action: ["dynamodb:DescribeTable", "dynamodb:UpdateTable"],
          Resource: tables,
        },
      ],
    ],
    [
      "tags",
      { missingTags },
      [
        {
          Sid: "Look",
          Effect: "Allow",
          Action: ["dynamodb:DescribeTable", "dynamodb:ListTagsOfResource"],
          Resource: tables,
        },
        {
          Sid: "Tag",
          Effect: "Allow",
          Action: ["dynamodb:TagResource"],
          Resource: tables,
          Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["Environment", "Owner"] } },
        },
      ],
    ],
  ])("%s may do this and nothing else", async (action, further, statements) => {
    const deployment = await remediation({ action, ...further });
    expect(deployment.policy("aws:iam/rolePolicy:RolePolicy", "mend-permissions").Statement).toEqual(statements);
  });

  it("may change the named tables only, in its partition", async () => {
    const program = () => new ConfigRemediation("mend", args({ tableNames: ["orders", "customers"] }));
    const deployment = await deploy(program, { partition: "aws-cn", region: "cn-north-1" });
    expect(
      deployment.policy("aws:iam/rolePolicy:RolePolicy", "mend-permissions").Statement.map(({ Resource }) => Resource),
    ).toEqual([
      [
        `arn:aws-cn:dynamodb:cn-north-1:${account}:table/orders`,
        `arn:aws-cn:dynamodb:cn-north-1:${account}:table/customers`,
      ],
    ]);
  });

  it("hands the key to AWS's document", async () => {
    const deployment = await remediation({ action: "encryption", kmsKeyArn });
    expect(deployment.resource(configuration, "mend-dynamodb-pitr-enabled").inputs).toMatchObject({
      targetId: "AWSConfigRemediation-EnableEncryptionOnDynamoDbTable",
      parameters: [
        { name: "AutomationAssumeRole", staticValue: roleArn },
        { name: "TableName", resourceValue: "RESOURCE_ID" },
        { name: "KMSKeyId", staticValue: kmsKeyArn },
      ],
    });
  });
});

describe("documents of our own", () => {
  const document = async (further: Partial<ConfigRemediationArgs>) => {
    const deployment = await remediation(further);
    const { inputs } = deployment.resource("aws:ssm/document:Document", "mend-document");
    expect(inputs).toMatchObject({
      name: "detective-test-mend-6rtzdu",
      documentType: "Automation",
      documentFormat: "JSON",
      targetType: "/AWS::DynamoDB::Table",
    });
    expect(deployment.resource(configuration, "mend-dynamodb-pitr-enabled").inputs["targetId"]).toBe(
      "detective-test-mend-6rtzdu",
    );
    return JSON.parse(inputs["content"] as string);
  };
  const frame = {
    schemaVersion: "0.3",
    assumeRole: "{{ AutomationAssumeRole }}",
    parameters: {
      TableName: { type: "String", allowedPattern: "^[A-Za-z0-9_.-]{3,255}$" },
      AutomationAssumeRole: { type: "AWS::IAM::Role::Arn" },
    },
  };

  it("switch on deletion protection and wait for it", async () => {
    const content = await document({ action: "deletion-protection" });
    expect(content).toMatchObject(frame);
    expect(
      content.mainSteps.map(({ action, inputs }: { action: string; inputs: object }) => ({ action, inputs })),
    ).toEqual([
      {
        action: "aws:executeAwsApi",
        inputs: {
          Service: "dynamodb",
          Api: "UpdateTable",
          TableName: "{{ TableName }}",
          DeletionProtectionEnabled: true,
        },
      },
      {
        action: "aws:waitForAwsResourceProperty",
        inputs: {
          Service: "dynamodb",
          Api: "DescribeTable",
          TableName: "{{ TableName }}",
          PropertySelector: "$.Table.DeletionProtectionEnabled",
          DesiredValues: ["true", "True"],
        },
      },
    ]);
  });

  it("add the tags that are missing", async () => {
    const content = await document({ action: "tags", missingTags });
    expect(content).toMatchObject(frame);
    expect(content.mainSteps[0]).toMatchObject({
      action: "aws:executeScript",
      inputs: {
        Runtime: "python3.11",
        Handler: "add_missing_tags",
        InputPayload: {
          TableName: "{{ TableName }}",
          Tags: [
            { Key: "Environment", Value: "unknown" },
            { Key: "Owner", Value: "unknown" },
          ],
        },
      },
    });
  });
});

describe("with the rules", () => {
  it("mends every rule of a kind, and only those that are named", async () => {
    const requiredTags = Array.from({ length: 7 }, (_, i) => ({ key: `Tag${i + 1}` }));
    const remediation = { "required-tags": { missingTags: { Tag1: "unknown" } } };
    const deployment = await deploy(() => new ConfigRules("rules", { region, requiredTags, remediation }));
    expect(deployment.ofType(configuration).map(({ name, inputs }) => [name, inputs["configRuleName"]])).toEqual([
      ["rules-required-tags-remediation-required-tags", "detective-test-rules-3jsion-required-tags"],
      ["rules-required-tags-remediation-required-tags-2", "detective-test-rules-3jsion-required-tags-2"],
    ]);
    expect(deployment.children("rules")).toContain(
      "dynamodb-detective:index:ConfigRemediation rules-required-tags-remediation",
    );
  });

  it("leaves out what belongs to a rule that the Region lacks", async () => {
    const remediation = { "dynamodb-table-deletion-protection-enabled": {} };
    const deployment = await deploy(() => new ConfigRules("rules", { region: "ap-east-2", remediation }));
    expect(deployment.ofType(configuration)).toEqual([]);
  });
});

it.each<[string, Partial<ConfigRemediationArgs>, RegExp]>([
  [
    "an unknown action",
    { action: "delete" },
    /^action: unknown action "delete"\. .*Known: point-in-time-recovery, enc/,
  ],
  [
    "too many attempts",
    { automatic: true, maximumAutomaticAttempts: 26 },
    /^maximumAutomaticAttempts: 26 is not a whole/,
  ],
  [
    "no time",
    { automatic: true, retryAttemptSeconds: 0 },
    /^retryAttemptSeconds: 0 is not a whole number from 1 to 2678/,
  ],
  [
    "half a percent",
    { concurrentExecutionPercentage: 0.5 },
    /^concurrentExecutionPercentage: 0\.5 is not a whole number/,
  ],
  ["more than all", { errorPercentage: 101 }, /^errorPercentage: 101 is not a whole number from 1 to 100/],
  ["attempts by hand", { maximumAutomaticAttempts: 2 }, /^maximumAutomaticAttempts: changes nothing without automatic/],
  ["no tables", { tableNames: [] }, /^tableNames: is empty/],
  ["what is no table", { tableNames: ["a*"] }, /^tableNames\[0\]: "a\*" is no name of a table/],
  ["no key", { action: "encryption" }, /^kmsKeyArn: is missing; the action encryption needs it/],
  [
    "a key that is none",
    { action: "encryption", kmsKeyArn: "alias/a" },
    /^kmsKeyArn: "alias\/a" is not the ARN of a KMS/,
  ],
  ["a key for nothing", { kmsKeyArn }, /^kmsKeyArn: is not for the action point-in-time-recovery/],
  ["no tags", { action: "tags" }, /^missingTags: is missing/],
  ["an empty list of tags", { action: "tags", missingTags: {} }, /^missingTags: is empty/],
  ["a reserved tag", { action: "tags", missingTags: { "aws:x": "y" } }, /^missingTags: "aws:x" is no tag key/],
  [
    "more tags than a table can have",
    { action: "tags", missingTags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`T${i}`, "x"])) },
    /^missingTags: has 51 tags/,
  ],
  ["an empty value", { action: "tags", missingTags: { Owner: "" } }, /^missingTags\.Owner: is empty/],
])("refuses %s before anything is registered", async (_, further, message) => {
  const { error, registered } = await refused(() => new ConfigRemediation("mend", args(further)));
  expect(error.name).toBe("ArgumentError");
  expect(error.message).toMatch(message);
  expect(registered).toEqual([]);
});
