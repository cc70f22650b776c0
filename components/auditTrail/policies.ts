import { configBucketUse, configKeyUse } from "../configRecorder/delivery";
import { domainOf, keyAdministration, type Place, type PolicyStatement } from "../policyDocument";

/** Where the trail is, and the names that policies need before trail and log group exist. */
export interface TrailPlace extends Place {
  trailName: string;
  /** What the log group's name begins with. */
  logGroupPrefix: string;
}

/** The trail's ARN, built from its name: bucket and key policy must name it before CloudTrail lets it be created. */
export function trailArn({ partition, region, accountId, trailName }: TrailPlace): string {
  return `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${trailName}`;
}

const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
/** In a key policy: this key. */
const thisKey = "*";

/** CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail"; CloudWatch Logs User Guide, "Encrypt log data". */
export function keyStatements(
  at: TrailPlace,
  { readerArns, configDelivery }: { readerArns: string[]; configDelivery: boolean },
): PolicyStatement[] {
  const { partition, region, accountId } = at;
  // Regional principals carry the partition's domain.
  const domain = domainOf(partition);
  const fromTrail = { "aws:SourceArn": trailArn(at) };
  const statements: PolicyStatement[] = [
    keyAdministration(at),
    {
      Sid: "CloudTrailEncrypts",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "kms:GenerateDataKey*",
      Resource: thisKey,
      Condition: {
        StringEquals: fromTrail,
        // A multi-Region trail encrypts in each Region.
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${partition}:cloudtrail:*:${accountId}:trail/${at.trailName}`,
        },
      },
    },
    {
      Sid: "CloudTrailUsesBucketKey",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "kms:Decrypt",
      Resource: thisKey,
      Condition: { StringEquals: fromTrail },
    },
    {
      Sid: "CloudTrailDescribes",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "kms:DescribeKey",
      Resource: thisKey,
      Condition: { StringEquals: fromTrail },
    },
    {
      Sid: "LogGroup",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.${domain}` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: thisKey,
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:${at.logGroupPrefix}*`,
        },
      },
    },
  ];
  if (configDelivery) statements.push(configKeyUse(at));
  if (readerArns.length > 0) {
    statements.push({
      Sid: "Readers",
      Effect: "Allow",
      Principal: { AWS: readerArns },
      Action: "kms:Decrypt",
      Resource: thisKey,
      // Through S3 only. The trail's encryption context is no condition: a bucket key has that of the bucket.
      Condition: { StringEquals: { "kms:ViaService": `s3.${region}.${domain}` } },
    });
  }
  return statements;
}

/** CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail". */
export function bucketStatements(
  bucketArn: string,
  at: TrailPlace,
  { configDelivery }: { configDelivery: boolean },
): PolicyStatement[] {
  const { accountId } = at;
  const fromTrail = { "aws:SourceArn": trailArn(at) };
  const statements: PolicyStatement[] = [
    {
      Sid: "CloudTrailChecks",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: { StringEquals: fromTrail },
    },
    {
      Sid: "CloudTrailDelivers",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:PutObject",
      Resource: `${bucketArn}/AWSLogs/${accountId}/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...fromTrail } },
    },
  ];
  return configDelivery ? [...statements, ...configBucketUse(bucketArn, at)] : statements;
}

/**
 * No source condition: "The role policy doesn't support the use of aws:SourceArn and aws:SourceAccount" (CloudTrail User
 * Guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring"). What the role may do is bound to
 * CloudTrail's streams of one log group.
 */
export function trustStatements(): PolicyStatement[] {
  return [{ Sid: "CloudTrailDelivers", Effect: "Allow", Principal: cloudTrail, Action: "sts:AssumeRole" }];
}

/** CloudTrail User Guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring". */
export function deliveryRoleStatements(at: TrailPlace, logGroupName: string): PolicyStatement[] {
  const { partition, region, accountId } = at;
  return [
    {
      Sid: "WriteLogStreams",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      // CloudTrail names its streams `<account>_CloudTrail_<Region>` and adds a number to it.
      Resource: `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}:log-stream:${accountId}_CloudTrail_${region}*`,
    },
  ];
}
