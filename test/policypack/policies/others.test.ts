// Proves: what is said of resources beside tables: DAX, trails, event source mappings, exports, Kinesis destinations, in the
// words of both providers and of CloudFormation. Does not prove: AWS's defaults, which are documented.
import { describe, expect, it } from "vitest";
import { verdicts } from "../support/sdk";
import { type TestResource, unknown } from "../support/table";

type Props = Record<string, unknown>;
const classic = (type: string, props: Props): TestResource => ({ type, name: "it", props });
const inTemplate = (type: string, props: Props): TestResource =>
  classic("aws:cloudformation/stack:Stack", {
    templateBody: JSON.stringify({ Resources: { It: { Type: type, Properties: props } } }),
  });
const cloudControl = (type: string, props: Props): TestResource =>
  classic("aws:cloudcontrol/resource:Resource", { typeName: type, desiredState: JSON.stringify(props) });

async function kinds(policy: string, resource: TestResource, configuration: object = {}): Promise<string> {
  const { violations, undecided } = await verdicts(policy, resource, configuration);
  return [...violations.map(() => "violation"), ...undecided.map(() => "undecided")].join() || "silent";
}

const dax = (props: Props) => classic("aws:dax/cluster:Cluster", { nodeType: "dax.t3.small", ...props });
describe("DAX", () => {
  it.each<[string, TestResource, string]>([
    ["dax-encryption-at-rest", dax({ serverSideEncryption: { enabled: true } }), "silent"],
    ["dax-encryption-at-rest", dax({}), "violation"],
    ["dax-encryption-at-rest", dax({ serverSideEncryption: { enabled: false } }), "violation"],
    ["dax-encryption-at-rest", dax({ serverSideEncryption: unknown }), "undecided"],
    ["dax-encryption-at-rest", inTemplate("AWS::DAX::Cluster", {}), "violation"],
    ["dax-encryption-at-rest", inTemplate("AWS::DAX::Cluster", { SSESpecification: { SSEEnabled: "true" } }), "silent"],
    [
      "dax-encryption-at-rest",
      cloudControl("AWS::DAX::Cluster", { SSESpecification: { SSEEnabled: false } }),
      "violation",
    ],
    ["dax-encryption-in-transit", dax({ clusterEndpointEncryptionType: "TLS" }), "silent"],
    ["dax-encryption-in-transit", dax({}), "violation"],
    ["dax-encryption-in-transit", dax({ clusterEndpointEncryptionType: "NONE" }), "violation"],
    ["dax-encryption-in-transit", dax({ clusterEndpointEncryptionType: unknown }), "undecided"],
    ["dax-encryption-in-transit", inTemplate("AWS::DAX::Cluster", { ClusterEndpointEncryptionType: "TLS" }), "silent"],
    [
      "dax-encryption-in-transit",
      { ...dax({ clusterEndpointEncryptionType: "TLS" }), ignoreChanges: ["*"] },
      "undecided",
    ],
  ])("%s of %j: %s", async (policy, resource, expected) => expect(await kinds(policy, resource)).toBe(expected));
});

const trail = (props: Props) => classic("aws:cloudtrail/trail:Trail", { s3BucketName: "logs", ...props });
const native = (props: Props) => classic("aws-native:cloudtrail:Trail", { s3BucketName: "logs", ...props });
const tables = "AWS::DynamoDB::Table";
describe("a trail", () => {
  const advanced = (type: unknown, field: unknown = "resources.type") => [
    {
      fieldSelectors: [
        { field: "eventCategory", equals: ["Data"] },
        { field, equals: [type] },
      ],
    },
  ];
  it.each<[string, TestResource, string]>([
    ["cloudtrail-log-file-validation", trail({ enableLogFileValidation: true }), "silent"],
    ["cloudtrail-log-file-validation", trail({}), "violation"],
    ["cloudtrail-log-file-validation", native({ enableLogFileValidation: false }), "violation"],
    ["cloudtrail-log-file-validation", trail({ enableLogFileValidation: unknown }), "undecided"],
    ["cloudtrail-encryption", trail({ kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/k" }), "silent"],
    ["cloudtrail-encryption", trail({ kmsKeyId: unknown }), "silent"],
    ["cloudtrail-encryption", trail({ kmsKeyId: "" }), "violation"],
    ["cloudtrail-encryption", trail({}), "violation"],
    ["cloudtrail-encryption", native({ kmsKeyId: "alias/logs" }), "silent"],
    ["cloudtrail-encryption", inTemplate("AWS::CloudTrail::Trail", { KMSKeyId: "alias/logs" }), "silent"],
    ["cloudtrail-encryption", trail({ kmsKeyId: 3 }), "violation"],
    ["cloudtrail-multi-region", trail({ isMultiRegionTrail: true }), "silent"],
    ["cloudtrail-multi-region", trail({}), "violation"],
    ["cloudtrail-multi-region", inTemplate("AWS::CloudTrail::Trail", { IsMultiRegionTrail: true }), "silent"],
    ["cloudtrail-dynamodb-data-events", trail({}), "violation"],
    ["cloudtrail-dynamodb-data-events", trail({ advancedEventSelectors: advanced(tables) }), "silent"],
    ["cloudtrail-dynamodb-data-events", trail({ advancedEventSelectors: advanced("AWS::S3::Object") }), "violation"],
    [
      "cloudtrail-dynamodb-data-events",
      trail({ advancedEventSelectors: advanced(tables, "resources.ARN") }),
      "violation",
    ],
    ["cloudtrail-dynamodb-data-events", trail({ advancedEventSelectors: advanced(unknown) }), "undecided"],
    ["cloudtrail-dynamodb-data-events", trail({ advancedEventSelectors: unknown }), "undecided"],
    ["cloudtrail-dynamodb-data-events", native({ advancedEventSelectors: advanced(tables) }), "silent"],
    [
      "cloudtrail-dynamodb-data-events",
      trail({ eventSelectors: [{ dataResources: [{ type: tables, values: ["arn:aws:dynamodb"] }] }] }),
      "silent",
    ],
    [
      "cloudtrail-dynamodb-data-events",
      inTemplate("AWS::CloudTrail::Trail", {
        AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "resources.type", Equals: [tables] }] }],
      }),
      "silent",
    ],
    [
      "cloudtrail-dynamodb-data-events",
      cloudControl("AWS::CloudTrail::Trail", {
        EventSelectors: [{ DataResources: [{ Type: tables, Values: ["arn"] }] }],
      }),
      "silent",
    ],
  ])("%s of %j: %s", async (policy, resource, expected) => expect(await kinds(policy, resource)).toBe(expected));
});

describe("an event source mapping", () => {
  const policy = "lambda-stream-event-source-mapping";
  const stream = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000";
  const good: Props = {
    eventSourceArn: stream,
    startingPosition: "LATEST",
    maximumRetryAttempts: 3,
    maximumRecordAgeInSeconds: 3600,
    destinationConfig: { onFailure: { destinationArn: "arn:aws:sqs:eu-west-1:111122223333:failures" } },
  };
  const mapping = (change: Props) =>
    classic("aws:lambda/eventSourceMapping:EventSourceMapping", { ...good, ...change });
  it.each<[string, Props, string]>([
    ["bounded", {}, "silent"],
    [
      "without anything",
      { maximumRetryAttempts: null, maximumRecordAgeInSeconds: null, destinationConfig: null },
      "violation,violation,violation",
    ],
    ["retries for ever", { maximumRetryAttempts: -1 }, "violation"],
    ["keeps for ever", { maximumRecordAgeInSeconds: -1 }, "violation"],
    ["loses what fails", { destinationConfig: {} }, "violation"],
    ["a destination made here", { destinationConfig: { onFailure: { destinationArn: unknown } } }, "silent"],
    ["a destination that may be none", { destinationConfig: unknown }, "undecided"],
    ["a stream made here", { eventSourceArn: unknown, maximumRetryAttempts: -1 }, "violation"],
    ["a queue", { eventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:q", maximumRetryAttempts: null }, "silent"],
    ["a queue made here", { eventSourceArn: unknown, startingPosition: null, maximumRetryAttempts: null }, "silent"],
    ["Kafka", { eventSourceArn: unknown, topics: ["t"], maximumRetryAttempts: null }, "silent"],
  ])("%s", async (_, change, expected) => expect(await kinds(policy, mapping(change))).toBe(expected));

  it("has bounds of its own choice", async () => {
    expect(await kinds(policy, mapping({}), { maximumRetryAttempts: 2, maximumRecordAgeInSeconds: 60 })).toBe(
      "violation,violation",
    );
  });

  it("is read in CloudFormation's words", async () => {
    const props = {
      EventSourceArn: { "Fn::GetAtt": ["Orders", "StreamArn"] },
      StartingPosition: "LATEST",
      MaximumRetryAttempts: "3",
      MaximumRecordAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: { "Fn::GetAtt": ["Failures", "Arn"] } } },
    };
    const type = "AWS::Lambda::EventSourceMapping";
    expect(await kinds(policy, inTemplate(type, props))).toBe("silent");
    expect(await kinds(policy, inTemplate(type, { ...props, DestinationConfig: undefined }))).toBe("violation");
    expect(await kinds(policy, classic("aws-native:lambda:EventSourceMapping", { startingPosition: "LATEST" }))).toBe(
      "violation,violation,violation",
    );
  });
});

describe("where data may go", () => {
  const kinesis = (streamArn: unknown) =>
    classic("aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination", { tableName: "orders", streamArn });
  const exported = (s3Bucket: unknown) =>
    classic("aws:dynamodb/tableExport:TableExport", { tableArn: "arn", s3Bucket });
  const arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/audit-1";
  it.each<[string, TestResource, object, string]>([
    ["dynamodb-kinesis-destination", kinesis(arn), {}, "violation"],
    ["dynamodb-kinesis-destination", kinesis(unknown), {}, "violation"],
    [
      "dynamodb-kinesis-destination",
      kinesis(arn),
      { allowedStreams: ["arn:aws:kinesis:*:111122223333:stream/audit-*"] },
      "silent",
    ],
    [
      "dynamodb-kinesis-destination",
      kinesis(arn),
      { allowedStreams: ["arn:aws:kinesis:*:999988887777:*"] },
      "violation",
    ],
    ["dynamodb-kinesis-destination", kinesis(unknown), { allowedStreams: [arn] }, "undecided"],
    ["dynamodb-kinesis-destination", kinesis(unknown), { allowedStreams: ["*"] }, "silent"],
    ["dynamodb-table-export", exported("backup"), {}, "violation"],
    ["dynamodb-table-export", exported("backup"), { allowedBuckets: ["back*"] }, "silent"],
    ["dynamodb-table-export", exported("a.backup"), { allowedBuckets: ["backup"] }, "violation"],
    ["dynamodb-table-export", exported(unknown), {}, "violation"],
    ["dynamodb-table-export", exported(unknown), { allowedBuckets: ["backup"] }, "undecided"],
    ["dynamodb-table-export", exported(null), { allowedBuckets: ["*"] }, "violation"],
    ["dynamodb-table-export", exported([]), { allowedBuckets: ["*"] }, "violation"],
  ])("%s of %j with %j: %s", async (policy, resource, configuration, expected) =>
    expect(await kinds(policy, resource, configuration)).toBe(expected),
  );
});
