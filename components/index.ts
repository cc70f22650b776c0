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
export { ConfigRecorder, type ConfigRecorderArgs, RecordingFrequency } from "./configRecorder";
export { ConfigRemediation, type ConfigRemediationArgs, type RemediationSettingsArgs } from "./configRemediation";
export {
  ConfigRules,
  type ConfigRulesArgs,
  EvaluationFrequency,
  type RequiredTagArgs,
  type RuleScopeArgs,
  type RuleSettingsArgs,
  type WatchedStackArgs,
} from "./configRules";
export {
  DetectionAlarms,
  type DetectionAlarmsArgs,
  type DetectionSettingsArgs,
  type OwnStateArgs,
} from "./detectionAlarms";
export {
  type ConfigRecordingArgs,
  DetectiveControls,
  type DetectiveControlsArgs,
  type MonitoredStreamsArgs,
  type PagingArgs,
} from "./detectiveControls";
export { EvidencePolicy } from "./evidence";
export { StatefulDetector, type StatefulDetectorArgs } from "./statefulDetector";
export { StateTable, type StateTableArgs } from "./stateTable";
export {
  GuardedChange,
  type ItemDetectionSettingsArgs,
  KeyDisplay,
  type MonitoredTableArgs,
  StreamMonitor,
  type StreamMonitorArgs,
  StreamStartingPosition,
} from "./streamMonitor";
