export { canaryLogStream, canaryMetric, canaryPattern, canaryReturnedMetric, canarySource } from "./canary";
export {
  catalog,
  detectionById,
  entries,
  isStateful,
  itemDetectionById,
  itemDetections,
  publishedAlerts,
} from "./catalog";
export {
  type CompiledDetection,
  type CompiledEvents,
  type CompiledFilter,
  type CompileOptions,
  compileDetection,
  compileEvents,
  compileSubscription,
  type Exclusions,
} from "./compile";
export { checkTransformation, type MetricTransformation } from "./compile/dimensions";
export { CompileError } from "./compile/error";
export * from "./condition";
export { type DeployedDetection, type DeployedRule, detectionsFile } from "./deployedDetection";
export { describeAlarm, describeDetection, describeRule, duration } from "./describe";
export * from "./detection";
export { parseDocumentPath } from "./documentPath";
export { type CloudTrailRecord, isRecord, timeOf } from "./event/record";
export { actorOf, type EventSummary, summaryOf, tablesOf } from "./event/summary";
export { type TableIdentity, tableIdentitiesOf, tableKey } from "./event/tables";
export * from "./filterPattern";
export * from "./itemRule";
export { metricsInsightsQuery } from "./metricsInsights";
export { bindOwnState, type OwnState } from "./ownState";
export * from "./statefulRule";
export * from "./watchedTable";
