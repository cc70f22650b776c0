// Proves: the exact children and inputs of a secure bucket, its policy statement by statement, what a destroy keeps,
// and which arguments are refused before anything is registered. Does not prove: that S3 accepts them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../components/argumentError";
import { EvidencePolicy } from "../../components/evidence";
import { ObjectLockMode, SecureBucket, type SecureBucketArgs } from "../../components/secureBucket";
import { lifecycleRule, validateRetention } from "../../components/secureBucket/plan";
import { account, deploy, randomSuffix, refused, resolved } from "./support/mocks";

const bucketOf = (args: Partial<SecureBucketArgs> = {}) => new SecureBucket("trail-logs", { purpose: "logs", ...args });
const bucketName = `detective-test-trail-dmmc7m-logs-${randomSuffix}`;
const bucketArn = `arn:aws:s3:::${bucketName}`;
const tlsOnly = (arn: string) => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

describe("SecureBucket", () => {
  it("registers exactly these children and inputs", async () => {
    const { resources, result } = await deploy(() => bucketOf({ tags: { team: "security" } }));
    const kept = { parent: "trail-logs", retainOnDelete: true };
    expect(resources).toEqual([
      { type: "dynamodb-detective:index:SecureBucket", name: "trail-logs", inputs: {}, options: {} },
      {
        type: "aws:s3/bucket:Bucket",
        name: "trail-logs-bucket",
        inputs: { bucketPrefix: "detective-test-trail-dmmc7m-logs-", forceDestroy: false, tags: { team: "security" } },
        options: kept,
      },
      {
        type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        name: "trail-logs-public-access",
        inputs: {
          bucket: bucketName,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        options: kept,
      },
      {
        type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        name: "trail-logs-ownership",
        inputs: { bucket: bucketName, rule: { objectOwnership: "BucketOwnerEnforced" } },
        options: { ...kept, dependsOn: ["trail-logs-public-access"] },
      },
      {
        type: "aws:s3/bucketVersioning:BucketVersioning",
        name: "trail-logs-versioning",
        inputs: { bucket: bucketName, versioningConfiguration: { status: "Enabled" } },
        options: kept,
      },
      {
        type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        name: "trail-logs-encryption",
        inputs: { bucket: bucketName, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
        options: kept,
      },
      {
        type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        name: "trail-logs-lifecycle",
        inputs: {
          bucket: bucketName,
          rules: [
            {
              id: "retention",
              status: "Enabled",
              filter: { prefix: "" },
              abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
              expiration: { expiredObjectDeleteMarker: true },
              noncurrentVersionExpiration: { noncurrentDays: 365 },
            },
          ],
        },
        options: { ...kept, dependsOn: ["trail-logs-versioning"] },
      },
      {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        name: "trail-logs-policy",
        inputs: {
          bucket: bucketName,
          policy: JSON.stringify({ Version: "2012-10-17", Statement: [tlsOnly(bucketArn)] }),
        },
        options: { ...kept, dependsOn: ["trail-logs-public-access", "trail-logs-ownership"] },
      },
    ]);
    expect([await resolved(result.bucketName), await resolved(result.bucketArn)]).toEqual([bucketName, bucketArn]);
  });

  it("encrypts with the given key, through a bucket key", async () => {
    const deployment = await deploy(() => bucketOf({ kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/k" }));
    const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    expect(deployment.resource(type, "trail-logs-encryption").inputs.rules).toEqual([
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: "arn:aws:kms:eu-central-1:111122223333:key/k",
        },
        bucketKeyEnabled: true,
      },
    ]);
  });

  it("adds the owner's statements after the TLS rule", async () => {
    const more = { Sid: "Read", Effect: "Allow" as const, Action: "s3:GetObject", Resource: "x" };
    const deployment = await deploy(() => bucketOf({ statements: (arn) => [{ ...more, Resource: `${arn}/*` }] }));
    expect(deployment.policy("aws:s3/bucketPolicy:BucketPolicy", "trail-logs-policy").Statement).toEqual([
      tlsOnly(bucketArn),
      { ...more, Resource: `${bucketArn}/*` },
    ]);
  });

  it("locks objects", async () => {
    const objectLock = { mode: ObjectLockMode.Compliance, days: 30 };
    const deployment = await deploy(() => bucketOf({ objectLock }));
    expect(deployment.resource("aws:s3/bucket:Bucket", "trail-logs-bucket").inputs.objectLockEnabled).toBe(true);
    expect(
      deployment.resource(
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "trail-logs-object-lock",
      ),
    ).toEqual({
      type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      name: "trail-logs-object-lock",
      inputs: { bucket: bucketName, rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } },
      options: { parent: "trail-logs", retainOnDelete: true, dependsOn: ["trail-logs-versioning"] },
    });
  });

  it("keeps access logs in a second bucket with SSE-S3, which only this bucket's logs may reach", async () => {
    const deployment = await deploy(() => bucketOf({ accessLogs: true, kmsKeyArn: "arn:aws:kms:x" }));
    const prefix = deployment.resource("aws:s3/bucket:Bucket", "trail-logs-access-bucket").inputs
      .bucketPrefix as string;
    expect(prefix).toBe("detective-test-19wo9c-access-");
    const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    expect(deployment.resource(encryption, "trail-logs-access-encryption").inputs.rules).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    const logsArn = `arn:aws:s3:::${prefix}${randomSuffix}`;
    expect(deployment.policy("aws:s3/bucketPolicy:BucketPolicy", "trail-logs-access-policy").Statement).toEqual([
      tlsOnly(logsArn),
      {
        Sid: "AccessLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${logsArn}/*`,
        Condition: { ArnLike: { "aws:SourceArn": bucketArn }, StringEquals: { "aws:SourceAccount": account } },
      },
    ]);
    expect(deployment.resource("aws:s3/bucketLogging:BucketLogging", "trail-logs-access-logging")).toEqual({
      type: "aws:s3/bucketLogging:BucketLogging",
      name: "trail-logs-access-logging",
      inputs: { bucket: bucketName, targetBucket: `${prefix}${randomSuffix}`, targetPrefix: "logs/" },
      options: { parent: "trail-logs", retainOnDelete: true, dependsOn: ["trail-logs-access-policy"] },
    });
  });

  it.each([
    ["retain", EvidencePolicy.Retain, true, false],
    ["delete", EvidencePolicy.Delete, false, true],
  ])("evidence %s governs both buckets and all their satellites", async (_, evidence, retainOnDelete, forceDestroy) => {
    const deployment = await deploy(() => bucketOf({ evidence, accessLogs: true }));
    const custom = deployment.resources.filter(({ type }) => type.startsWith("aws:"));
    expect(custom).toHaveLength(15);
    expect(new Set(custom.map(({ options }) => options.retainOnDelete))).toEqual(new Set([retainOnDelete]));
    expect(deployment.ofType("aws:s3/bucket:Bucket").map(({ inputs }) => inputs.forceDestroy)).toEqual([
      forceDestroy,
      forceDestroy,
    ]);
  });

  it("names no bucket alike in two stacks", async () => {
    const names = async (stack: string) => {
      const { resources } = await deploy(() => bucketOf({ accessLogs: true }), { stack });
      return resources.flatMap(({ inputs }) => inputs.bucketPrefix ?? []);
    };
    expect(new Set([...(await names("dev")), ...(await names("prod"))]).size).toBe(4);
  });
});

describe("arguments", () => {
  const lock = (days: number, mode = ObjectLockMode.Governance) => ({ objectLock: { mode, days } });
  it.each<[string, Partial<SecureBucketArgs>, RegExp]>([
    ["a fraction of a day", { archiveAfterDays: 1.5 }, /^archiveAfterDays: 1\.5 is not a number of days/],
    ["a negative number", { expireAfterDays: -1 }, /^expireAfterDays: -1 .*0 for never/],
    ["expiry before archiving", { archiveAfterDays: 90, expireAfterDays: 30 }, /^expireAfterDays: 30 is not after/],
    ["an unknown fate", { evidence: "keep" as EvidencePolicy }, /^evidence: .*"keep".*retain, delete/],
    ["an unknown mode", lock(1, "legal" as ObjectLockMode), /^objectLock\.mode: .*governance, compliance/],
    ["a lock of no days", lock(0), /^objectLock\.days: 0 .*from 1 to 36500\.$/],
    ["a lock of more than a hundred years", lock(36_501), /^objectLock\.days: 36501 .*from 1 to 36500\.$/],
    ["expiry that S3 cannot count", { expireAfterDays: 2 ** 31 }, /^expireAfterDays: 2147483648 .*, or 0 for never\.$/],
    ["a lock on what is to be deleted", { ...lock(1), evidence: EvidencePolicy.Delete }, /^objectLock: .*"delete"/],
    ["expiry under lock", { ...lock(30), expireAfterDays: 29 }, /^expireAfterDays: 29 is before the end of the lock/],
  ])("refuses %s before anything is registered", async (_, args, message) => {
    const { error, registered } = await refused(() => bucketOf(args));
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error.message).toMatch(message);
    expect(registered).toEqual([]);
  });
});

describe("lifecycleRule", () => {
  const days = fc.integer({ min: 0, max: 4000 });

  it("never expires before it archives, and gives expiry days or the delete-marker clean-up, never both", () => {
    fc.assert(
      fc.property(days, days, (archiveAfterDays, expireAfterDays) => {
        const retention = { archiveAfterDays, expireAfterDays };
        try {
          validateRetention(retention);
        } catch {
          return;
        }
        const rule = lifecycleRule(retention);
        const transition = rule.transitions?.[0];
        if (transition && rule.expiration.days) expect(rule.expiration.days).toBeGreaterThan(transition.days);
        expect(rule.expiration.expiredObjectDeleteMarker).toBe(expireAfterDays > 0 ? undefined : true);
        expect(rule.expiration.days).toBe(expireAfterDays || undefined);
        expect(transition?.days).toBe(archiveAfterDays || undefined);
        expect(rule.noncurrentVersionExpiration.noncurrentDays).toBeGreaterThan(0);
      }),
    );
  });
});
