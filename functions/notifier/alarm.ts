/** A change of a CloudWatch alarm, as it is read here. */
export interface AlarmNotice {
  name: string;
  arn: string;
  description: string;
  account: string;
  region: string;
  state: string;
  oldState: string;
  reason: string;
  /** Milliseconds. */
  changedAt: number;
  /** Metrics that the alarm measures: that of a plain alarm, else those of its queries. */
  metricNames: string[];
  /** Dimensions of the metric of a plain alarm. */
  dimensions: Record<string, string>;
  /** Seconds that one evaluation looks back. */
  windowSeconds: number;
  /** The alarm has a state for each group of a Metrics Insights query, and may speak for itself as well. */
  grouped: boolean;
  /** Set where one group of a Metrics Insights alarm speaks for itself. */
  contributor?: { id: string; attributes: Record<string, string> };
}

/**
 * Reads the notification that an alarm sends to SNS (CloudWatch user guide, "Schema of Amazon SNS notifications when
 * alarms change state"; the fields of a contributor are inferred from the API's names). Undefined where it is none.
 */
export function readAlarm(message: unknown): AlarmNotice | undefined {
  const alarm = object(message);
  const name = text(alarm["AlarmName"]);
  const state = text(alarm["NewStateValue"]);
  if (name === "" || state === "") return undefined;
  const arn = text(alarm["AlarmArn"]);
  const [, , , region = "", account = ""] = arn.split(":");
  const id = text(alarm["AlarmContributorId"]);
  return {
    name,
    arn,
    description: text(alarm["AlarmDescription"]),
    account: text(alarm["AWSAccountId"]) || account,
    // `Region` is a display name, for example "EU (Ireland)".
    region,
    state,
    oldState: text(alarm["OldStateValue"]),
    reason: text(alarm["NewStateReason"]),
    changedAt: timeOf(text(alarm["StateChangeTime"])),
    ...measuredBy(object(alarm["Trigger"])),
    ...(id !== "" && { contributor: { id, attributes: texts(alarm["AlarmContributorAttributes"]) } }),
  };
}

function measuredBy(
  trigger: Record<string, unknown>,
): Pick<AlarmNotice, "metricNames" | "dimensions" | "windowSeconds" | "grouped"> {
  const queries = Array.isArray(trigger["Metrics"]) ? trigger["Metrics"].map(object) : [];
  const names = [
    text(trigger["MetricName"]),
    ...queries.map((query) => text(object(object(query["MetricStat"])["Metric"])["MetricName"])),
    ...queries.map((query) => metricOf(text(query["Expression"]))),
  ];
  const periods = [
    number(trigger["Period"]),
    ...queries.flatMap((query) => [number(query["Period"]), number(object(query["MetricStat"])["Period"])]),
  ];
  const periodSeconds = Math.max(60, ...periods.filter((seconds) => seconds !== undefined));
  return {
    grouped: queries.some((query) => /\bGROUP\s+BY\b/i.test(text(query["Expression"]))),
    metricNames: [...new Set(names.filter((name) => name !== ""))],
    dimensions: dimensionsOf(trigger["Dimensions"]),
    windowSeconds: periodSeconds * Math.max(1, number(trigger["EvaluationPeriods"]) ?? 1),
  };
}

/** CloudWatch writes `name` and `value` in small letters here. */
function dimensionsOf(dimensions: unknown): Record<string, string> {
  const written = Array.isArray(dimensions) ? dimensions.map(object) : [];
  return Object.fromEntries(written.map(({ name, value }) => [text(name), text(value)]));
}

/** The metric in a Metrics Insights query: `SELECT SUM("table-scanned") FROM …`. */
function metricOf(expression: string): string {
  const [, quoted, bare] = /\bSELECT\s+\w+\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|([^\s)"]+))\s*\)/i.exec(expression) ?? [];
  return (quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "").trim();
}

/** `2026-11-24T18:03:00.000+0000`; now where CloudWatch writes something else. */
function timeOf(written: string): number {
  const time = Date.parse(written.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(time) ? Date.now() : time;
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(object(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
