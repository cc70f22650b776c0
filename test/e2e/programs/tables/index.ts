import * as aws from "@pulumi/aws";

const keys = { billingMode: "PAY_PER_REQUEST", hashKey: "id", attributes: [{ name: "id", type: "S" }] };
const tags = { Security: "high", Confidentiality: "secret", Environment: "test" };
const key = new aws.kms.Key("key", { enableKeyRotation: true });

const strong = {
  ...keys,
  deletionProtectionEnabled: true,
  pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
  serverSideEncryption: { enabled: true, kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/of-the-tables" },
  tags,
};

new aws.dynamodb.Table("strong", strong);
new aws.dynamodb.Table("weak", keys);
new aws.dynamodb.Table("untagged", { ...strong, tags: undefined });
new aws.dynamodb.Table("misnamed-tag", { ...strong, tags: { ...tags, security: "high", Security: undefined! } });
new aws.dynamodb.Table("other-tag-value", { ...strong, tags: { ...tags, Security: "middling" } });
new aws.dynamodb.Table("unprotected", { ...strong, deletionProtectionEnabled: false });
new aws.dynamodb.Table("unrecoverable", { ...strong, pointInTimeRecovery: { enabled: false } });
new aws.dynamodb.Table("a-week-back", { ...strong, pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 7 } });
new aws.dynamodb.Table("aws-owned-key", { ...strong, serverSideEncryption: { enabled: false } });
new aws.dynamodb.Table("aws-managed-key", { ...strong, serverSideEncryption: { enabled: true } });
new aws.dynamodb.Table("key-made-here", { ...strong, serverSideEncryption: { enabled: true, kmsKeyArn: key.arn } });
new aws.dynamodb.Table("tag-made-here", { ...strong, tags: { ...tags, Owner: key.keyId } });
new aws.dynamodb.Table("keeps-what-it-has", strong, { ignoreChanges: ["deletionProtectionEnabled", "tags"] });

const replicated = { ...strong, streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" };
new aws.dynamodb.Table("weak-replica", { ...replicated, replicas: [{ regionName: "eu-west-1" }] });
new aws.dynamodb.Table("strong-replica", {
  ...replicated,
  replicas: [
    {
      regionName: "eu-west-1",
      propagateTags: true,
      pointInTimeRecovery: true,
      deletionProtectionEnabled: true,
      kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/of-the-replica",
    },
  ],
});
new aws.dynamodb.TableReplica("replica", {
  globalTableArn: "arn:aws:dynamodb:us-east-1:123456789012:table/elsewhere",
});
