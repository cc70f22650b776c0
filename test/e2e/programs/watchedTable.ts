import * as aws from "@pulumi/aws";
import { StreamMonitor } from "../../../components";

/** A table, and a stream monitor with its own function and its defaults. */
export async function watchedTable() {
  const table = new aws.dynamodb.Table("orders", {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    deletionProtectionEnabled: true,
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
    tags: { Security: "high", Confidentiality: "internal", Environment: "test" },
  });
  const monitor = new StreamMonitor("monitor", { tables: [{ name: "orders", streamArn: table.streamArn }] });
  return {
    tableName: table.name,
    functionArn: monitor.functionArn,
    logGroupName: monitor.logGroupName,
    metricNamespace: monitor.metricNamespace,
    mappingId: monitor.mappingIds.apply(({ orders }) => orders),
  };
}
