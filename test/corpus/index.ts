import type { Corpus } from "./corpus";
import { alarmsSilenced } from "./detections/alarmsSilenced";
import { alertChannelCut } from "./detections/alertChannelCut";
import { backupDeleted } from "./detections/backupDeleted";
import { backupDeletedThenTable } from "./detections/backupDeletedThenTable";
import { backupListed } from "./detections/backupListed";
import { backupRestoredThenScanned } from "./detections/backupRestoredThenScanned";
import { configRecorderStopped } from "./detections/configRecorderStopped";
import { configRulesDeleted } from "./detections/configRulesDeleted";
import { deletionProtectionDisabled } from "./detections/deletionProtectionDisabled";
import { detectorFunctionTampered } from "./detections/detectorFunctionTampered";
import { detectorStateTampered } from "./detections/detectorStateTampered";
import { detectorsChanged } from "./detections/detectorsChanged";
import { eventSelectorsChanged } from "./detections/eventSelectorsChanged";
import { indexAddedThenRead } from "./detections/indexAddedThenRead";
import { indexOfAllAttributesAdded } from "./detections/indexOfAllAttributesAdded";
import { kinesisDestinationEnabled } from "./detections/kinesisDestinationEnabled";
import { logsCut } from "./detections/logsCut";
import { manyTablesRead } from "./detections/manyTablesRead";
import { massRead } from "./detections/massRead";
import { multipleTablesCreated } from "./detections/multipleTablesCreated";
import { multipleTablesDeleted } from "./detections/multipleTablesDeleted";
import { multipleUpdateOperations } from "./detections/multipleUpdateOperations";
import { newCountrySeen } from "./detections/newCountrySeen";
import { newPrincipalSeen } from "./detections/newPrincipalSeen";
import { partiqlReadByNewPrincipal } from "./detections/partiqlReadByNewPrincipal";
import { pointInTimeRecoveryDisabled } from "./detections/pointInTimeRecoveryDisabled";
import { protectionOffThenDeleted } from "./detections/protectionOffThenDeleted";
import { readThroughWrite } from "./detections/readThroughWrite";
import { recoveryOffBackupDeletedTableDeleted } from "./detections/recoveryOffBackupDeletedTableDeleted";
import { recoveryOnThenExported } from "./detections/recoveryOnThenExported";
import { replicaAdded } from "./detections/replicaAdded";
import { resourcePolicyChanged } from "./detections/resourcePolicyChanged";
import { streamConsumerAdded } from "./detections/streamConsumerAdded";
import { streamDisabled } from "./detections/streamDisabled";
import { streamEnabled } from "./detections/streamEnabled";
import { streamOnThenConsumerAdded } from "./detections/streamOnThenConsumerAdded";
import { streamReadDirectly } from "./detections/streamReadDirectly";
import { streamTriggerStopped } from "./detections/streamTriggerStopped";
import { tableDeleted } from "./detections/tableDeleted";
import { tableExported } from "./detections/tableExported";
import { tableItemDeleted } from "./detections/tableItemDeleted";
import { tableItemUpdated } from "./detections/tableItemUpdated";
import { tableRestored } from "./detections/tableRestored";
import { tableScanned } from "./detections/tableScanned";
import { timeToLiveEnabled } from "./detections/timeToLiveEnabled";
import { trailStopped } from "./detections/trailStopped";

/** The labelled events of every detection. */
export const corpora: readonly Corpus[] = [
  alarmsSilenced,
  alertChannelCut,
  backupDeleted,
  backupDeletedThenTable,
  backupListed,
  backupRestoredThenScanned,
  configRecorderStopped,
  configRulesDeleted,
  deletionProtectionDisabled,
  detectorFunctionTampered,
  detectorStateTampered,
  detectorsChanged,
  eventSelectorsChanged,
  indexAddedThenRead,
  indexOfAllAttributesAdded,
  kinesisDestinationEnabled,
  logsCut,
  manyTablesRead,
  massRead,
  multipleTablesCreated,
  multipleTablesDeleted,
  multipleUpdateOperations,
  newCountrySeen,
  newPrincipalSeen,
  partiqlReadByNewPrincipal,
  pointInTimeRecoveryDisabled,
  protectionOffThenDeleted,
  readThroughWrite,
  recoveryOffBackupDeletedTableDeleted,
  recoveryOnThenExported,
  replicaAdded,
  resourcePolicyChanged,
  streamConsumerAdded,
  streamDisabled,
  streamEnabled,
  streamOnThenConsumerAdded,
  streamReadDirectly,
  streamTriggerStopped,
  tableDeleted,
  tableExported,
  tableItemDeleted,
  tableItemUpdated,
  tableRestored,
  tableScanned,
  timeToLiveEnabled,
  trailStopped,
];

export type { Corpus, Happening } from "./corpus";
export { alertsOf, eventsOf } from "./corpus";
