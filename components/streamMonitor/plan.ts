import type * as pulumi from "@pulumi/pulumi";
import { shown, unknownName } from "../../wording";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";
import { EvidencePolicy } from "../evidence";
import { checkLogRetention } from "../logRetention";
import { KeyDisplay, type StreamMonitorArgs, StreamStartingPosition } from "./args";
import { planItemDetections, type TableDetections } from "./detections";
import { comparing, type MonitoredTable, type MonitoredTableArgs, planTables } from "./tables";

export interface MonitorPlan {
  tables: TableDetections[];
  mapping: MappingPlan;
  failureRetentionDays: number;
  /** What the person who deploys should know. */
  notes: string[];
}

/** Checks the arguments and fills in defaults. Pure. Throws ArgumentError. */
export function planMonitor(args: StreamMonitorArgs, region?: string): MonitorPlan {
  const { keyDisplay, reservedConcurrency, tracing, logRetentionDays, failureRetentionDays = 14 } = args;
  const own = { ...ofDetections(args), keyDisplay, reservedConcurrency, tracing, logRetentionDays };
  checkFunction(args.functionArn, args.functionRoleName, own, region);
  if (typeof args.kmsKeyArn === "string") readArn("kmsKeyArn", arns.key, args.kmsKeyArn);
  oneOf("keyDisplay", keyDisplay, Object.values(KeyDisplay));
  oneOf("evidence", args.evidence, Object.values(EvidencePolicy));
  if (reservedConcurrency !== undefined)
    inRange("reservedConcurrency", reservedConcurrency, { least: 1, most: 100_000 });
  if (logRetentionDays !== undefined) checkLogRetention("logRetentionDays", logRetentionDays);
  inRange("failureRetentionDays", failureRetentionDays, { least: 1, most: 3650 });
  const tables = planTables(args.tables, region);
  return {
    tables: planItemDetections(tables, args),
    mapping: planMapping(args),
    failureRetentionDays,
    notes: tables.flatMap(unseen),
  };
}

/** Settings that only the built-in function reads, by argument. */
function ofDetections({ tables, ...args }: StreamMonitorArgs): Record<string, unknown> {
  const { detections, confidentialTags, alarmTopicArn, okTopicArn, findingsBusArn, trailLogGroupName, runbookUrl } =
    args;
  const ofTable = ["guardedAttributes", "guardedChanges", "confidential", "timeToLiveAttribute", "detections"] as const;
  return {
    detections,
    confidentialTags,
    alarmTopicArn,
    okTopicArn,
    findingsBusArn,
    trailLogGroupName,
    runbookUrl,
    ...Object.fromEntries(
      tables.flatMap((table: MonitoredTableArgs, i) => ofTable.map((key) => [`tables[${i}].${key}`, table[key]])),
    ),
  };
}

/** A stream given by its ARN alone may lack the images; the function finds out, and says so in its log. */
function unseen(table: MonitoredTable): string[] {
  const [needs] = comparing(table);
  if (needs === undefined || table.tableArn !== undefined || table.streamViewType !== undefined) return [];
  return [
    `${table.argument}.${needs} needs a stream of the view type NEW_AND_OLD_IMAGES, which is not known here. ` +
      "Set streamViewType, for example to table.streamViewType.",
  ];
}

function oneOf(argument: string, value: string | undefined, allowed: string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw new ArgumentError(argument, unknownName("value", value, allowed));
}

/** How a function reads a stream. Ranges: AWS Lambda API Reference, CreateEventSourceMapping. */
export interface MappingSettings {
  batchSize?: number;
  maximumBatchingWindowInSeconds?: number;
  parallelizationFactor?: number;
  maximumRetryAttempts?: number;
  maximumRecordAgeInSeconds?: number;
  startingPosition?: StreamStartingPosition;
  filterPatterns?: string[];
}

/** Settings of every mapping. What fails is tried a bounded number of times, for as long as the stream keeps it. */
export interface MappingPlan {
  startingPosition: StreamStartingPosition;
  batchSize: number;
  maximumBatchingWindowInSeconds: number;
  parallelizationFactor: number;
  maximumRetryAttempts: number;
  maximumRecordAgeInSeconds: number;
  bisectBatchOnFunctionError: true;
  functionResponseTypes: ["ReportBatchItemFailures"];
  metricsConfig: { metrics: ["EventCount"] };
  filterCriteria?: { filters: { pattern: string }[] };
}

type NumericSetting = Exclude<keyof MappingSettings, "filterPatterns" | "startingPosition">;

interface Range {
  least: number;
  most: number;
  byDefault: number;
  /** Why the range is narrower than AWS's. */
  because?: string;
}

export const ranges: { [setting in NumericSetting]: Range } = {
  batchSize: { least: 1, most: 10_000, byDefault: 100 },
  maximumBatchingWindowInSeconds: { least: 0, most: 300, byDefault: 5 },
  parallelizationFactor: { least: 1, most: 10, byDefault: 1 },
  maximumRetryAttempts: {
    least: 0,
    most: 10_000,
    byDefault: 5,
    because: " (-1, without end, would let one bad record block its shard for a day)",
  },
  maximumRecordAgeInSeconds: {
    least: 60,
    most: 86_400,
    byDefault: 86_400,
    because: " (a stream keeps a record for 24 hours)",
  },
};

/** The mapping's settings with defaults. Throws ArgumentError for what AWS would refuse or what is not bounded. */
export function planMapping(settings: MappingSettings): MappingPlan {
  const values = Object.fromEntries(
    Object.entries(ranges).map(([setting, range]) => [
      setting,
      inRange(setting, settings[setting as NumericSetting] ?? range.byDefault, range),
    ]),
  ) as { [setting in NumericSetting]: number };
  if (values.batchSize > 10 && values.maximumBatchingWindowInSeconds < 1) {
    throw new ArgumentError(
      "maximumBatchingWindowInSeconds",
      `0 does not go with a batchSize of ${values.batchSize}. Write at least 1, or a batchSize of 10 or less.`,
    );
  }
  const { startingPosition = StreamStartingPosition.TrimHorizon, filterPatterns: patterns = [] } = settings;
  oneOf("startingPosition", startingPosition, Object.values(StreamStartingPosition));
  checkFilterPatterns(patterns);
  return {
    startingPosition,
    ...values,
    bisectBatchOnFunctionError: true,
    functionResponseTypes: ["ReportBatchItemFailures"],
    metricsConfig: { metrics: ["EventCount"] },
    ...(patterns.length > 0 ? { filterCriteria: { filters: patterns.map((pattern) => ({ pattern })) } } : {}),
  };
}

/** A whole number within its range. Throws ArgumentError. */
export function inRange(
  argument: string,
  value: number,
  { least, most, because = "" }: Omit<Range, "byDefault">,
): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ArgumentError(argument, `${shown(value)} is not a whole number from ${least} to ${most}${because}.`);
}

/** Lambda takes five filters, ten on request, of 4,096 characters (AWS Lambda Developer Guide, "Lambda event filtering"). */
function checkFilterPatterns(patterns: string[]): void {
  if (patterns.length > 10) {
    throw new ArgumentError(
      "filterPatterns",
      `has ${patterns.length} patterns. A mapping takes 5, by quota increase 10.`,
    );
  }
  for (const [i, pattern] of patterns.entries()) {
    const argument = `filterPatterns[${i}]`;
    if (pattern.length > 4096) {
      throw new ArgumentError(argument, `has ${pattern.length} characters. A filter pattern takes 4,096.`);
    }
    if (!isJsonObject(pattern)) {
      throw new ArgumentError(
        argument,
        `${shown(pattern)} is not a JSON object. Write one like {"eventName":["REMOVE"]}.`,
      );
    }
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function checkFunctionArn(functionArn: string, region?: string): void {
  const { region: arnRegion } = readArn("functionArn", arns.function, functionArn);
  if (region === undefined || arnRegion === region) return;
  throw new ArgumentError(
    "functionArn",
    `${shown(functionArn)} is in ${arnRegion}, and a stream is read by functions of its own Region only. Give one of ${region}.`,
  );
}

/** What only the function made here has, by argument. */
type OwnFunctionSettings = Record<string, unknown>;

/** Throws ArgumentError unless the caller's own function is given with its role, and without settings of ours. */
export function checkFunction(
  functionArn: pulumi.Input<string> | undefined,
  functionRoleName: pulumi.Input<string> | undefined,
  own: OwnFunctionSettings,
  region?: string,
): void {
  if ((functionArn === undefined) !== (functionRoleName === undefined)) {
    const [given, missing] =
      functionArn === undefined ? ["functionRoleName", "functionArn"] : ["functionArn", "functionRoleName"];
    throw new ArgumentError(missing, `is missing beside ${given}. Give both for a function of your own, or neither.`);
  }
  if (functionArn === undefined) return;
  if (typeof functionArn === "string") checkFunctionArn(functionArn, region);
  const setting = Object.entries(own).find(([, value]) => value !== undefined)?.[0];
  if (setting) {
    throw new ArgumentError(setting, "changes nothing about a function of your own. Leave it out, or functionArn.");
  }
}

/** Name of a function, from its ARN with or without version or alias. */
export function functionName(arn: string): string | undefined {
  return arns.function.pattern.exec(arn)?.groups?.["name"];
}
