import type { Corpus } from "./corpus";
import { accessDeniedBurst } from "./detections/accessDeniedBurst";
import { alarmsSilenced } from "./detections/alarmsSilenced";
import { alertChannelCut } from "./detections/alertChannelCut";
import { autoScalingChanged } from "./detections/autoScalingChanged";
import { backupDeleted } from "./detections/backupDeleted";
import { backupDeletedThenTable } from "./detections/backupDeletedThenTable";
import { backupListed } from "./detections/backupListed";
import { backupRestoredThenScanned } from "./detections/backupRestoredThenScanned";
import { broadPolicyGranted } from "./detections/broadPolicyGranted";
import { capacityCut } from "./detections/capacityCut";
import { configRecorderStopped } from "./detections/configRecorderStopped";
import { configRulesDeleted } from "./detections/configRulesDeleted";
import { crossAccountCaller } from "./detections/crossAccountCaller";
import { daxClusterChanged } from "./detections/daxClusterChanged";
import { daxClusterCreated } from "./detections/daxClusterCreated";
import { decoyTableTouched } from "./detections/decoyTableTouched";
import { deletionProtectionDisabled } from "./detections/deletionProtectionDisabled";
import { detectorFunctionTampered } from "./detections/detectorFunctionTampered";
import { detectorStateTampered } from "./detections/detectorStateTampered";
import { detectorsChanged } from "./detections/detectorsChanged";
import { eventSelectorsChanged } from "./detections/eventSelectorsChanged";
import { indexAddedThenRead } from "./detections/indexAddedThenRead";
import { indexOfAllAttributesAdded } from "./detections/indexOfAllAttributesAdded";
import { keyPendingDeletionUsed } from "./detections/keyPendingDeletionUsed";
import { kinesisDestinationEnabled } from "./detections/kinesisDestinationEnabled";
import { logsCut } from "./detections/logsCut";
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
import { partiqlReadByNewPrincipal } from "./detections/partiqlReadByNewPrincipal";
import { pointInTimeRecoveryDisabled } from "./detections/pointInTimeRecoveryDisabled";
import { protectionOffThenDeleted } from "./detections/protectionOffThenDeleted";
import { readThroughWrite } from "./detections/readThroughWrite";
import { recoveryOffBackupDeletedTableDeleted } from "./detections/recoveryOffBackupDeletedTableDeleted";
import { recoveryOnThenExported } from "./detections/recoveryOnThenExported";
import { replicaAdded } from "./detections/replicaAdded";
import { reservedCapacityBought } from "./detections/reservedCapacityBought";
import { resourcePolicyChanged } from "./detections/resourcePolicyChanged";
import { rootUsed } from "./detections/rootUsed";
import { streamConsumerAdded } from "./detections/streamConsumerAdded";
import { streamDisabled } from "./detections/streamDisabled";
import { streamEnabled } from "./detections/streamEnabled";
import { streamOnThenConsumerAdded } from "./detections/streamOnThenConsumerAdded";
import { streamReadDirectly } from "./detections/streamReadDirectly";
import { streamTriggerStopped } from "./detections/streamTriggerStopped";
import { tableDeleted } from "./detections/tableDeleted";
import { tableExported } from "./detections/tableExported";
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
import { tableRestored } from "./detections/tableRestored";
import { tableScanned } from "./detections/tableScanned";
import { timeToLiveEnabled } from "./detections/timeToLiveEnabled";
import { trailStopped } from "./detections/trailStopped";

/** The labelled events of every detection. */
export const corpora: readonly Corpus[] = [
  accessDeniedBurst,
  alarmsSilenced,
  alertChannelCut,
  autoScalingChanged,
  backupDeleted,
  backupDeletedThenTable,
  backupListed,
  backupRestoredThenScanned,
  broadPolicyGranted,
  capacityCut,
  configRecorderStopped,
  configRulesDeleted,
  crossAccountCaller,
  daxClusterChanged,
  daxClusterCreated,
  decoyTableTouched,
  deletionProtectionDisabled,
  detectorFunctionTampered,
  detectorStateTampered,
  detectorsChanged,
  eventSelectorsChanged,
  indexAddedThenRead,
  indexOfAllAttributesAdded,
  keyPendingDeletionUsed,
  kinesisDestinationEnabled,
  logsCut,
  manyRegionsEnumerated,
  manyTablesDescribed,
  manyTablesRead,
  massRead,
  multipleTablesCreated,
  multipleTablesDeleted,
  multipleUpdateOperations,
  newCountrySeen,
  newPrincipalSeen,
  newRegionUsed,
  partiqlReadByNewPrincipal,
  pointInTimeRecoveryDisabled,
  protectionOffThenDeleted,
  readThroughWrite,
  recoveryOffBackupDeletedTableDeleted,
  recoveryOnThenExported,
  replicaAdded,
  reservedCapacityBought,
  resourcePolicyChanged,
  rootUsed,
  streamConsumerAdded,
  streamDisabled,
  streamEnabled,
  streamOnThenConsumerAdded,
  streamReadDirectly,
  streamTriggerStopped,
  tableDeleted,
  tableExported,
  tableImported,
  tableItemDeleted,
  tableItemUpdated,
  tableKeyChanged,
  tableKeyDisabled,
  tableKeyDropped,
  tableKeyGrantsChanged,
  tableKeyMaterialChanged,
  tableKeyPolicyChanged,
  tableKeyUseDenied,
  tableKeyUsedByNewPrincipal,
  tableKeyUsedDirectly,
  tableRestored,
  tableScanned,
  timeToLiveEnabled,
  trailStopped,
];

export type { Corpus, Happening } from "./corpus";
export { alertsOf, eventsOf } from "./corpus";
