import type { Corpus } from "./corpus";
import { backupDeleted } from "./detections/backupDeleted";
import { backupListed } from "./detections/backupListed";
import { deletionProtectionDisabled } from "./detections/deletionProtectionDisabled";
import { multipleTablesCreated } from "./detections/multipleTablesCreated";
import { multipleTablesDeleted } from "./detections/multipleTablesDeleted";
import { multipleUpdateOperations } from "./detections/multipleUpdateOperations";
import { tableItemDeleted } from "./detections/tableItemDeleted";
import { tableItemUpdated } from "./detections/tableItemUpdated";
import { tableScanned } from "./detections/tableScanned";

/** The labelled events of every detection that a filter can say. */
export const corpora: readonly Corpus[] = [
  backupDeleted,
  backupListed,
  deletionProtectionDisabled,
  multipleTablesCreated,
  multipleTablesDeleted,
  multipleUpdateOperations,
  tableItemDeleted,
  tableItemUpdated,
  tableScanned,
];

export type { Corpus, Happening } from "./corpus";
export { alertsOf, eventsOf } from "./corpus";
