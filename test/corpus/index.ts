import type { Corpus } from "./corpus";
import { backupDeleted } from "./detections/backupDeleted";
import { backupDeletedThenTable } from "./detections/backupDeletedThenTable";
import { backupListed } from "./detections/backupListed";
import { deletionProtectionDisabled } from "./detections/deletionProtectionDisabled";
import { detectorStateTampered } from "./detections/detectorStateTampered";
import { manyTablesRead } from "./detections/manyTablesRead";
import { massRead } from "./detections/massRead";
import { multipleTablesCreated } from "./detections/multipleTablesCreated";
import { multipleTablesDeleted } from "./detections/multipleTablesDeleted";
import { multipleUpdateOperations } from "./detections/multipleUpdateOperations";
import { newCountrySeen } from "./detections/newCountrySeen";
import { newPrincipalSeen } from "./detections/newPrincipalSeen";
import { protectionOffThenDeleted } from "./detections/protectionOffThenDeleted";
import { recoveryOnThenExported } from "./detections/recoveryOnThenExported";
import { tableItemDeleted } from "./detections/tableItemDeleted";
import { tableItemUpdated } from "./detections/tableItemUpdated";
import { tableScanned } from "./detections/tableScanned";

/** The labelled events of every detection. */
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
  backupDeletedThenTable,
  detectorStateTampered,
  manyTablesRead,
  massRead,
  newCountrySeen,
  newPrincipalSeen,
  protectionOffThenDeleted,
  recoveryOnThenExported,
];

export type { Corpus, Happening } from "./corpus";
export { alertsOf, eventsOf } from "./corpus";
