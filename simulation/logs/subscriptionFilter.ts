import type { FilterPattern } from "../../detections/filterPattern";
import { compilePredicate, type Predicate } from "../../detections/filterPattern";
import { readPattern } from "./metricFilter";

/** A subscription filter: sends whole log events to a function or a stream. */
export interface SubscriptionFilter {
  name: string;
  logGroupName: string;
  /** Absent: every event. */
  pattern?: FilterPattern;
  matches: Predicate;
  destinationArn: string;
}

/** Reads `aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter` inputs. */
export function readSubscriptionFilter(resource: string, inputs: Record<string, unknown>): SubscriptionFilter {
  const written = String(inputs["filterPattern"] ?? "").trim();
  const pattern = written === "" ? undefined : readPattern(resource, written);
  return {
    name: resource,
    logGroupName: String(inputs["logGroup"] ?? ""),
    ...(pattern && { pattern }),
    matches: pattern ? compilePredicate(pattern) : () => true,
    destinationArn: String(inputs["destinationArn"] ?? ""),
  };
}
