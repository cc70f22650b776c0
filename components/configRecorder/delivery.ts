import type { Place, PolicyStatement } from "../policyDocument";

/**
 * Lets AWS Config deliver into a bucket of this account (AWS Config Developer Guide, "Permissions for the Amazon S3 Bucket
 * for the AWS Config Delivery Channel"). A service-linked role cannot write to S3; the service itself does.
 */
export function configBucketUse(bucketArn: string, { accountId }: Place): PolicyStatement[] {
  const principal = { Service: "config.amazonaws.com" };
  const ours = { "aws:SourceAccount": accountId };
  return [
    {
      Sid: "ConfigChecks",
      Effect: "Allow",
      Principal: principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringEquals: ours },
    },
    {
      Sid: "ConfigDelivers",
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
    Sid: "ConfigDelivers",
    Effect: "Allow",
    Principal: { Service: "config.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*", // In a key policy: this key.
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
}
