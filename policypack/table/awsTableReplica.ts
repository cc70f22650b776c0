import { writeTags } from "./awsTable";
import { replicaTier, upTo } from "./encryption";
import { boolean, map, read, string } from "./reading";
import type { TableAdapter } from "./view";

/** `aws.dynamodb.TableReplica`: one more copy of a table that another resource, or another program, created. */
export const awsTableReplica: TableAdapter = {
  type: "aws:dynamodb/tableReplica:TableReplica",
  view: ({ name, props }) => ({
    copies: [
      {
        label: `Table replica ${JSON.stringify(name)}`,
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
          tier: replicaTier(read(props, "kmsKeyArn", string), upTo("customer-managed")),
          openBecause: "without a kmsKeyArn a replica is encrypted as its table is, which this resource does not say",
          write: () => "kmsKeyArn: <ARN of your key in that Region>",
        },
        tags: {
          from: "copy",
          property: "tags",
          tags: read(props, "tags", map),
          tagsAll: read(props, "tagsAll", map),
          write: writeTags,
        },
      },
    ],
  }),
};
