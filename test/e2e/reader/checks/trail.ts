import { evidenceReader } from "../../engine/everything";
import { alarmCheck } from "./alarms";
import type { Check, Deployed } from "./check";
import {
  accountId,
  allow,
  by,
  logGroupArn,
  logsUseKey,
  ofThisAccount,
  ownerAdministers,
  policyCheck,
  refuseWithoutTls,
  roleChecks,
  thisKey,
} from "./statements";

const ownersControl = { "s3:x-amz-acl": "bucket-owner-full-control" };
const ofTrail = ({ called }: Deployed) => ({ "aws:SourceArn": called("-trail-trail") });
const everywhere = (arn: string): string => arn.replace(":us-east-1:", ":*:");

/** A bucket with everything in it. */
export const all = (bucket: string): string[] => [bucket, `${bucket}/*`];

/** Where S3 writes who used another bucket, of that bucket alone. */
export const accessLogs = (suffix: string, ofBucket: string): Check =>
  policyCheck("buckets", suffix, (own, { called }) => [
    allow("logging.s3", "s3:PutObject", `${own}/*`, {
      ...ofThisAccount,
      ArnLike: { "aws:SourceArn": `arn:aws:s3:::${called(ofBucket)}` },
    }),
    refuseWithoutTls("s3:*", all(own)),
  ]);

/** The trail, and what it and AWS Config write. */
export const trailChecks: Check[] = [
  policyCheck("keys", "-trail-key", (_, deployed) => [
    ownerAdministers,
    allow("cloudtrail", "kms:GenerateDataKey*", thisKey, {
      StringEquals: ofTrail(deployed),
      // A trail of all Regions encrypts in each of them.
      StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": everywhere(deployed.called("-trail-trail")) },
    }),
    allow("cloudtrail", "kms:Decrypt", thisKey, { StringEquals: ofTrail(deployed) }),
    allow("cloudtrail", "kms:DescribeKey", thisKey, { StringEquals: ofTrail(deployed) }),
    logsUseKey(deployed.called("-trail-log-group")),
    allow("config", ["kms:Decrypt", "kms:GenerateDataKey"], thisKey, ofThisAccount),
    allow({ AWS: evidenceReader }, "kms:Decrypt", thisKey, by("s3")),
  ]),
  policyCheck("buckets", "-trail-logs-bucket", (own, deployed) => [
    allow("cloudtrail", "s3:GetBucketAcl", own, { StringEquals: ofTrail(deployed) }),
    allow("cloudtrail", "s3:PutObject", `${own}/AWSLogs/${accountId}/*`, {
      StringEquals: { ...ofTrail(deployed), ...ownersControl },
    }),
    allow("config", ["s3:GetBucketAcl", "s3:ListBucket"], own, ofThisAccount),
    allow("config", "s3:PutObject", `${own}/AWSLogs/${accountId}/Config/*`, {
      StringEquals: { ...ofThisAccount.StringEquals, ...ownersControl },
    }),
    refuseWithoutTls("s3:*", all(own)),
  ]),
  accessLogs("-trail-logs-access-bucket", "-trail-logs-bucket"),
  ...roleChecks("-trail-delivery-role", "cloudtrail", (deployed) => {
    // CloudTrail names its streams so, and adds a number.
    const streams = `log-stream:${accountId}_CloudTrail_us-east-1*`;
    const group = logGroupArn(deployed.called("-trail-log-group"), deployed);
    return [allow(undefined, ["logs:CreateLogStream", "logs:PutLogEvents"], `${group}:${streams}`)];
  }),
  alarmCheck("a trail that falls silent", {
    "-trail-log-group-silent": {
      metric: "AWS/Logs IncomingLogEvents",
      statistic: "Sum",
      fires: "< 1",
      periodSeconds: 3600,
      missing: "breaching",
    },
  }),
];
