// Proves: what is registered and in which order it is made, that the bucket lets AWS Config deliver and nobody else, and
// that wrong arguments stop before anything is registered. Does not prove: that the account has no recorder yet.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigRecorder, type ConfigRecorderArgs, RecordingFrequency } from "../../components/configRecorder";
import { configKeyUse } from "../../components/configRecorder/delivery";
import { defaultResourceTypes, planRecording } from "../../components/configRecorder/plan";
import { ConfigRules } from "../../components/configRules";
import { EvidencePolicy } from "../../components/evidence";
import { complianceRules } from "../../detections/compliance";
import { account, deploy, randomSuffix, refused, resolved } from "./support/mocks";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/one";
const recorder = (args: ConfigRecorderArgs = {}) => deploy(() => new ConfigRecorder("config-recorder", args));

describe("a new recorder", () => {
  it("has a bucket, a channel and a status", async () => {
    const deployment = await recorder({ bucketName: "trail-logs", keyArn });
    expect(deployment.resources.slice(1)).toEqual([
      {
        type: "aws:cfg/recorder:Recorder",
        name: "config-recorder-recorder",
        inputs: {
          name: "detective-test-config-recorder-2xqeee-recorder",
          roleArn: `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
          recordingGroup: {
            allSupported: false,
            includeGlobalResourceTypes: false,
            recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
            resourceTypes: [
              "AWS::DynamoDB::Table",
              "AWS::CloudTrail::Trail",
              "AWS::CloudWatch::Alarm",
              "AWS::Events::Rule",
              "AWS::KMS::Key",
              "AWS::Lambda::Function",
              "AWS::S3::Bucket",
              "AWS::SNS::Topic",
              "AWS::SQS::Queue",
            ],
          },
        },
        options: { parent: "config-recorder" },
      },
      {
        type: "aws:cfg/deliveryChannel:DeliveryChannel",
        name: "config-recorder-channel",
        inputs: {
          name: "detective-test-config-recorder-2xqeee-channel",
          s3BucketName: "trail-logs",
          s3KmsKeyArn: keyArn,
        },
        options: { parent: "config-recorder", dependsOn: ["config-recorder-recorder"] },
      },
      {
        type: "aws:cfg/recorderStatus:RecorderStatus",
        name: "config-recorder-status",
        inputs: { name: "detective-test-config-recorder-2xqeee-recorder", isEnabled: true },
        options: { parent: "config-recorder", dependsOn: ["config-recorder-channel"] },
      },
    ]);
    expect(await resolved(deployment.result.recorderName)).toBe("detective-test-config-recorder-2xqeee-recorder");
  });

  it("makes a bucket of its own that only AWS Config of this account may write to", async () => {
    const deployment = await recorder({ evidence: EvidencePolicy.Delete });
    expect(deployment.children("config-recorder")).toEqual([
      "aws:cfg/recorder:Recorder config-recorder-recorder",
      "dynamodb-detective:index:SecureBucket config-recorder-history",
      "aws:cfg/deliveryChannel:DeliveryChannel config-recorder-channel",
      "aws:cfg/recorderStatus:RecorderStatus config-recorder-status",
    ]);
    const channel = deployment.resource("aws:cfg/deliveryChannel:DeliveryChannel", "config-recorder-channel");
    const bucket = channel.inputs["s3BucketName"];
    expect(bucket).toMatch(new RegExp(`^detective-test-(.+-)?config-${randomSuffix}$`));
    expect(channel.options.dependsOn).toEqual(["config-recorder-recorder", "config-recorder-history-policy"]);
    const arn = `arn:aws:s3:::${bucket}`;
    const { Statement } = deployment.policy("aws:s3/bucketPolicy:BucketPolicy", "config-recorder-history-policy");
    expect(Statement.filter((statement) => statement["Effect"] === "Allow")).toEqual([
      {
        Sid: "ConfigChecks",
        Effect: "Allow",
        Principal: { Service: "config.amazonaws.com" },
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: arn,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
      {
        Sid: "ConfigDelivers",
        Effect: "Allow",
        Principal: { Service: "config.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/AWSLogs/${account}/Config/*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
        },
      },
    ]);
    const { options, inputs } = deployment.resource("aws:s3/bucket:Bucket", "config-recorder-history-bucket");
    expect([options.retainOnDelete, inputs["forceDestroy"]]).toEqual([false, true]);
  });

  it("creates the service-linked role where that is asked for, and keeps it", async () => {
    const deployment = await recorder({
      bucketName: "logs",
      createServiceLinkedRole: true,
      tags: { Team: "security" },
    });
    const role = deployment.resource("aws:iam/serviceLinkedRole:ServiceLinkedRole", "config-recorder-role");
    expect(role.inputs).toEqual({ awsServiceName: "config.amazonaws.com", tags: { Team: "security" } });
    expect(role.options).toEqual({ parent: "config-recorder", retainOnDelete: true });
    const { inputs } = deployment.resource("aws:cfg/recorder:Recorder", "config-recorder-recorder");
    expect(inputs["roleArn"]).toBe("arn:aws:iam:eu-central-1:111122223333:config-recorder-role");
  });

  it("names the same role where it creates none, so that the setting can be left out again", async () => {
    const role = "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";
    const outputs = (type: string) => (type.includes("ServiceLinkedRole") ? { arn: role } : undefined);
    const roleArnOf = async (createServiceLinkedRole: boolean) => {
      const program = () => new ConfigRecorder("recorder", { bucketName: "logs", createServiceLinkedRole });
      const deployment = await deploy(program, { outputs });
      return deployment.resource("aws:cfg/recorder:Recorder", "recorder-recorder").inputs["roleArn"];
    };
    expect([await roleArnOf(true), await roleArnOf(false)]).toEqual([role, role]);
  });

  it("names the role of the partition it is in", async () => {
    const deployment = await deploy(() => new ConfigRecorder("recorder", { bucketName: "logs" }), {
      partition: "aws-us-gov",
    });
    expect(deployment.resource("aws:cfg/recorder:Recorder", "recorder-recorder").inputs["roleArn"]).toMatch(
      /^arn:aws-us-gov:iam::/,
    );
  });

  it("is running before the rules that take its name are made", async () => {
    const made: string[] = [];
    await deploy(
      () => {
        const { recorderName } = new ConfigRecorder("recorder", { bucketName: "logs" });
        const disabledRules = complianceRules.map((rule) => rule.name).slice(1);
        new ConfigRules("rules", { recorderName, disabledRules });
      },
      {
        outputs: (type) => {
          if (type.startsWith("aws:")) made.push(type);
          return undefined;
        },
      },
    );
    expect(made).toEqual([
      "aws:cfg/recorder:Recorder",
      "aws:cfg/deliveryChannel:DeliveryChannel",
      "aws:cfg/recorderStatus:RecorderStatus",
      "aws:cfg/rule:Rule",
    ]);
  });

  it("has other names in another stack", async () => {
    const namesOf = async (stack: string) => {
      const { resources } = await deploy(() => new ConfigRecorder("config-recorder", {}), { stack });
      return resources.flatMap(({ inputs }) => [inputs["name"], inputs["bucketPrefix"]]).filter(Boolean);
    };
    const [test, prod] = [await namesOf("test"), await namesOf("prod")];
    expect(test).toHaveLength(4);
    expect(test.filter((name) => prod.includes(name))).toEqual([]);
  });
});

describe("what is recorded, and when", () => {
  const inputs = async (args: ConfigRecorderArgs) => {
    const deployment = await recorder({ bucketName: "logs", ...args });
    const { recordingGroup, recordingMode } = deployment.resource(
      "aws:cfg/recorder:Recorder",
      "config-recorder-recorder",
    ).inputs;
    return { recordingGroup, recordingMode };
  };

  it("records the named types, once a day but for one", async () => {
    const resourceTypes = ["AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket"];
    expect(
      await inputs({
        resourceTypes,
        recordingFrequency: RecordingFrequency.Daily,
        recordingFrequencyOverrides: {
          "AWS::DynamoDB::Table": RecordingFrequency.Continuous,
          "AWS::KMS::Key": RecordingFrequency.Continuous,
        },
      }),
    ).toEqual({
      recordingGroup: {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes,
        recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
      },
      recordingMode: {
        recordingFrequency: "DAILY",
        recordingModeOverride: {
          description: "Recorded continuously",
          recordingFrequency: "CONTINUOUS",
          resourceTypes: ["AWS::DynamoDB::Table", "AWS::KMS::Key"],
        },
      },
    });
  });

  it.each([false, true])("records every type, IAM's among them: %s", async (globalResourceTypes) => {
    expect(await inputs({ allResourceTypes: true, globalResourceTypes })).toEqual({
      recordingGroup: {
        allSupported: true,
        includeGlobalResourceTypes: globalResourceTypes,
        recordingStrategies: [{ useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" }],
      },
    });
  });

  it("records alarms, which change often, once a day", async () => {
    const { recordingMode } = await inputs({
      recordingFrequencyOverrides: { "AWS::CloudWatch::Alarm": RecordingFrequency.Daily },
    });
    expect(recordingMode).toEqual({
      recordingFrequency: "CONTINUOUS",
      recordingModeOverride: {
        description: "Recorded once a day",
        recordingFrequency: "DAILY",
        resourceTypes: ["AWS::CloudWatch::Alarm"],
      },
    });
  });

  const types = fc.uniqueArray(fc.constantFrom(...defaultResourceTypes), { minLength: 1 });
  const frequency = fc.constantFrom(RecordingFrequency.Continuous, RecordingFrequency.Daily);
  it("overrides exactly the types that have the other frequency", () => {
    fc.assert(
      fc.property(frequency, types, (recordingFrequency, overridden) => {
        const other =
          recordingFrequency === RecordingFrequency.Daily ? RecordingFrequency.Continuous : RecordingFrequency.Daily;
        const recordingFrequencyOverrides = Object.fromEntries(overridden.map((type) => [type, other]));
        const { recordingMode } = planRecording({ recordingFrequency, recordingFrequencyOverrides });
        expect(recordingMode?.recordingFrequency).toBe(recordingFrequency.toUpperCase());
        expect(recordingMode?.recordingModeOverride).toMatchObject({
          recordingFrequency: other.toUpperCase(),
          resourceTypes: overridden,
        });
      }),
    );
  });
});

it("adopts the account's recorder and registers nothing", async () => {
  const deployment = await recorder({ existingRecorderName: "default" });
  expect(deployment.tree()).toEqual(["dynamodb-detective:index:ConfigRecorder config-recorder"]);
  expect(await resolved(deployment.result.recorderName)).toBe("default");
});

it("lets AWS Config of this account use the key", () => {
  expect(configKeyUse({ partition: "aws", region: "eu-central-1", accountId: account })).toEqual({
    Sid: "ConfigDelivers",
    Effect: "Allow",
    Principal: { Service: "config.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  });
});

it.each<[string, ConfigRecorderArgs, RegExp]>([
  ["an empty name", { existingRecorderName: "" }, /^existingRecorderName: is empty/],
  ["two recorders", { existingRecorderName: "default", bucketName: "logs" }, /^bucketName: changes nothing about a/],
  ["evidence of another's bucket", { bucketName: "logs", evidence: EvidencePolicy.Delete }, /^evidence: is about the/],
  ["no tables", { resourceTypes: ["AWS::KMS::Key"] }, /^resourceTypes: lacks AWS::DynamoDB::Table/],
  [
    "types beside all types",
    { allResourceTypes: true, resourceTypes: ["AWS::DynamoDB::Table"] },
    /^resourceTypes: changes nothing beside allResourceTypes/,
  ],
  ["IAM alone", { globalResourceTypes: true }, /^globalResourceTypes: needs allResourceTypes: true/],
  [
    "an override that is none",
    { recordingFrequencyOverrides: { "AWS::KMS::Key": RecordingFrequency.Continuous } },
    /^recordingFrequencyOverrides\.AWS::KMS::Key: is continuous already/,
  ],
  [
    "an override of what is not recorded",
    { recordingFrequencyOverrides: { "AWS::EC2::Instance": RecordingFrequency.Daily } },
    /^recordingFrequencyOverrides\.AWS::EC2::Instance: the type is not recorded\. Add it to resourceTypes/,
  ],
  [
    "an override of no type",
    { recordingFrequencyOverrides: { tables: RecordingFrequency.Daily } },
    /^recordingFrequencyOverrides\.tables: "tables" is no resource type/,
  ],
  [
    "a daily type that AWS records continuously",
    {
      allResourceTypes: true,
      recordingFrequencyOverrides: { "AWS::Config::ResourceCompliance": RecordingFrequency.Daily },
    },
    /^recordingFrequencyOverrides\.AWS::Config::ResourceCompliance: AWS Config records this type continuously only/,
  ],
  [
    "such a type among daily ones",
    {
      resourceTypes: ["AWS::DynamoDB::Table", "AWS::Config::ConfigurationRecorder"],
      recordingFrequency: RecordingFrequency.Daily,
    },
    /^recordingFrequency: AWS Config records AWS::Config::ConfigurationRecorder continuously only\. Override it/,
  ],
  [
    "a frequency of another's recorder",
    { existingRecorderName: "default", recordingFrequency: RecordingFrequency.Daily },
    /^recordingFrequency: changes nothing about a recorder that exists already/,
  ],
  ["no type", { resourceTypes: ["dynamodb"] }, /^resourceTypes\[0\]: "dynamodb" is no resource type/],
  [
    "a type that Config does not record",
    { resourceTypes: ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"] },
    /^resourceTypes\[1\]: Config does not record AWS::DynamoDB::GlobalTable\. Write AWS::DynamoDB::Table/,
  ],
])("refuses %s before anything is registered", async (_, args, message) => {
  const { error, registered } = await refused(() => new ConfigRecorder("config-recorder", args));
  expect(error.name).toBe("ArgumentError");
  expect(error.message).toMatch(message);
  expect(registered).toEqual([]);
});
