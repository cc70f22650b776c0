import type { Corpus } from "./corpus";
import { accessDeniedBurst } from "./detections/accessDeniedBurst";
import { autoScalingChanged } from "./detections/autoScalingChanged";
import { backupDeleted } from "./detections/backupDeleted";
import { backupDeletedThenTable } from "./detections/backupDeletedThenTable";
import { backupListed } from "./detections/backupListed";
import { broadPolicyGranted } from "./detections/broadPolicyGranted";
import { capacityCut } from "./detections/capacityCut";
import { crossAccountCaller } from "./detections/crossAccountCaller";
import { daxClusterChanged } from "./detections/daxClusterChanged";
import { daxClusterCreated } from "./detections/daxClusterCreated";
import { decoyTableTouched } from "./detections/decoyTableTouched";
import { deletionProtectionDisabled } from "./detections/deletionProtectionDisabled";
import { detectorStateTampered } from "./detections/detectorStateTampered";
import { keyPendingDeletionUsed } from "./detections/keyPendingDeletionUsed";
import { manyRegionsEnumerated } from "./detections/manyRegionsEnumerated";
import { manyTablesDescribed } from "./detections/manyTablesDescribed";
import { manyTablesRead } from "./detections/manyTablesRead";
import { massRead } from "./detections/massRead";
import { multipleTablesCreated } from "./detections/multipleTablesCreated";
import { multipleTablesDeleted } from "./detections/multipleTablesDeleted";
import { multipleUpdateOperations } from "./detections/multipleUpdateOperations";
import { newCountrySeen } from "./detections/newCountrySeen";
import { newPrincipalSeen } from "./detections/newPrincipalSeen";
import { newRegionUsed } from "./detections/newRegionUsed";
import { protectionOffThenDeleted } from "./detections/protectionOffThenDeleted";
import { recoveryOnThenExported } from "./detections/recoveryOnThenExported";
import { reservedCapacityBought } from "./detections/reservedCapacityBought";
import { rootUsed } from "./detections/rootUsed";
import { tableImported } from "./detections/tableImported";
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
  manyTablesDescribed,
  manyRegionsEnumerated,
  accessDeniedBurst,
  rootUsed,
  newRegionUsed,
  crossAccountCaller,
  capacityCut,
  autoScalingChanged,
  daxClusterCreated,
  daxClusterChanged,
  tableImported,
  reservedCapacityBought,
  decoyTableTouched,
  broadPolicyGranted,
];

export type { Corpus, Happening } from "./corpus";
export { alertsOf, eventsOf } from "./corpus";
