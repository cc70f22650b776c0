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
  { number: "3", behaviour: "More than five tables deleted in ten minutes", detections: ["multiple-tables-deleted"] },
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
    detections: ["backup-deleted-then-table"],
  },
  { number: "46e", behaviour: "Recovery on, then an export", detections: ["recovery-on-then-exported"] },
];
