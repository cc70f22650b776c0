// Before anything that uses the provider.
import "./providerVersion";

export { AlertChannel, type AlertChannelArgs } from "./alertChannel";
export { ArgumentError } from "./argumentError";
export {
  AuditTrail,
  type AuditTrailArgs,
  type ExistingTrailArgs,
  type ObjectLockArgs,
  ObjectLockMode,
} from "./auditTrail";
export { ConfigRecorder, type ConfigRecorderArgs } from "./configRecorder";
export { ConfigRules, type ConfigRulesArgs, type RequiredTagArgs } from "./configRules";
export {
  DetectionAlarms,
  type DetectionAlarmsArgs,
  DetectionProfile,
  type DetectionSettingsArgs,
  type OwnStateArgs,
} from "./detectionAlarms";
export { DetectiveControls, type DetectiveControlsArgs, type MonitoredStreamsArgs } from "./detectiveControls";
export { EvidencePolicy } from "./evidence";
export { StatefulDetector, type StatefulDetectorArgs } from "./statefulDetector";
export { StateTable, type StateTableArgs } from "./stateTable";
export {
  KeyDisplay,
  type MonitoredTableArgs,
  StreamMonitor,
  type StreamMonitorArgs,
  StreamStartingPosition,
} from "./streamMonitor";
