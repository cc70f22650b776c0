// Proves: each statement of the policies around a trail, and that the partition is never `aws` by accident. Does not
// prove: that AWS grants what a statement says; nothing here evaluates policies.
import { describe, expect, it } from "vitest";
import {
  bucketStatements,
  deliveryRoleStatements,
  keyStatements,
  type TrailPlace,
  trustStatements,
} from "../../../components/auditTrail/policies";
import type { PolicyStatement } from "../../../components/policyDocument";

const at: TrailPlace = {
  partition: "aws",
  region: "eu-central-1",
  accountId: "111122223333",
  trailName: "detective-test-trail",
  logGroupPrefix: "detective-test-trail-",
};
const trail = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/detective-test-trail";
const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
const config = { Service: "config.amazonaws.com" };
const bySid = (statements: PolicyStatement[]) => Object.fromEntries(statements.map(({ Sid, ...rest }) => [Sid, rest]));

describe("keyStatements", () => {
  it("lets the trail, its log group, AWS Config and readers use the key, each for itself", () => {
    const readerArns = ["arn:aws:iam::111122223333:role/investigator"];
    expect(bySid(keyStatements(at, { readerArns, configDelivery: true }))).toEqual({
      AccountAdministration: {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: "kms:*",
        Resource: "*",
      },
      CloudTrailEncrypts: {
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "kms:GenerateDataKey*",
        Resource: "*",
        Condition: {
          StringEquals: { "aws:SourceArn": trail },
          StringLike: {
            "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111122223333:trail/detective-test-trail",
          },
        },
      },
      CloudTrailUsesBucketKey: {
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceArn": trail } },
      },
      CloudTrailDescribes: {
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "kms:DescribeKey",
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceArn": trail } },
      },
      LogGroup: {
        Effect: "Allow",
        Principal: { Service: "logs.eu-central-1.amazonaws.com" },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn":
              "arn:aws:logs:eu-central-1:111122223333:log-group:detective-test-trail-*",
          },
        },
      },
      ConfigDelivers: {
        Effect: "Allow",
        Principal: config,
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
      Readers: {
        Effect: "Allow",
        Principal: { AWS: readerArns },
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
      },
    });
  });

  it("says nothing of AWS Config and readers that are not wanted", () => {
    expect(keyStatements(at, { readerArns: [], configDelivery: false }).map(({ Sid }) => Sid)).toEqual([
      "AccountAdministration",
      "CloudTrailEncrypts",
      "CloudTrailUsesBucketKey",
      "CloudTrailDescribes",
      "LogGroup",
    ]);
  });

  it("writes the regional principals of China", () => {
    const china = { ...at, partition: "aws-cn", region: "cn-north-1" };
    const statements = bySid(keyStatements(china, { readerArns: ["arn:aws-cn:iam::1:role/r"], configDelivery: true }));
    expect(statements.LogGroup?.Principal).toEqual({ Service: "logs.cn-north-1.amazonaws.com.cn" });
    expect(statements.Readers?.Condition).toEqual({
      StringEquals: { "kms:ViaService": "s3.cn-north-1.amazonaws.com.cn" },
    });
  });
});

describe("bucketStatements", () => {
  const bucket = "arn:aws:s3:::evidence";
  const cloudTrailOnly = {
    CloudTrailChecks: {
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:GetBucketAcl",
      Resource: bucket,
      Condition: { StringEquals: { "aws:SourceArn": trail } },
    },
    CloudTrailDelivers: {
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:PutObject",
      Resource: `${bucket}/AWSLogs/111122223333/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trail } },
    },
  };

  it("admits the trail alone", () => {
    expect(bySid(bucketStatements(bucket, at, { configDelivery: false }))).toEqual(cloudTrailOnly);
  });

  it("admits AWS Config of the account to its own folder", () => {
    expect(bySid(bucketStatements(bucket, at, { configDelivery: true }))).toEqual({
      ...cloudTrailOnly,
      ConfigChecks: {
        Effect: "Allow",
        Principal: config,
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: bucket,
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
      ConfigDelivers: {
        Effect: "Allow",
        Principal: config,
        Action: "s3:PutObject",
        Resource: `${bucket}/AWSLogs/111122223333/Config/*`,
        Condition: {
          StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": "111122223333" },
        },
      },
    });
  });
});

describe("delivery role", () => {
  it("is assumed by CloudTrail, without the source conditions that AWS does not support there", () => {
    expect(trustStatements()).toEqual([
      { Sid: "CloudTrailDelivers", Effect: "Allow", Principal: cloudTrail, Action: "sts:AssumeRole" },
    ]);
  });

  it("writes CloudTrail's streams of the one log group only", () => {
    expect(deliveryRoleStatements(at, "events-1")).toEqual([
      {
        Sid: "WriteLogStreams",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource:
          "arn:aws:logs:eu-central-1:111122223333:log-group:events-1:log-stream:111122223333_CloudTrail_eu-central-1*",
      },
    ]);
  });
});

it("takes the partition from where it runs, in every policy", () => {
  const gov = { ...at, partition: "aws-us-gov", region: "us-gov-west-1" };
  const all = [
    ...keyStatements(gov, { readerArns: [], configDelivery: true }),
    ...bucketStatements("arn:aws-us-gov:s3:::evidence", gov, { configDelivery: true }),
    ...trustStatements(),
    ...deliveryRoleStatements(gov, "events-1"),
  ];
  expect(JSON.stringify(all)).toContain("arn:aws-us-gov:");
  expect(JSON.stringify(all)).not.toContain("arn:aws:");
});
