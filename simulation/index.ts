import type { ResolvedResource } from "./delivery/stack";
import { Simulation, type SimulationOptions } from "./simulation";

export { type CloudTrailRecord, isRecord, timeOf } from "../detections/event/record";
export { actorOf, type EventSummary, summaryOf, tablesOf } from "../detections/event/summary";
export { compilePredicate, type Predicate } from "../detections/filterPattern";
export type { Alert } from "./alert";
export { categoryOf } from "./cloudtrail/category";
export { type AlarmReadings, maxListedEvents } from "./cloudwatch/alarm";
export { type Hop, type HopName, hopNames } from "./delivery/hop";
export type { ResolvedResource } from "./delivery/stack";
export type { Effects } from "./effects";
export { InputError } from "./inputError";
export type { Call, Needed } from "./logs/needed";
export { type Reading, readings } from "./readings";
export { type Report, Run, type RunOptions, Simulation, type SimulationOptions, type Stopped } from "./simulation";

/**
 * A local model of the data path that these resources deploy. They come from a resolved preview or a stack export: unknown
 * inputs are an error, since the wiring hangs on names and ARNs.
 */
export function simulate(resources: readonly ResolvedResource[], options?: SimulationOptions): Simulation {
  return new Simulation(resources, options);
}
