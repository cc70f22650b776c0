/**
 * What is known to be worth detecting on DynamoDB: the published rules of vendors and of open catalogs, the attack techniques that
 * are written up, and gaps that nobody covers, merged. Each has its detections, or the reason why it has none.
 */
export interface Surveyed {
  /** Number in the survey; a sequence of number 46 has a letter. */
  number: string;
  behaviour: string;
  /** Ids of the detections that see it. */
  detections: readonly string[];
  /** What of it is left out, and why. */
  omitted?: string;
}

export const survey: readonly Surveyed[] = [
  { number: "1", behaviour: "Backup deleted", detections: ["backup-deleted"] },
  { number: "2", behaviour: "Item deleted", detections: ["table-item-deleted"] },
  {
    number: "3",
    behaviour: "More than five tables deleted in ten minutes",
    detections: ["multiple-tables-deleted", "table-deleted"],
  },
  { number: "4", behaviour: "More than five tables created in ten minutes", detections: ["multiple-tables-created"] },
  { number: "5", behaviour: "Deletion protection switched off", detections: ["deletion-protection-disabled"] },
  { number: "6", behaviour: "Table scanned", detections: ["table-scanned"] },
  { number: "7", behaviour: "Activity from a new country", detections: ["new-country-seen"] },
  { number: "8", behaviour: "Item updated", detections: ["table-item-updated"] },
  { number: "9", behaviour: "Backups listed", detections: ["backup-listed"] },
  {
    number: "10",
    behaviour: "More than five changes of one table's settings by one principal in ten minutes",
    detections: ["multiple-update-operations"],
  },
  { number: "11", behaviour: "Table exported to a bucket", detections: ["table-exported"] },
  { number: "12", behaviour: "Recovery switched on, then an export", detections: ["recovery-on-then-exported"] },
  {
    number: "13",
    behaviour: "Point-in-time recovery switched off or shortened",
    detections: ["point-in-time-recovery-disabled"],
  },
  { number: "14", behaviour: "Replica added in another Region", detections: ["replica-added"] },
  { number: "15", behaviour: "Stream switched on", detections: ["stream-enabled"] },
  { number: "16", behaviour: "New consumer on a stream", detections: ["stream-consumer-added"] },
  { number: "17", behaviour: "Stream read by a principal and not by Lambda", detections: ["stream-read-directly"] },
  { number: "18", behaviour: "Kinesis destination enabled or changed", detections: ["kinesis-destination-enabled"] },
  { number: "19", behaviour: "Resource policy of a table or stream changed", detections: ["resource-policy-changed"] },
  { number: "20", behaviour: "Table restored to a new one", detections: ["table-restored"] },
  {
    number: "21",
    behaviour: "Index with all attributes added, then queried",
    detections: ["index-of-all-attributes-added", "index-added-then-read"],
  },
  { number: "22", behaviour: "Read by PartiQL", detections: ["partiql-read-by-new-principal", "table-scanned"] },
  { number: "23", behaviour: "Mass read", detections: ["mass-read", "many-tables-read", "new-principal-seen"] },
  { number: "24", behaviour: "Read through a write", detections: ["read-through-write"] },
  {
    number: "25",
    behaviour: "Time to live enabled or its attribute changed",
    detections: ["time-to-live-enabled"],
    omitted:
      "The deletions that follow: CloudTrail does not log what time to live deletes; the stream monitor tells it apart.",
  },
  { number: "26", behaviour: "Table key disabled or scheduled for deletion", detections: ["table-key-disabled"] },
  {
    number: "27",
    behaviour: "Key policy, grants or imported material of a table key changed",
    detections: ["table-key-policy-changed", "table-key-grants-changed", "table-key-material-changed"],
  },
  {
    number: "28",
    behaviour: "Table moved to another key or to the AWS owned key",
    detections: ["table-key-changed", "table-key-dropped"],
  },
  { number: "29", behaviour: "Key that is pending deletion used", detections: ["key-pending-deletion-used"] },
  {
    number: "30",
    behaviour: "Stream or its trigger stopped",
    detections: ["stream-disabled", "stream-trigger-stopped", "detector-function-tampered"],
  },
  { number: "31", behaviour: "Trail stopped, deleted or changed", detections: ["trail-stopped"] },
  { number: "32", behaviour: "Data events taken out of a trail", detections: ["event-selectors-changed"] },
  {
    number: "33",
    behaviour: "AWS Config stopped or narrowed",
    detections: ["config-recorder-stopped", "config-rules-deleted"],
  },
  {
    number: "34",
    behaviour: "Alerting tampered with",
    detections: ["alarms-silenced", "alert-channel-cut", "logs-cut", "detectors-changed", "detector-state-tampered"],
  },
  {
    number: "35",
    behaviour: "Tables enumerated, over many tables or Regions",
    detections: ["many-tables-described", "many-regions-enumerated"],
    omitted: "ListTables in one Region: consoles and tools make it all day, and one call is no enumeration.",
  },
  {
    number: "36",
    behaviour: "Burst of refused calls on tables or their keys",
    detections: ["access-denied-burst", "table-key-use-denied"],
  },
  { number: "37", behaviour: "Root user at work on tables", detections: ["root-used"] },
  { number: "38", behaviour: "Activity in a Region that is not in use", detections: ["new-region-used"] },
  { number: "39", behaviour: "Caller of another account", detections: ["cross-account-caller"] },
  {
    number: "40",
    behaviour: "Capacity sabotaged",
    detections: ["capacity-cut", "auto-scaling-changed"],
    omitted: "Capacity that is lowered and stays above five units: an event does not say what it was before.",
  },
  {
    number: "41",
    behaviour: "DAX cluster created, deleted or changed",
    detections: ["dax-cluster-created", "dax-cluster-changed"],
    omitted: "Reads and writes that a DAX cluster serves: CloudTrail logs its control plane only.",
  },
  { number: "42", behaviour: "Table imported", detections: ["table-imported"] },
  { number: "43", behaviour: "Reserved capacity bought", detections: ["reserved-capacity-bought"] },
  { number: "44", behaviour: "Decoy table touched", detections: ["decoy-table-touched"] },
  {
    number: "45",
    behaviour: "Broad DynamoDB policy created or attached",
    detections: ["broad-policy-granted"],
    omitted:
      "That one policy was first created and then attached: the two calls are seen, their connection is not asked for.",
  },
  { number: "46a", behaviour: "Protection off, then the table deleted", detections: ["protection-off-then-deleted"] },
  {
    number: "46b",
    behaviour: "Recovery off, backup deleted, then the table deleted",
    detections: ["recovery-off-backup-deleted-table-deleted", "backup-deleted-then-table"],
  },
  {
    number: "46c",
    behaviour: "Stream switched on, then a new consumer on it",
    detections: ["stream-on-then-consumer-added"],
  },
  {
    number: "46d",
    behaviour: "Backup made, restored to a new table, then scanned",
    detections: ["backup-restored-then-scanned"],
  },
  { number: "46e", behaviour: "Recovery switched on, then an export", detections: ["recovery-on-then-exported"] },
  { number: "47", behaviour: "Table key used outside DynamoDB", detections: ["table-key-used-directly"] },
  { number: "48", behaviour: "Table key used for a new principal", detections: ["table-key-used-by-new-principal"] },
];
