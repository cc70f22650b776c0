export { catalog, detectionById, isStateful, publishedAlerts } from "./catalog";
export {
  type CompiledDetection,
  type CompiledFilter,
  type CompileOptions,
  type CompiledEvents,
  compileDetection,
  compileEvents,
  type Exclusions,
} from "./compile";
export { checkTransformation, type MetricTransformation } from "./compile/dimensions";
export { CompileError } from "./compile/error";
export * from "./condition";
export { describeAlarm, describeDetection, describeRule, duration } from "./describe";
export * from "./detection";
export { type CloudTrailRecord, isRecord, timeOf } from "./event/record";
export { actorOf, type EventSummary, summaryOf, tablesOf } from "./event/summary";
export * from "./filterPattern";
export { metricsInsightsQuery } from "./metricsInsights";
export * from "./statefulRule";
