import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { resourceType, unlessMissing } from "../resourceType";
import { tagList, tagsFrom } from "../tags";
import { bucketSettings } from "./s3Settings";

async function empty(Bucket: string, account: Account): Promise<void> {
  const client = account.client(S3Client);
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key: Key!, VersionId }));
    if (Objects.length === 0) return;
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
}

export const s3 = {
  "aws:s3/bucket:Bucket": resourceType<aws.s3.BucketArgs>({
    nameInput: "bucket",
    replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled"],
    unreported: {
      bucketPrefix: "part of the name",
      forceDestroy: "said when the bucket is deleted, not before",
      objectLockEnabled: "read with the bucket's Object Lock configuration",
    },
    async create({ bucket, objectLockEnabled }, account) {
      await account.client(S3Client).send(
        new CreateBucketCommand({
          Bucket: bucket,
          ObjectLockEnabledForBucket: objectLockEnabled,
          // S3 refuses its first Region's name there.
          ...(account.region !== "us-east-1" && {
            CreateBucketConfiguration: { LocationConstraint: account.region as BucketLocationConstraint },
          }),
        }),
      );
      return bucket!;
    },
    async finish(Bucket, { tags }, account) {
      if (tags)
        await account
          .client(S3Client)
          .send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList(tags) } }));
    },
    async read(Bucket, _, account) {
      const client = account.client(S3Client);
      const found = await unlessMissing(client.send(new HeadBucketCommand({ Bucket })), "NotFound", "NoSuchBucket");
      if (!found) return undefined;
      const tagging = await unlessMissing(client.send(new GetBucketTaggingCommand({ Bucket })), "NoSuchTagSet");
      return {
        bucket: Bucket,
        arn: `arn:aws:s3:::${Bucket}`,
        bucketDomainName: `${Bucket}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${Bucket}.s3.${account.region}.amazonaws.com`,
        tags: tagsFrom(tagging?.TagSet),
      };
    },
    async update(Bucket, { tags }, account) {
      await account.client(S3Client).send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList(tags) } }));
    },
    async delete(Bucket, { forceDestroy }, account) {
      if (forceDestroy) await empty(Bucket, account);
      await account.client(S3Client).send(new DeleteBucketCommand({ Bucket }));
    },
  }),
  ...bucketSettings,
};
