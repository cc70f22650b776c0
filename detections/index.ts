export { catalog, detectionById, isStateful, publishedAlerts } from "./catalog";
export {
  type CompiledDetection,
  type CompiledFilter,
  type CompileOptions,
  compileDetection,
  type Exclusions,
} from "./compile";
export { checkTransformation, type MetricTransformation } from "./compile/dimensions";
export { CompileError } from "./compile/error";
export * from "./condition";
export { describeAlarm } from "./describe";
export * from "./detection";
export * from "./filterPattern";
export { metricsInsightsQuery } from "./metricsInsights";
