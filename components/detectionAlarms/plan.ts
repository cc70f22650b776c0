import {
  bindOwnState,
  type CompiledFilter,
  CompileError,
  catalog,
  compileDetection,
  compileEvents,
  type DeployedRule,
  type Detection,
  describeAlarm,
  describeRule,
  detectionById,
  type EventSource,
  type Exclusions,
  isStateful,
  metricFiltersPerLogGroup,
  metricsInsightsQuery,
  type OwnState,
  regexesPerLogGroup,
  type Severity,
  type StatefulRule,
  severities,
} from "../../detections";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import type { Names } from "../naming";
import { checkDetectionSettings, checkSources, type DetectionSettings, type DetectionSettingsArgs } from "./settings";

export interface PlanRequest {
  detections?: DetectionSettings;
  /** Principals of applications: item-level calls by them are their work and do not count. */
  workloadPrincipals?: readonly string[];
  /** What the trail carries. Default: everything. */
  sources?: readonly string[];
  /** The trail logs only data events that write. */
  writeOnly?: boolean;
  /** Metric filters that an adopted log group has already. */
  existingMetricFilterCount?: number;
  /** Metric filters that others of this stack put into the log group. Default: 0. */
  reservedMetricFilterCount?: number;
  /** Regular expressions in the filters that an adopted log group has already. */
  existingRegexCount?: number;
  /** Address under which the runbook pages are published. */
  runbookUrl?: string;
  /** The detector function is deployed, which writes the metrics of stateful detections. Default: false. */
  statefulDetector?: boolean;
  /** The functions' own table and roles. Their item-level calls count nowhere; everybody else's are a detection. Default: none. */
  ownState?: OwnState;
}

/** What one detection needs in CloudWatch. */
export interface DetectionPlan {
  detection: Detection;
  /** Severity after settings; part of the alarm's name, so that SNS message filters can route on it. */
  severity: Severity;
  filters: (Omit<CompiledFilter, "variant"> & { name: string; physicalName: string })[];
  /** Which events count. Those of the filters, or for a stateful detection those that its rule is asked about. */
  patterns: string[];
  /** After settings; absent where metric filters say it. */
  stateful?: DeployedRule;
  metric: { namespace: string; name: string };
  alarm: {
    name: string;
    physicalName: string;
    threshold: number;
    periodSeconds: number;
    /** Metrics Insights query of a grouped alarm; absent for a plain one. */
    query?: string;
    /** What the alarm counts, for example "more than 5 in 10 minutes". */
    rule: string;
  };
  /** What the person who deploys should know. */
  notes: string[];
}

/** Item-level calls are what applications do all day. Without knowing the applications they must not wake anyone. */
const severityWithoutWorkload: Severity = "low";

/**
 * What the enabled detections need. Pure: no Pulumi engine, no clock, no environment. Throws an ArgumentError for wrong
 * settings, for a source that the trail does not carry, and for a filter that AWS would refuse.
 */
export function planDetections(request: PlanRequest, names: Names): DetectionPlan[] {
  const settings = checkDetectionSettings(request.detections);
  const sources = checkSources(request.sources);
  checkWorkload(request.workloadPrincipals ?? []);
  checkRunbookUrl(request.runbookUrl);
  refuseWithoutDetector(settings, request);
  const plans = catalog
    .filter((detection) => isDeployable(detection, request) && settings[detection.id]?.enabled !== false)
    .map((detection) => {
      requireSource(detection, sources);
      if (request.writeOnly && detection.reads) throw needsReads(detection);
      return planDetection(bound(detection, request.ownState), settings[detection.id] ?? {}, request, names);
    });

  const taken = (request.existingMetricFilterCount ?? 0) + (request.reservedMetricFilterCount ?? 0);
  checkRoom(plans, "metric filters", metricFiltersPerLogGroup, taken, () => 1);
  checkRoom(plans, "regular expressions", regexesPerLogGroup, request.existingRegexCount, ({ regexes }) => regexes);
  return plans;
}

/** What a log group has room for, beside what it has already. */
function checkRoom(
  plans: readonly DetectionPlan[],
  what: string,
  limit: number,
  existing = 0,
  countOf: (filter: DetectionPlan["filters"][number]) => number,
): void {
  const counts = plans.map(({ detection, filters }) => ({
    id: detection.id,
    count: filters.reduce((sum, filter) => sum + countOf(filter), 0),
  }));
  const used = counts.reduce((sum, { count }) => sum + count, 0);
  const free = Math.max(limit - existing, 0);
  if (used <= free) return;
  const by = counts.flatMap(({ id, count }) => (count > 0 ? [`${id} ${count}`] : [])).join(", ");
  throw new ArgumentError(
    "detections",
    `${used} ${what} are needed (${by}), but the log group has room for ${free} of AWS's ${limit}. ` +
      "Switch detections off with `enabled: false`, or use another log group.",
  );
}

/** Stateful detections need the function, and that of the state table needs the table. */
const isDeployable = (detection: Detection, { statefulDetector, ownState }: PlanRequest): boolean =>
  isStateful(detection) ? statefulDetector === true : detection.ownState !== true || ownState !== undefined;

/** Settings of a detection that cannot be deployed would change nothing, unless they switch it off. */
function refuseWithoutDetector(settings: DetectionSettings, request: PlanRequest): void {
  for (const [id, given] of Object.entries(settings)) {
    if (given.enabled === false || isDeployable(detectionById(id)!, request)) continue;
    throw new ArgumentError(
      `detections.${id}`,
      "needs the detector function, which is not deployed. Set statefulDetector to true, or leave these settings out.",
    );
  }
}

const bound = (detection: Detection, own: OwnState | undefined): Detection =>
  detection.ownState && own ? { ...detection, when: bindOwnState(detection.when, own) } : detection;

function planDetection(
  detection: Detection,
  settings: DetectionSettingsArgs,
  { workloadPrincipals = [], ownState }: PlanRequest,
  names: Names,
): DetectionPlan {
  const itemLevel = isItemLevel(detection);
  const severity = itemLevel && workloadPrincipals.length === 0 ? lower(detection.severity) : detection.severity;
  // Where only named principals count, our own roles do not, and the pattern's length is better spent.
  const ownCallsCount = itemLevel && !detection.ownState && !settings.onlyPrincipals?.length;
  const exclusions = {
    ...settings,
    ignorePrincipals: [...(itemLevel ? workloadPrincipals : []), ...(settings.ignorePrincipals ?? [])],
    ignoreTable: ownCallsCount ? ownState?.tableName : undefined,
  };
  const what = isStateful(detection)
    ? planStateful(detection, settings, exclusions)
    : planFiltered(detection, settings, exclusions, names);
  return {
    detection,
    severity,
    metric: { namespace: names.metricNamespace(), name: detection.id },
    ...what,
    alarm: {
      name: names.child(detection.id, "alarm"),
      physicalName: names.physical("alarm", severity, detection.id),
      ...what.alarm,
    },
  };
}

type Planned = Pick<DetectionPlan, "filters" | "patterns" | "stateful" | "notes"> & {
  alarm: Pick<DetectionPlan["alarm"], "threshold" | "periodSeconds" | "query" | "rule">;
};

function planFiltered(
  detection: Detection,
  settings: DetectionSettingsArgs,
  exclusions: Exclusions,
  names: Names,
): Planned {
  const grouped = detection.alarm.per !== undefined && settings.grouped !== false;
  const compiled = compiling(detection, () => compileDetection(detection, exclusions, { grouped }));
  const threshold = settings.threshold ?? detection.alarm.moreThan;
  const periodSeconds = settings.periodSeconds ?? detection.alarm.withinSeconds;
  const dimensions = Object.keys(compiled.filters[0]?.dimensions ?? {});
  return {
    filters: compiled.filters.map(({ variant, ...filter }) => {
      const suffix = [detection.id, variant, "filter"].filter((part) => part !== "");
      return { name: names.child(...suffix), physicalName: names.physical("metricFilter", ...suffix), ...filter };
    }),
    patterns: compiled.filters.map(({ pattern }) => pattern),
    alarm: {
      threshold,
      periodSeconds,
      query: grouped
        ? metricsInsightsQuery({ namespace: names.metricNamespace(), metricName: detection.id, dimensions })
        : undefined,
      rule: describeAlarm({
        moreThan: threshold,
        withinSeconds: periodSeconds,
        per: grouped ? detection.alarm.per : undefined,
      }),
    },
    notes: settings.ignorePrincipals?.length
      ? compiled.notes
      : compiled.notes.map((note) => note.replaceAll("ignorePrincipals", "workloadPrincipals")),
  };
}

/** Every alarm's text ends with it, and a text has room for so much. */
const longestRunbookUrl = 400;

function checkRunbookUrl(url: string | undefined): void {
  if (url === undefined || (/^https:\/\/[^\s]+$/.test(url) && url.length <= longestRunbookUrl)) return;
  throw new ArgumentError(
    "runbookUrl",
    `${shown(url)} is not an address of at most ${longestRunbookUrl} characters. Write one like https://wiki.example.com/runbooks.`,
  );
}

/** No filters: the detector function writes the metric, one for each finding. */
function planStateful(detection: Detection, settings: DetectionSettingsArgs, exclusions: Exclusions): Planned {
  const { patterns, steps, notes } = compiling(detection, () => compileEvents(detection, exclusions));
  const rule = withSettings(detection.stateful!, settings);
  return {
    filters: [],
    patterns,
    stateful: rule.kind === "sequence" ? { ...rule, steps: steps! } : rule,
    alarm: {
      threshold: detection.alarm.moreThan,
      periodSeconds: detection.alarm.withinSeconds,
      rule: describeRule(rule),
    },
    notes,
  };
}

function withSettings(rule: StatefulRule, settings: DetectionSettingsArgs): StatefulRule {
  switch (rule.kind) {
    case "first-seen":
      return {
        ...rule,
        rememberSeconds: settings.rememberSeconds ?? rule.rememberSeconds,
        learnSeconds: settings.learnSeconds ?? rule.learnSeconds,
      };
    case "distinct":
      return {
        ...rule,
        moreThan: settings.threshold ?? rule.moreThan,
        withinSeconds: settings.periodSeconds ?? rule.withinSeconds,
      };
    case "rate":
      return {
        ...rule,
        atLeast: settings.threshold ?? rule.atLeast,
        windowSeconds: settings.periodSeconds ?? rule.windowSeconds,
        factor: settings.factor ?? rule.factor,
      };
    case "sequence":
      return { ...rule, withinSeconds: settings.periodSeconds ?? rule.withinSeconds };
  }
}

/** A wrong principal is reported once, by the argument that holds it, and not by each detection that leaves it out. */
function checkWorkload(workloadPrincipals: readonly string[]): void {
  for (const detection of catalog.filter((one) => isItemLevel(one) && !isStateful(one))) {
    try {
      compileDetection(detection, { ignorePrincipals: workloadPrincipals });
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      const reason = error.reason
        .replace(/^ignorePrincipals: /, "")
        .replaceAll("ignorePrincipals", "workloadPrincipals");
      throw new ArgumentError("workloadPrincipals", reason);
    }
  }
}

/** Calls on items are what applications do all day. */
const isItemLevel = ({ source }: Detection): boolean => source === "table-data";

function compiling<T>(detection: Detection, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (error instanceof CompileError) throw new ArgumentError(`detections.${detection.id}`, error.reason);
    throw error;
  }
}

function requireSource(detection: Detection, sources: readonly EventSource[]): void {
  if (sources.includes(detection.source)) return;
  throw new ArgumentError(
    `detections.${detection.id}`,
    `needs ${detection.source} events, which the trail does not carry (it carries ${sources.join(", ") || "nothing"}). ` +
      "Let the trail log them (of an adopted trail, say that it does where it is described), or set " +
      `detections.${detection.id}.enabled to false.`,
  );
}

function needsReads({ id }: Detection): ArgumentError {
  return new ArgumentError(
    `detections.${id}`,
    `needs table-data events that read, and the trail logs only those that write (writeOnly). Log reads too, or set detections.${id}.enabled to false.`,
  );
}

function lower(severity: Severity): Severity {
  return severities.indexOf(severity) < severities.indexOf(severityWithoutWorkload)
    ? severity
    : severityWithoutWorkload;
}
