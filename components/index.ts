// Before anything that uses the provider.
import "./providerVersion";

export {
  AlertChannel,
  type AlertChannelArgs,
  type PagerDutyArgs,
  type SlackArgs,
  type SqsArgs,
  type TeamsArgs,
} from "./alertChannel";
export { AlertNotifier, type AlertNotifierArgs } from "./alertNotifier";
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
  type DetectionSettingsArgs,
  type OwnStateArgs,
} from "./detectionAlarms";
export {
  DetectiveControls,
  type DetectiveControlsArgs,
  type MonitoredStreamsArgs,
  type PagingArgs,
} from "./detectiveControls";
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
