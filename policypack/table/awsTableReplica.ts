import { openKey, replicaTier, upTo } from "./encryption";
import { ownTags } from "./ownTags";
import { boolean, read, string } from "./reading";
import type { TableAdapter, TableCopy } from "./view";

/** `aws.dynamodb.TableReplica`: one more copy of a table that another resource, or another program, created. */
export const awsTableReplica: TableAdapter = {
  type: "aws:dynamodb/tableReplica:TableReplica",
  view: (resource) => {
    const { title, props, ignored, protect, direct } = resource;
    const label = `Table replica ${title}`;
    const key = read(props, "kmsKeyArn", string);
    const copies: TableCopy[] = [
      {
        label,
        deletionProtection: {
          property: "deletionProtectionEnabled",
          written: read(props, "deletionProtectionEnabled", boolean),
          otherwise: false,
          write: (value) => `deletionProtectionEnabled: ${value}`,
        },
        pointInTimeRecovery: {
          property: "pointInTimeRecovery",
          written: read(props, "pointInTimeRecovery", boolean),
          otherwise: false,
          write: (value) => `pointInTimeRecovery: ${value}`,
        },
        // A replica's window cannot be written: AWS takes its default, which is the longest.
        recoveryPeriodInDays: {
          property: "pointInTimeRecovery",
          written: { state: "absent" },
          otherwise: 35,
          write: () => "pointInTimeRecovery: true",
        },
        encryption: {
          property: "kmsKeyArn",
          tier: replicaTier(key, upTo("customer-managed")),
          openBecause:
            key.state === "unknown"
              ? openKey("kmsKeyArn")
              : "without a kmsKeyArn a replica is encrypted as its table is, which this resource does not say",
          write: () => "kmsKeyArn: <ARN of your key in that Region>",
        },
        tags: ownTags(resource),
        resourcePolicies: [],
      },
    ];
    return { label, name: { state: "absent" }, copies, ignored, protect, direct };
  },
};
