/** What no rule here can say, why, and what does say it. */
export interface NotCovered {
  what: string;
  why: string;
  instead: string;
}

const noPath = "AWS's published schema of the table's configuration item has no such property";

export const notCovered: readonly NotCovered[] = [
  {
    what: "A resource policy that admits everybody, or another account",
    why: `${noPath}: AWS Config does not record resource policies of tables and streams.`,
    instead: "Block Public Access of DynamoDB refuses public ones; external access shows in IAM Access Analyzer.",
  },
  {
    what: "Days of point-in-time recovery",
    why: `${noPath}; \`dynamodb-pitr-enabled\` looks only at whether it is on.`,
    instead: "The policy pack, before deployment.",
  },
  {
    what: "A customer managed key, whichever",
    why: "The item names the key and not who manages it.",
    instead: "`dynamodb-table-encrypted-kms` with the keys listed in `kmsKeyArns`, and the policy pack.",
  },
  {
    what: "A replica in a Region without a recorder",
    why: "AWS Config records a replica in its own Region only.",
    instead: "`dynamodb-replica-regions` with the Regions that have one.",
  },
  {
    what: "Time to live, Contributor Insights, Kinesis destinations, backups made by hand",
    why: `${noPath}.`,
    instead: "CloudTrail events of the calls that change them.",
  },
];
