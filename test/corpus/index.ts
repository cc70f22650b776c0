import type { Corpus } from "./corpus";
import { backupDeleted } from "./detections/backupDeleted";
import { backupDeletedThenTable } from "./detections/backupDeletedThenTable";
import { backupListed } from "./detections/backupListed";
import { deletionProtectionDisabled } from "./detections/deletionProtectionDisabled";
import { detectorStateTampered } from "./detections/detectorStateTampered";
import { keyPendingDeletionUsed } from "./detections/keyPendingDeletionUsed";
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
import { tableKeyChanged } from "./detections/tableKeyChanged";
import { tableKeyDisabled } from "./detections/tableKeyDisabled";
import { tableKeyDropped } from "./detections/tableKeyDropped";
import { tableKeyGrantsChanged } from "./detections/tableKeyGrantsChanged";
import { tableKeyMaterialChanged } from "./detections/tableKeyMaterialChanged";
import { tableKeyPolicyChanged } from "./detections/tableKeyPolicyChanged";
import { tableKeyUseDenied } from "./detections/tableKeyUseDenied";
import { tableKeyUsedByNewPrincipal } from "./detections/tableKeyUsedByNewPrincipal";
import { tableKeyUsedDirectly } from "./detections/tableKeyUsedDirectly";
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
  tableKeyDisabled,
  tableKeyMaterialChanged,
  tableKeyPolicyChanged,
  tableKeyGrantsChanged,
  tableKeyUsedDirectly,
  tableKeyUseDenied,
  tableKeyUsedByNewPrincipal,
  keyPendingDeletionUsed,
  tableKeyChanged,
  tableKeyDropped,
];

export type { Corpus, Happening } from "./corpus";
export { alertsOf, eventsOf } from "./corpus";
