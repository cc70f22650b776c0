import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { EvidencePolicy } from "../evidence";
import { type Place, type PolicyStatement, tlsOnly } from "../policyDocument";
import { type ObjectLockArgs, ObjectLockMode } from "./objectLock";

/** How long a bucket keeps objects, and how firmly. */
export interface Retention {
  archiveAfterDays?: number;
  expireAfterDays?: number;
  evidence?: EvidencePolicy;
  objectLock?: ObjectLockArgs;
}

/** Days for which a deleted or overwritten object can be brought back, unless its bucket expires objects sooner. */
const recoverableDays = 365;

/** Throws `ArgumentError` for days, modes and combinations that S3 would refuse or that contradict each other. */
export function validateRetention({
  archiveAfterDays = 0,
  expireAfterDays = 0,
  evidence,
  objectLock,
}: Retention): void {
  wholeDays("archiveAfterDays", archiveAfterDays, 0, mostLifecycleDays);
  wholeDays("expireAfterDays", expireAfterDays, 0, mostLifecycleDays);
  if (archiveAfterDays > 0 && expireAfterDays > 0 && expireAfterDays <= archiveAfterDays) {
    throw new ArgumentError(
      "expireAfterDays",
      `${expireAfterDays} is not after archiveAfterDays (${archiveAfterDays}). Write a larger number, or archiveAfterDays: 0.`,
    );
  }
  if (evidence !== undefined) oneOf("evidence", evidence, Object.values(EvidencePolicy));
  if (!objectLock) return;
  oneOf("objectLock.mode", objectLock.mode, Object.values(ObjectLockMode));
  wholeDays("objectLock.days", objectLock.days, 1, mostLockedDays);
  if (evidence === EvidencePolicy.Delete) {
    throw new ArgumentError(
      "objectLock",
      'locked objects cannot be deleted, so it does not go with evidence "delete". Write evidence "retain", or leave out objectLock.',
    );
  }
  if (expireAfterDays > 0 && expireAfterDays < objectLock.days) {
    throw new ArgumentError(
      "expireAfterDays",
      `${expireAfterDays} is before the end of the lock (objectLock.days: ${objectLock.days}). Write at least ${objectLock.days}, or 0 for never.`,
    );
  }
}

/** A hundred years (Amazon S3 User Guide, "S3 Object Lock considerations"). */
const mostLockedDays = 36_500;
/** Days are 32-bit numbers (Amazon S3 API Reference, LifecycleExpiration and Transition). */
const mostLifecycleDays = 2_147_483_647;

function wholeDays(argument: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const never = least === 0 ? ", or 0 for never" : "";
  throw new ArgumentError(
    argument,
    `${shown(value)} is not a number of days. Write a whole number from 1 to ${most}${never}.`,
  );
}

function oneOf(argument: string, value: string, allowed: string[]): void {
  if (allowed.includes(value)) return;
  throw new ArgumentError(argument, `unknown value ${shown(value)}. Allowed: ${allowed.join(", ")}.`);
}

/** The bucket's only lifecycle rule. */
export function lifecycleRule({ archiveAfterDays = 0, expireAfterDays = 0 }: Retention) {
  return {
    id: "retention",
    status: "Enabled",
    filter: { prefix: "" },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    // The only archive class that Athena reads without a restore. S3 leaves objects under 128 KB where they are.
    transitions: archiveAfterDays > 0 ? [{ days: archiveAfterDays, storageClass: "GLACIER_IR" }] : undefined,
    // With `days`, S3 removes the delete markers too; the two exclude each other in one rule.
    expiration: expireAfterDays > 0 ? { days: expireAfterDays } : { expiredObjectDeleteMarker: true },
    noncurrentVersionExpiration: {
      noncurrentDays: expireAfterDays > 0 ? Math.min(expireAfterDays, recoverableDays) : recoverableDays,
    },
  };
}

/** What holds for every secure bucket: TLS only. */
export function bucketStatements(bucketArn: string, more: PolicyStatement[]): PolicyStatement[] {
  return [tlsOnly("s3:*", [bucketArn, `${bucketArn}/*`]), ...more];
}

/** Lets S3 deliver the access logs of one bucket (Amazon S3 User Guide, "Enabling Amazon S3 server access logging"). */
export function accessLogStatements(
  logBucketArn: string,
  sourceBucketArn: string,
  { accountId }: Place,
): PolicyStatement[] {
  return [
    {
      Sid: "AccessLogDelivery",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${logBucketArn}/*`,
      Condition: {
        ArnLike: { "aws:SourceArn": sourceBucketArn },
        StringEquals: { "aws:SourceAccount": accountId },
      },
    },
  ];
}
