import type { ComplianceRule } from "./rule";
import { alarmActions, alarmActionsEnabled, alarmSettings } from "./rules/alarms";
import { inBackupPlan, protectedByBackupPlan, recentRecoveryPoint, restoreTime } from "./rules/backups";
import { daxEncryption, daxTls } from "./rules/dax";
import { functionConcurrency, functionDeadLetters, functionNotPublic, functionSettings } from "./rules/functions";
import {
  keyNotPublic,
  keyNotScheduledForDeletion,
  keyRotation,
  topicDeliveryLogged,
  topicEncrypted,
  topicNotPublic,
} from "./rules/keysAndTopics";
import { replicaRegions, replicaTagged, streamEnabled } from "./rules/replicasAndStreams";
import {
  autoscaling,
  crossRegionReplication,
  deletionProtection,
  encryptedWithKms,
  encryptionEnabled,
  pointInTimeRecovery,
  throughputLimit,
} from "./rules/tables";
import { requiredTags } from "./rules/tags";
import {
  logGroupEncrypted,
  logGroupRetention,
  trailEnabled,
  trailEncryption,
  trailInAllRegions,
  trailToCloudWatchLogs,
  trailValidation,
} from "./rules/trail";

export { type NotCovered, notCovered } from "./notCovered";
export { type InventoryQuery, inventoryQueries } from "./queries";
export { isAvailable, knownRegions, regionsWithout } from "./regions";
export * from "./rule";
export { defaultRequiredTags, tagsPerRule } from "./rules/tags";

/** Every rule of AWS Config that this project can deploy, in the order of the reference page. */
export const complianceRules: readonly ComplianceRule[] = [
  pointInTimeRecovery,
  deletionProtection,
  encryptedWithKms,
  requiredTags,
  encryptionEnabled,
  crossRegionReplication,
  autoscaling,
  throughputLimit,
  replicaTagged,
  replicaRegions,
  streamEnabled,
  inBackupPlan,
  protectedByBackupPlan,
  recentRecoveryPoint,
  restoreTime,
  daxEncryption,
  daxTls,
  trailEnabled,
  trailInAllRegions,
  trailValidation,
  trailEncryption,
  trailToCloudWatchLogs,
  logGroupEncrypted,
  logGroupRetention,
  alarmActions,
  alarmActionsEnabled,
  alarmSettings,
  keyNotScheduledForDeletion,
  keyRotation,
  keyNotPublic,
  topicEncrypted,
  topicNotPublic,
  topicDeliveryLogged,
  functionNotPublic,
  functionDeadLetters,
  functionSettings,
  functionConcurrency,
];
