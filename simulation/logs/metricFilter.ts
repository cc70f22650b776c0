import {
  compilePredicate,
  type FilterPattern,
  type Predicate,
  parseFilterPattern,
  parseSelector,
  reader,
} from "../../detections/filterPattern";
import { InputError } from "../inputError";

/** One value for a metric, from one log event. */
export interface MetricValue {
  value: number;
  /** Values in the order of `MetricFilter.dimensionNames`. */
  dimensions: readonly string[];
}

/** A metric filter of a log group. */
export interface MetricFilter {
  name: string;
  logGroupName: string;
  pattern: FilterPattern;
  matches: Predicate;
  namespace: string;
  metricName: string;
  /** Sorted: a metric is identified by its names and values, in no order. */
  dimensionNames: readonly string[];
  /** Value of minutes in which log events arrived and none matched. */
  defaultValue: number | undefined;
  /** What a matching event adds; `undefined` where it has no such value (readings `metric-value`, `missing-dimension`). */
  valueOf(event: unknown): MetricValue | undefined;
}

/** Reads `aws:cloudwatch/logMetricFilter:LogMetricFilter` inputs. Throws an InputError for what AWS would refuse. */
export function readMetricFilter(resourceName: string, inputs: Record<string, unknown>): MetricFilter {
  const text = (value: unknown, key: string): string => {
    if (typeof value === "string") return value;
    throw new InputError(resourceName, key, "is not a text");
  };
  const transformation = (inputs["metricTransformation"] ?? {}) as Record<string, unknown>;
  const pattern = readPattern(resourceName, text(inputs["pattern"], "pattern"));
  const dimensions = Object.entries((transformation["dimensions"] ?? {}) as Record<string, unknown>).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const readers = dimensions.map(([dimension, selector]) => {
    const key = `metricTransformation.dimensions.${dimension}`;
    return readSelector(resourceName, key, text(selector, key));
  });
  const value = readValue(resourceName, text(transformation["value"], "metricTransformation.value"));
  const defaultValue = transformation["defaultValue"];
  return {
    name: typeof inputs["name"] === "string" ? inputs["name"] : resourceName,
    logGroupName: text(inputs["logGroupName"], "logGroupName"),
    pattern,
    matches: compilePredicate(pattern),
    namespace: text(transformation["namespace"], "metricTransformation.namespace"),
    metricName: text(transformation["name"], "metricTransformation.name"),
    dimensionNames: dimensions.map(([key]) => key),
    defaultValue: defaultValue === undefined || defaultValue === "" ? undefined : Number(defaultValue),
    valueOf(event) {
      const number = value(event);
      if (number === undefined) return undefined;
      const values: string[] = [];
      for (const read of readers) {
        const found = read(event);
        if (typeof found !== "string" && typeof found !== "number") return undefined;
        values.push(String(found));
      }
      return { value: number, dimensions: values };
    },
  };
}

/** Pattern of a metric or subscription filter; a mistake names the resource. */
export function readPattern(resourceName: string, text: string): FilterPattern {
  try {
    return parseFilterPattern(text);
  } catch (error) {
    throw new InputError(resourceName, "pattern", (error as Error).message);
  }
}

/** A number, or a selector of one (CloudWatch Logs user guide, "Using values in log events to increment a metric's value"). */
function readValue(resourceName: string, text: string): (event: unknown) => number | undefined {
  const key = "metricTransformation.value";
  if (!text.startsWith("$")) {
    const number = Number(text);
    if (text.trim() === "" || !Number.isFinite(number)) {
      throw new InputError(
        resourceName,
        key,
        `${JSON.stringify(text)} is neither a number nor a selector such as $.size`,
      );
    }
    return () => number;
  }
  const read = readSelector(resourceName, key, text);
  return (event) => {
    const found = read(event);
    return typeof found === "number" ? found : undefined;
  };
}

function readSelector(resourceName: string, key: string, text: string): (event: unknown) => unknown {
  try {
    return reader(parseSelector(text).steps);
  } catch (error) {
    throw new InputError(resourceName, key, (error as Error).message);
  }
}
