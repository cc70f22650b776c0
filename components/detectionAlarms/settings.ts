import {
  type Detection,
  detectionById,
  type EventSource,
  entries,
  eventSources,
  itemDetectionById,
  type StatefulRule,
} from "../../detections";
import { shown, unknownName } from "../../wording";
import { ArgumentError } from "../argumentError";

/** Changes to one detection. Absent fields keep the catalog's own setting. */
export interface DetectionSettingsArgs {
  /** Deploy this detection. Default: true. */
  enabled?: boolean;
  /**
   * Alert when more than this many events fall into one period. Of a stateful detection: more than this many different
   * values, or at least this many events. Default: the catalog's.
   */
  threshold?: number;
  /**
   * Length of the period in seconds: a multiple of 60, at most 86,400 (10,800 where it counts per principal and table;
   * 604,800 for the steps of a sequence). Default: the catalog's.
   */
  periodSeconds?: number;
  /** Seconds after which a value that was not seen again is new again, 3,600 to 31,536,000. Only of first-seen detections. Default: the catalog's. */
  rememberSeconds?: number;
  /** Seconds after the detector's first event in which values are learnt and nothing alerts, 0 to 2,592,000. Only of first-seen detections. Default: the catalog's. */
  learnSeconds?: number;
  /** Alert at more than this many times the usual rate, more than 1. Only of rate detections. Default: the catalog's. */
  factor?: number;
  /** ARNs of principals whose events do not count. A role's ARN covers all its sessions; `*` is allowed at the end. Default: none. */
  ignorePrincipals?: string[];
  /** ARNs of the only principals whose events count. Default: everyone. */
  onlyPrincipals?: string[];
  /** Source addresses whose events do not count: an address, or a network of /8, /16 or /24. Default: none. */
  ignoreSourceIps?: string[];
  /** VPC endpoint ids whose events do not count. Default: none. */
  ignoreVpcEndpoints?: string[];
  /**
   * Count per principal and table, with a Metrics Insights alarm. Default: true where the catalog counts so. false:
   * one count for the whole account, which does not depend on the response fields that the groups are read from.
   */
  grouped?: boolean;
}

/** Longest period of an alarm: AWS CloudWatch API reference, PutMetricAlarm. */
const longestPeriod = 86_400;
/** Metrics Insights alarms read the last three hours (CloudWatch user guide, "Create an alarm based on a Metrics Insights query"). */
const longestGroupedPeriod = 10_800;
/** Steps of a sequence are kept in the state table for as long. */
const longestSequence = 604_800;

const settingNames = [
  "enabled",
  "threshold",
  "periodSeconds",
  "rememberSeconds",
  "learnSeconds",
  "factor",
  "ignorePrincipals",
  "onlyPrincipals",
  "ignoreSourceIps",
  "ignoreVpcEndpoints",
  "grouped",
] as const satisfies readonly (keyof DetectionSettingsArgs)[];

export type DetectionSettings = Readonly<Record<string, DetectionSettingsArgs>>;

/** Checks settings by detection id. Throws an ArgumentError that names the key and the allowed values. */
export function checkDetectionSettings(settings: DetectionSettings = {}): DetectionSettings {
  for (const [id, given] of Object.entries(settings)) {
    const detection = detectionById(id);
    if (!detection) {
      if (itemDetectionById(id)) {
        throw new ArgumentError(
          `detections.${id}`,
          "is made by the stream monitor: give its settings to StreamMonitor.",
        );
      }
      const ids = entries.map((known) => known.id);
      throw new ArgumentError("detections", unknownName("detection", id, ids));
    }
    if (typeof given !== "object" || given === null) {
      throw new ArgumentError(
        `detections.${id}`,
        `${shown(given)} is not a map of settings: ${settingNames.join(", ")}.`,
      );
    }
    for (const key of Object.keys(given)) {
      if (!(settingNames as readonly string[]).includes(key)) {
        throw new ArgumentError(`detections.${id}`, unknownName("setting", key, settingNames));
      }
    }
    if (given.enabled !== undefined && typeof given.enabled !== "boolean") {
      throw new ArgumentError(`detections.${id}.enabled`, `${shown(given.enabled)} is not true or false.`);
    }
    checkNumbers(detection, given);
    if (given.grouped !== undefined && !detection.alarm.per) {
      throw new ArgumentError(`detections.${id}.grouped`, "this detection is not counted per principal and table.");
    }
    checkStateful(detection, given);
  }
  return settings;
}

function checkNumbers(detection: Detection, { threshold, periodSeconds, grouped }: DetectionSettingsArgs): void {
  if (threshold !== undefined && !(Number.isInteger(threshold) && threshold >= 0)) {
    throw new ArgumentError(
      `detections.${detection.id}.threshold`,
      `${shown(threshold)} is not a whole number of 0 or more (0: every event alerts).`,
    );
  }
  const longest =
    detection.stateful?.kind === "sequence"
      ? longestSequence
      : detection.alarm.per && grouped !== false
        ? longestGroupedPeriod
        : longestPeriod;
  if (
    periodSeconds !== undefined &&
    !(Number.isInteger(periodSeconds) && periodSeconds >= 60 && periodSeconds <= longest && periodSeconds % 60 === 0)
  ) {
    throw new ArgumentError(
      `detections.${detection.id}.periodSeconds`,
      `${shown(periodSeconds)} is not a multiple of 60 from 60 to ${longest}.`,
    );
  }
}

/** Which settings say something about which kind of stateful rule. */
const settingsOfRule: Record<StatefulRule["kind"], readonly (keyof DetectionSettingsArgs)[]> = {
  "first-seen": ["rememberSeconds", "learnSeconds"],
  distinct: ["threshold", "periodSeconds"],
  rate: ["threshold", "periodSeconds", "factor"],
  sequence: ["periodSeconds"],
};
const settingsOfRules = ["threshold", "periodSeconds", "rememberSeconds", "learnSeconds", "factor"] as const;

function checkStateful({ id, stateful }: Detection, given: DetectionSettingsArgs): void {
  const allowed = stateful ? settingsOfRule[stateful.kind] : ["threshold", "periodSeconds"];
  for (const key of settingsOfRules) {
    if (given[key] === undefined || allowed.includes(key)) continue;
    const kind = stateful ? `it has a ${stateful.kind} rule` : "it is no stateful detection";
    throw new ArgumentError(
      `detections.${id}.${key}`,
      `changes nothing about this detection: ${kind}, which takes ${allowed.join(", ")}.`,
    );
  }
  const whole = (key: "rememberSeconds" | "learnSeconds", least: number, most: number): void => {
    const value = given[key];
    if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
    throw new ArgumentError(
      `detections.${id}.${key}`,
      `${shown(value)} is not a whole number from ${least} to ${most}.`,
    );
  };
  whole("rememberSeconds", 3600, 31_536_000);
  whole("learnSeconds", 0, 2_592_000);
  if (given.factor !== undefined && !(typeof given.factor === "number" && given.factor > 1 && given.factor <= 1000)) {
    throw new ArgumentError(`detections.${id}.factor`, `${shown(given.factor)} is not a number above 1, at most 1000.`);
  }
  if (stateful && stateful.kind !== "sequence" && stateful.kind !== "first-seen" && given.threshold === 0) {
    throw new ArgumentError(`detections.${id}.threshold`, "0 would alert on every event. Write 1 or more.");
  }
}

/** Checks the names of event sources. */
export function checkSources(sources: readonly string[] = eventSources): readonly EventSource[] {
  for (const source of sources) {
    if (!(eventSources as readonly string[]).includes(source)) {
      throw new ArgumentError("sources", unknownName("event source", source, eventSources));
    }
  }
  return sources as readonly EventSource[];
}
