/** What no detection of item changes can see. */
export const streamLimits: readonly string[] = [
  "A stream carries no caller: the finding holds the query that names one, for which the trail must log the table's data events.",
  "Only tables that are named to the stream monitor are watched. A table that is deleted takes its items along without a change in its stream: see multiple-tables-deleted.",
];

/** Where changes are counted in windows. */
export const countingLimits: readonly string[] = [
  "The alarm counts what all environments of the function saw, in periods by the time of processing. The finding comes from one environment, which sees some shards only: spread over many shards, the alarm may fire without a finding.",
];

/** Where time to live is told from people. */
export const replicaLimit =
  "In a global table the removal by time to live is marked in the Region where it happened; in the others it looks like any REMOVE.";
