export { catalog, detectionById, families, isItemLevel, isStateful, publishedAlerts } from "./catalog";
export {
  type CompiledDetection,
  type CompiledEvents,
  type CompiledFilter,
  type CompileOptions,
  compileDetection,
  compileEvents,
  compileSubscription,
  type EventScope,
  type Exclusions,
  scopesOf,
} from "./compile";
export { checkTransformation, type MetricTransformation } from "./compile/dimensions";
export { CompileError } from "./compile/error";
export * from "./condition";
export { type DeployedDetection, type DeployedRule, detectionsFile } from "./deployedDetection";
export { describeAlarm, describeDetection, describeRule, duration } from "./describe";
export * from "./detection";
export { type CloudTrailRecord, isRecord, timeOf } from "./event/record";
export { actorOf, type EventSummary, summaryOf, tablesOf } from "./event/summary";
export { type TableIdentity, tableIdentitiesOf, tableKey } from "./event/tables";
export * from "./filterPattern";
export { bindLists, type ListName, type Lists, listNames, listsIn } from "./lists";
export { type FilterControl, filterControls, type SecurityHubControl } from "./mappings/controls";
export { metricsInsightsQuery } from "./metricsInsights";
export { bindOwn, type Own, type OwnState } from "./own";
export { DetectionProfile, isInProfile } from "./profile";
export * from "./statefulRule";
