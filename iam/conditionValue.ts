import type { ConditionOperator } from "./conditionOperator";
import { ipRange } from "./ipRange";
import { hasVariable } from "./variables";

/**
 * What is wrong with a value of a condition, if anything. IAM refuses or never matches such values (IAM Access Analyzer,
 * "Policy check reference": data type mismatch, invalid IP range), so they are mistakes and not policies.
 */
export function valueProblem(operator: ConditionOperator, value: string): string | undefined {
  switch (operator.kind) {
    case "numeric":
      return numberOf(value) === undefined ? `${operator.name} needs a number` : undefined;
    case "date":
      return dateOf(value) === undefined
        ? `${operator.name} needs a date such as 2026-01-31T12:00:00Z, or seconds since 1970`
        : undefined;
    case "bool":
      return booleanOf(value) === undefined && !hasVariable(value)
        ? `${operator.name} needs "true" or "false"`
        : undefined;
    case "null":
      return booleanOf(value) === undefined
        ? `${operator.name} needs "true" (the key is absent) or "false" (it is there)`
        : undefined;
    case "ip":
      return ipRange(value) === undefined ? `${operator.name} needs an address or CIDR range` : undefined;
    case "binary":
      return bytesOf(value) === undefined ? `${operator.name} needs a base64 text` : undefined;
    default:
      return undefined;
  }
}

export function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined;
}

/** Milliseconds since 1970. Takes the W3C profile of ISO 8601 and UNIX seconds. A date without time is midnight UTC. */
export function dateOf(text: string): number | undefined {
  // Four digits are a year in the W3C profile; more are seconds.
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000;
  if (!/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

export function booleanOf(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" || lower === "false" ? lower === "true" : undefined;
}

export function bytesOf(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, "base64").toString("hex");
}
