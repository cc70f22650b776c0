import {
  describeAlarm,
  type ItemDetection,
  itemDetectionById,
  itemDetections,
  parseDocumentPath,
  type WatchedDetection,
  type WatchedRule,
} from "../../detections";
import { shown, unknownName } from "../../wording";
import { ArgumentError } from "../argumentError";
import { GuardedChange, type ItemDetectionSettingsArgs } from "./itemDetectionSettings";
import type { MonitoredTable } from "./tables";

/** What the detections of one table need. */
export interface TableDetections {
  table: MonitoredTable;
  plans: ItemDetectionPlan[];
}

/** One detection on one table: what the function looks for, and the alarm on its metric. */
export interface ItemDetectionPlan {
  detection: ItemDetection;
  watched: WatchedDetection;
  alarm: { rule: string };
}

interface Request {
  detections?: Settings;
  confidentialTags?: { [key: string]: string[] };
}
type Settings = { [id: string]: ItemDetectionSettingsArgs };

const defaultConfidentialTags = { Confidentiality: ["confidential", "restricted", "secret"] };
/** Longest period of an alarm: AWS CloudWatch API reference, PutMetricAlarm. */
const longestPeriod = 86_400;
const settingNames = ["enabled", "threshold", "periodSeconds"] as const satisfies (keyof ItemDetectionSettingsArgs)[];

/** The detections of each table, with settings. Pure. Throws ArgumentError. */
export function planItemDetections(tables: readonly MonitoredTable[], request: Request): TableDetections[] {
  checkItemSettings("detections", request.detections);
  return tables.map((table) => {
    const rules = rulesOf(table, request.confidentialTags ?? defaultConfidentialTags);
    checkItemSettings(`${table.argument}.detections`, table.detections);
    refuseIdle(table, rules);
    const plans = itemDetections.flatMap((detection) => {
      const rule = rules.get(detection.id);
      const settings = { ...request.detections?.[detection.id], ...table.detections?.[detection.id] };
      return rule && settings.enabled !== false ? [planDetection(detection, rule, settings)] : [];
    });
    return { table, plans };
  });
}

function planDetection(
  detection: ItemDetection,
  rule: WatchedRule,
  settings: ItemDetectionSettingsArgs,
): ItemDetectionPlan {
  const { id, title, severity, alarm } = detection;
  const threshold = settings.threshold ?? alarm.moreThan;
  const periodSeconds = settings.periodSeconds ?? alarm.withinSeconds;
  return {
    detection,
    watched: { id, title, severity, threshold, periodSeconds, rule },
    alarm: { rule: describeAlarm({ moreThan: threshold, withinSeconds: periodSeconds }) },
  };
}

/** The rules that say something about a table, by detection id. */
function rulesOf(table: MonitoredTable, confidentialTags: { [key: string]: string[] }): Map<string, WatchedRule> {
  const { guardedAttributes: attributes = [], guardedChanges, timeToLiveAttribute } = table;
  checkGuarded(table);
  const confidential = table.confidential ?? isConfidential(table.tags ?? {}, confidentialTags);
  const ruleOf = ({ items }: ItemDetection): WatchedRule | undefined => {
    switch (items.kind) {
      case "counted":
        return items.confidentialOnly && !confidential ? undefined : { kind: items.kind, changes: items.changes };
      case "guarded-attributes":
        return attributes.length === 0
          ? undefined
          : { kind: items.kind, attributes, changes: guardedChanges ?? [GuardedChange.Modify] };
      case "expiry-lowered":
        return timeToLiveAttribute === undefined ? undefined : { ...items, attribute: timeToLiveAttribute };
    }
  };
  const rules = itemDetections.map((detection) => [detection.id, ruleOf(detection)] as const);
  return new Map(rules.flatMap(([id, rule]) => (rule ? [[id, rule] as const] : [])));
}

const isConfidential = (tags: { [key: string]: string }, wanted: { [key: string]: string[] }): boolean =>
  Object.entries(wanted).some(([key, values]) =>
    values.some((value) => value.toLowerCase() === tags[key]?.toLowerCase()),
  );

function checkGuarded({ argument, guardedAttributes = [], guardedChanges, timeToLiveAttribute }: MonitoredTable): void {
  for (const [i, path] of guardedAttributes.entries()) {
    const at = `${argument}.guardedAttributes[${i}]`;
    if (typeof path !== "string" || parseDocumentPath(path) === undefined) {
      throw new ArgumentError(
        at,
        `${shown(path)} is no document path. Write one like status, limits.daily or owners[0].`,
      );
    }
    if (guardedAttributes.indexOf(path) < i) throw new ArgumentError(at, `${shown(path)} is listed twice.`);
  }
  const kinds: string[] = Object.values(GuardedChange);
  for (const [i, change] of (guardedChanges ?? []).entries()) {
    if (!kinds.includes(change)) {
      throw new ArgumentError(`${argument}.guardedChanges[${i}]`, unknownName("kind of change", change, kinds));
    }
  }
  if (guardedChanges && (guardedChanges.length === 0 || guardedAttributes.length === 0)) {
    throw new ArgumentError(
      `${argument}.guardedChanges`,
      guardedChanges.length === 0
        ? `is empty. Write at least one of ${kinds.join(", ")}.`
        : "changes nothing without guardedAttributes.",
    );
  }
  if (timeToLiveAttribute === "") {
    throw new ArgumentError(
      `${argument}.timeToLiveAttribute`,
      "is empty. Write the attribute's name, or leave it out.",
    );
  }
}

/** Checks settings by detection id. Throws an ArgumentError that names the key and the allowed values. */
export function checkItemSettings(argument: string, settings: Settings = {}): void {
  for (const [id, given] of Object.entries(settings)) {
    if (!itemDetectionById(id)) {
      const ids = itemDetections.map((known) => known.id);
      throw new ArgumentError(argument, unknownName("detection of item changes", id, ids));
    }
    const at = `${argument}.${id}`;
    if (typeof given !== "object" || given === null) {
      throw new ArgumentError(at, `${shown(given)} is not a map of settings: ${settingNames.join(", ")}.`);
    }
    for (const key of Object.keys(given)) {
      if (!(settingNames as readonly string[]).includes(key)) {
        throw new ArgumentError(at, `${unknownName("setting", key, settingNames)} A stream carries no caller.`);
      }
    }
    const { enabled, threshold, periodSeconds } = given;
    if (enabled !== undefined && typeof enabled !== "boolean") {
      throw new ArgumentError(`${at}.enabled`, `${shown(enabled)} is not true or false.`);
    }
    if (threshold !== undefined && !(Number.isInteger(threshold) && threshold >= 0)) {
      throw new ArgumentError(`${at}.threshold`, `${shown(threshold)} is not a whole number of 0 or more.`);
    }
    const whole = Number.isInteger(periodSeconds) && periodSeconds! >= 60 && periodSeconds! <= longestPeriod;
    if (periodSeconds !== undefined && !(whole && periodSeconds % 60 === 0)) {
      throw new ArgumentError(
        `${at}.periodSeconds`,
        `${shown(periodSeconds)} is not a multiple of 60 from 60 to ${longestPeriod}.`,
      );
    }
  }
}

const wants: Record<string, string> = {
  "guarded-attributes": "guardedAttributes",
  "expiry-lowered": "timeToLiveAttribute",
  counted: "confidential: true",
};

/** Settings of a detection that says nothing about the table would change nothing, unless they switch it off. */
function refuseIdle({ argument, name, detections = {} }: MonitoredTable, rules: ReadonlyMap<string, unknown>): void {
  for (const [id, given] of Object.entries(detections)) {
    if (rules.has(id) || given.enabled === false) continue;
    throw new ArgumentError(
      `${argument}.detections.${id}`,
      `changes nothing: table ${name} is watched so only with ${wants[itemDetectionById(id)!.items.kind]}.`,
    );
  }
}
