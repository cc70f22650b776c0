import { catalog, type Detection, detectionById, type EventSource, eventSources, isStateful } from "../../detections";
import { shown, unknownName } from "../../wording";
import { ArgumentError } from "../argumentError";

/** Changes to one detection. Absent fields keep the catalog's own setting. */
export interface DetectionSettingsArgs {
  /** Deploy this detection. Default: true. */
  enabled?: boolean;
  /** Alert when more than this many events fall into one period. Default: the catalog's. */
  threshold?: number;
  /** Length of the period in seconds: a multiple of 60, at most 86,400 (10,800 where it counts per principal and table). Default: the catalog's. */
  periodSeconds?: number;
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

const settingNames = [
  "enabled",
  "threshold",
  "periodSeconds",
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
      const ids = catalog.map((known) => known.id);
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
    const changed = Object.keys(given).find((key) => !(key === "enabled" && given.enabled === false));
    if (isStateful(detection) && changed !== undefined) {
      throw new ArgumentError(`detections.${id}.${changed}`, `cannot be deployed yet: ${detection.stateful!.needs}`);
    }
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
  const longest = detection.alarm.per && grouped !== false ? longestGroupedPeriod : longestPeriod;
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

/** Checks the names of event sources. */
export function checkSources(sources: readonly string[] = eventSources): readonly EventSource[] {
  for (const source of sources) {
    if (!(eventSources as readonly string[]).includes(source)) {
      throw new ArgumentError("sources", unknownName("event source", source, eventSources));
    }
  }
  return sources as readonly EventSource[];
}
