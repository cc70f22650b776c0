import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import type { Place, PolicyStatement } from "../policyDocument";

/** Tables, and what this project deploys to watch them: who weakens one of those is seen too. */
export const defaultResourceTypes = [
  "AWS::DynamoDB::Table",
  "AWS::CloudTrail::Trail",
  "AWS::CloudWatch::Alarm",
  "AWS::Events::Rule",
  "AWS::KMS::Key",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
];

/** Types to record. Throws ArgumentError for what Config cannot record or what leaves tables out. */
export function checkResourceTypes(types: string[]): void {
  for (const [i, type] of types.entries()) {
    const argument = `resourceTypes[${i}]`;
    if (type === "AWS::DynamoDB::GlobalTable") {
      throw new ArgumentError(
        argument,
        `Config does not record ${type}. Write AWS::DynamoDB::Table: a replica is recorded as a table, in its own Region.`,
      );
    }
    if (!/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(type)) {
      throw new ArgumentError(argument, `${shown(type)} is no resource type. Write one like AWS::DynamoDB::Table.`);
    }
  }
  if (!types.includes("AWS::DynamoDB::Table")) {
    throw new ArgumentError("resourceTypes", "lacks AWS::DynamoDB::Table, which the rules for tables need. Add it.");
  }
}

/**
 * Lets AWS Config deliver into a bucket of this account (AWS Config Developer Guide, "Permissions for the Amazon S3 Bucket
 * for the AWS Config Delivery Channel"). A service-linked role cannot write to S3; the service itself does.
 */
export function configDelivery(bucketArn: string, { accountId }: Place): PolicyStatement[] {
  const principal = { Service: "config.amazonaws.com" };
  const ours = { "aws:SourceAccount": accountId };
  return [
    {
      Sid: "ConfigBucketCheck",
      Effect: "Allow",
      Principal: principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringEquals: ours },
    },
    {
      Sid: "ConfigDelivery",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: `${bucketArn}/AWSLogs/${accountId}/Config/*`,
      Condition: { StringEquals: { ...ours, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}

/** Lets AWS Config encrypt what it delivers (same guide, "Permissions for the KMS Key for the AWS Config Delivery Channel"). */
export function configKeyUse({ accountId }: Place): PolicyStatement {
  return {
    Sid: "ConfigDelivery",
    Effect: "Allow",
    Principal: { Service: "config.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*", // In a key policy: this key.
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
}
