import {
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  type ObjectLockRetentionMode,
  type ObjectOwnership,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  type ServerSideEncryption,
} from "@aws-sdk/client-s3";
import type * as aws from "@pulumi/aws";
import { type Plain, type Reading, resourceType, unlessMissing } from "../resourceType";

/** A setting of a bucket: its id is the bucket's name, it is put as a whole, and a bucket without it answers with an error. */
interface BucketSetting<Args> {
  /** Names of the errors that mean "not set". */
  missing: string[];
  put(client: S3Client, Bucket: string, inputs: Plain<Args>): Promise<unknown>;
  get(client: S3Client, Bucket: string): Promise<Reading<Args> | undefined>;
  remove(client: S3Client, Bucket: string): Promise<unknown>;
  remains?: string;
}

function bucketSetting<Args extends { bucket: unknown }>(setting: BucketSetting<Args>) {
  return resourceType<{ bucket: string }>({
    replaceOn: ["bucket"],
    remains: setting.remains,
    async create(inputs, account) {
      await setting.put(account.client(S3Client), inputs.bucket, inputs as Plain<Args>);
      return inputs.bucket;
    },
    async read(bucket, _, account) {
      const got = setting.get(account.client(S3Client), bucket);
      const found = await unlessMissing(got, "NoSuchBucket", ...setting.missing);
      return found && { bucket, ...found };
    },
    async update(bucket, inputs, account) {
      await setting.put(account.client(S3Client), bucket, inputs as Plain<Args>);
    },
    async delete(bucket, _, account) {
      await unlessMissing(setting.remove(account.client(S3Client), bucket), "NoSuchBucket");
    },
  });
}

export const bucketSettings = {
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting<aws.s3.BucketPublicAccessBlockArgs>({
    missing: ["NoSuchPublicAccessBlockConfiguration"],
    put: (client, Bucket, inputs) =>
      client.send(
        new PutPublicAccessBlockCommand({
          Bucket,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: inputs.blockPublicAcls,
            BlockPublicPolicy: inputs.blockPublicPolicy,
            IgnorePublicAcls: inputs.ignorePublicAcls,
            RestrictPublicBuckets: inputs.restrictPublicBuckets,
          },
        }),
      ),
    async get(client, Bucket) {
      const found = (await client.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration!;
      return {
        blockPublicAcls: found.BlockPublicAcls,
        blockPublicPolicy: found.BlockPublicPolicy,
        ignorePublicAcls: found.IgnorePublicAcls,
        restrictPublicBuckets: found.RestrictPublicBuckets,
      };
    },
    remove: (client, Bucket) => client.send(new DeletePublicAccessBlockCommand({ Bucket })),
  }),

  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting<aws.s3.BucketOwnershipControlsArgs>({
    missing: ["OwnershipControlsNotFoundError"],
    put: (client, Bucket, { rule }) =>
      client.send(
        new PutBucketOwnershipControlsCommand({
          Bucket,
          OwnershipControls: { Rules: [{ ObjectOwnership: rule.objectOwnership as ObjectOwnership }] },
        }),
      ),
    async get(client, Bucket) {
      const { OwnershipControls } = await client.send(new GetBucketOwnershipControlsCommand({ Bucket }));
      return { rule: { objectOwnership: OwnershipControls!.Rules![0]!.ObjectOwnership! } };
    },
    remove: (client, Bucket) => client.send(new DeleteBucketOwnershipControlsCommand({ Bucket })),
  }),

  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting<aws.s3.BucketVersioningArgs>({
    missing: [],
    remains: "versioning can be suspended, not removed",
    put: (client, Bucket, { versioningConfiguration }) =>
      client.send(
        new PutBucketVersioningCommand({
          Bucket,
          VersioningConfiguration: { Status: versioningConfiguration.status as "Enabled" | "Suspended" },
        }),
      ),
    async get(client, Bucket) {
      const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
      return Status && { versioningConfiguration: { status: Status } };
    },
    remove: (client, Bucket) =>
      client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } })),
  }),

  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketSetting<aws.s3.BucketServerSideEncryptionConfigurationArgs>({
      missing: ["ServerSideEncryptionConfigurationNotFoundError"],
      put: (client, Bucket, { rules }) =>
        client.send(
          new PutBucketEncryptionCommand({
            Bucket,
            ServerSideEncryptionConfiguration: {
              Rules: rules.map(({ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled }) => ({
                ApplyServerSideEncryptionByDefault: byDefault && {
                  SSEAlgorithm: byDefault.sseAlgorithm as ServerSideEncryption,
                  KMSMasterKeyID: byDefault.kmsMasterKeyId,
                },
                BucketKeyEnabled: bucketKeyEnabled,
              })),
            },
          }),
        ),
      async get(client, Bucket) {
        const { ServerSideEncryptionConfiguration: found } = await client.send(
          new GetBucketEncryptionCommand({ Bucket }),
        );
        return {
          rules: found!.Rules!.map((rule) => ({
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: rule.ApplyServerSideEncryptionByDefault!.SSEAlgorithm!,
              kmsMasterKeyId: rule.ApplyServerSideEncryptionByDefault!.KMSMasterKeyID,
            },
            bucketKeyEnabled: rule.BucketKeyEnabled,
          })),
        };
      },
      remove: (client, Bucket) => client.send(new DeleteBucketEncryptionCommand({ Bucket })),
    }),

  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":
    bucketSetting<aws.s3.BucketLifecycleConfigurationArgs>({
      missing: ["NoSuchLifecycleConfiguration"],
      put: (client, Bucket, { rules = [] }) =>
        client.send(
          new PutBucketLifecycleConfigurationCommand({
            Bucket,
            LifecycleConfiguration: {
              Rules: rules.map(
                (rule): LifecycleRule => ({
                  ID: rule.id,
                  Status: rule.status as "Enabled" | "Disabled",
                  Filter: { Prefix: rule.filter?.prefix },
                  AbortIncompleteMultipartUpload: rule.abortIncompleteMultipartUpload && {
                    DaysAfterInitiation: rule.abortIncompleteMultipartUpload.daysAfterInitiation,
                  },
                  Transitions: rule.transitions?.map(({ days, storageClass }) => ({
                    Days: days,
                    StorageClass: storageClass as "GLACIER_IR",
                  })),
                  Expiration: rule.expiration && {
                    Days: rule.expiration.days,
                    ExpiredObjectDeleteMarker: rule.expiration.expiredObjectDeleteMarker,
                  },
                  NoncurrentVersionExpiration: rule.noncurrentVersionExpiration && {
                    NoncurrentDays: rule.noncurrentVersionExpiration.noncurrentDays,
                  },
                }),
              ),
            },
          }),
        ),
      async get(client, Bucket) {
        const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
        return {
          rules: Rules!.map((rule) => ({
            id: rule.ID!,
            status: rule.Status!,
            filter: { prefix: rule.Filter?.Prefix },
            abortIncompleteMultipartUpload: {
              daysAfterInitiation: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
            },
            transitions: rule.Transitions?.map(({ Days, StorageClass }) => ({
              days: Days,
              storageClass: StorageClass!,
            })),
            expiration: {
              days: rule.Expiration?.Days,
              expiredObjectDeleteMarker: rule.Expiration?.ExpiredObjectDeleteMarker,
            },
            noncurrentVersionExpiration: { noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays ?? 0 },
          })),
        };
      },
      remove: (client, Bucket) => client.send(new DeleteBucketLifecycleCommand({ Bucket })),
    }),

  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration":
    bucketSetting<aws.s3.BucketObjectLockConfigurationArgs>({
      missing: ["ObjectLockConfigurationNotFoundError"],
      remains: "Object Lock cannot be switched off",
      put: (client, Bucket, { rule }) =>
        client.send(
          new PutObjectLockConfigurationCommand({
            Bucket,
            ObjectLockConfiguration: {
              ObjectLockEnabled: "Enabled",
              Rule: rule && {
                DefaultRetention: {
                  Mode: rule.defaultRetention.mode as ObjectLockRetentionMode,
                  Days: rule.defaultRetention.days,
                },
              },
            },
          }),
        ),
      async get(client, Bucket) {
        const { ObjectLockConfiguration: found } = await client.send(new GetObjectLockConfigurationCommand({ Bucket }));
        const retention = found?.Rule?.DefaultRetention;
        return { rule: retention && { defaultRetention: { mode: retention.Mode, days: retention.Days } } };
      },
      remove: (client, Bucket) =>
        client.send(
          new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" } }),
        ),
    }),

  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting<aws.s3.BucketPolicyArgs>({
    missing: ["NoSuchBucketPolicy"],
    put: (client, Bucket, { policy }) => client.send(new PutBucketPolicyCommand({ Bucket, Policy: policy as string })),
    async get(client, Bucket) {
      return { policy: (await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy };
    },
    remove: (client, Bucket) => client.send(new DeleteBucketPolicyCommand({ Bucket })),
  }),

  "aws:s3/bucketLogging:BucketLogging": bucketSetting<aws.s3.BucketLoggingArgs>({
    missing: [],
    put: (client, Bucket, { targetBucket, targetPrefix }) =>
      client.send(
        new PutBucketLoggingCommand({
          Bucket,
          BucketLoggingStatus: { LoggingEnabled: { TargetBucket: targetBucket, TargetPrefix: targetPrefix } },
        }),
      ),
    async get(client, Bucket) {
      const { LoggingEnabled: found } = await client.send(new GetBucketLoggingCommand({ Bucket }));
      return found && { targetBucket: found.TargetBucket, targetPrefix: found.TargetPrefix };
    },
    remove: (client, Bucket) => client.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
  }),
};
