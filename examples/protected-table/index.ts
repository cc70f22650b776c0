import * as aws from "@pulumi/aws";

const replicaRegion = "eu-west-1";

/** Tags that the policy `dynamodb-required-tags` asks for. */
const tags = { Security: "high", Confidentiality: "internal", Environment: "production" };

// A key belongs to one Region, so the replica needs its own. Deleting a key makes what it encrypted unreadable.
const key = new aws.kms.Key(
  "orders-key",
  { description: "Encrypts the orders table", enableKeyRotation: true, deletionWindowInDays: 30, tags },
  { protect: true },
);
const replicaKey = new aws.kms.Key(
  "orders-replica-key",
  {
    description: "Encrypts the replica of the orders table",
    region: replicaRegion,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    tags,
  },
  { protect: true },
);

const table = new aws.dynamodb.Table(
  "orders",
  {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "orderId",
    attributes: [{ name: "orderId", type: "S" }],
    // Replicas are fed by the stream.
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",

    deletionProtectionEnabled: true,
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
    serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
    tags,

    // A replica inherits none of the above: AWS keeps these settings per copy.
    replicas: [
      {
        regionName: replicaRegion,
        deletionProtectionEnabled: true,
        pointInTimeRecovery: true,
        kmsKeyArn: replicaKey.arn,
        propagateTags: true,
      },
    ],
  },
  // Pulumi refuses to delete or replace the table, before AWS is even asked.
  { protect: true },
);

export const tableName = table.name;
