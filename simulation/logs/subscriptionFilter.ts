import { compilePredicate, type Predicate } from "../../detections/filterPattern";
import { readPattern } from "./metricFilter";
import { type Call, type Needed, neededBy } from "./needed";

/** A subscription filter: sends whole log events to a function or a stream. */
export interface SubscriptionFilter {
  name: string;
  logGroupName: string;
  /** Without a pattern, every event. */
  matches: Predicate;
  /** What an event of a call must hold to match. */
  neededOf(call: Call): Needed;
  destinationArn: string;
}

/** Reads `aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter` inputs. */
export function readSubscriptionFilter(resource: string, inputs: Record<string, unknown>): SubscriptionFilter {
  const written = String(inputs["filterPattern"] ?? "").trim();
  const pattern = written === "" ? undefined : readPattern(resource, written);
  return {
    name: resource,
    logGroupName: String(inputs["logGroup"] ?? ""),
    matches: pattern ? compilePredicate(pattern) : () => true,
    neededOf: (call) => pattern === undefined || neededBy(pattern, call),
    destinationArn: String(inputs["destinationArn"] ?? ""),
  };
}
