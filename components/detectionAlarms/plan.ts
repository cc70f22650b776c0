import {
  bindOwn,
  type CompiledFilter,
  CompileError,
  catalog,
  compileDetection,
  compileEvents,
  type DeployedRule,
  type Detection,
  type DetectionProfile,
  describeAlarm,
  describeRule,
  detectionById,
  type Exclusions,
  filterControls,
  isInProfile,
  isItemLevel,
  isStateful,
  type Lists,
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
import { checkLists, withLists } from "./lists";
import { checkRoom } from "./room";
import {
  checkDetectionSettings,
  checkProfile,
  checkSources,
  type DetectionSettings,
  type DetectionSettingsArgs,
} from "./settings";
import { isLeftOut, refuseReads, requireSources } from "./sources";

export interface PlanRequest extends Lists {
  /** How much of the catalog. Default: essential. */
  profile?: DetectionProfile;
  detections?: DetectionSettings;
  /** Principals of applications: item-level calls by them are their work and do not count. */
  workloadPrincipals?: readonly string[];
  /** What the trail carries. Default: everything. */
  sources?: readonly string[];
  /** The trail logs only data events that write. */
  writeOnly?: boolean;
  /** Metric filters that an adopted log group has already. */
  existingMetricFilterCount?: number;
  /** Regular expressions in the filters that an adopted log group has already. */
  existingRegexCount?: number;
  /** Address under which the runbook pages are published. */
  runbookUrl?: string;
  /** The detector function is deployed, which writes the metrics of stateful detections. Default: false. */
  statefulDetector?: boolean;
  /** The literal filters of Security Hub's controls are registered too. Default: false. */
  cisFilters?: boolean;
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
  const profile = checkProfile(request.profile);
  const settings = checkDetectionSettings(request.detections);
  const sources = checkSources(request.sources);
  checkWorkload(request.workloadPrincipals ?? []);
  checkLists(request);
  checkRunbookUrl(request.runbookUrl);
  refuseOutsideProfile(settings, profile);
  refuseWithoutDetector(settings, request);
  const wanted = catalog
    .filter((detection) => settings[detection.id]?.enabled ?? isInProfile(detection, profile))
    .filter((detection) => isDeployable(detection, request))
    .filter((detection) => !isLeftOut(detection, settings, sources));
  requireSources(wanted, sources);
  if (request.writeOnly) refuseReads(wanted);
  const plans = wanted.map((detection) =>
    planDetection(boundOwn(detection, request.ownState, names), settings[detection.id] ?? {}, request, names),
  );

  const others = (request.existingMetricFilterCount ?? 0) + (request.cisFilters ? filterControls.length : 0);
  checkRoom(plans, "metric filters", metricFiltersPerLogGroup, others, () => 1);
  checkRoom(plans, "regular expressions", regexesPerLogGroup, request.existingRegexCount, ({ regexes }) => regexes);
  return plans;
}

/** What a detection lacks; undefined where it can be deployed. */
function lackOf(detection: Detection, request: PlanRequest): string | undefined {
  const { statefulDetector, ownState } = request;
  if (detection.requires && !request[detection.requires]?.length) {
    return `needs ${detection.requires}, which is empty. Fill it`;
  }
  const served = isStateful(detection)
    ? statefulDetector === true
    : detection.ownState !== true || ownState !== undefined;
  return served ? undefined : "needs the detector function, which is not deployed. Set statefulDetector to true";
}

const isDeployable = (detection: Detection, request: PlanRequest): boolean => lackOf(detection, request) === undefined;

/** Settings of a detection that the profile lacks would change nothing, unless they switch it on or off. */
function refuseOutsideProfile(settings: DetectionSettings, profile: DetectionProfile): void {
  for (const [id, { enabled }] of Object.entries(settings)) {
    if (enabled !== undefined || isInProfile(detectionById(id)!, profile)) continue;
    throw new ArgumentError(
      `detections.${id}`,
      `is not in the profile ${profile}, so its settings would change nothing. Set detections.${id}.enabled to true, ` +
        "choose a wider profile, or leave these settings out.",
    );
  }
}

/** Settings of a detection that cannot be deployed would change nothing, unless they switch it off. */
function refuseWithoutDetector(settings: DetectionSettings, request: PlanRequest): void {
  for (const [id, given] of Object.entries(settings)) {
    const lack = given.enabled === false ? undefined : lackOf(detectionById(id)!, request);
    if (lack) throw new ArgumentError(`detections.${id}`, `${lack}, or leave these settings out.`);
  }
}

const boundOwn = (detection: Detection, ownState: OwnState | undefined, names: Names): Detection => ({
  ...detection,
  when: bindOwn(detection.when, { ...ownState, namesBegin: names.beginning() }),
});

function planDetection(
  detection: Detection,
  settings: DetectionSettingsArgs,
  request: PlanRequest,
  names: Names,
): DetectionPlan {
  const { workloadPrincipals = [], ownState } = request;
  const { lowWithout } = detection;
  const itemLevel = isItemLevel(detection);
  // No application's day is a sequence.
  const isNoise = itemLevel && workloadPrincipals.length === 0 && detection.stateful?.kind !== "sequence";
  const severity =
    isNoise || (lowWithout && !request[lowWithout]?.length) ? lower(detection.severity) : detection.severity;
  // Where only named principals count, our own roles do not, and the pattern's length is better spent.
  const ownCallsCount = itemLevel && !detection.ownState && !settings.onlyPrincipals?.length;
  const exclusions = {
    ...settings,
    ignorePrincipals: [...(itemLevel ? workloadPrincipals : []), ...(settings.ignorePrincipals ?? [])],
    ignoreTable: ownCallsCount ? ownState?.tableName : undefined,
  };
  const what = isStateful(detection)
    ? planStateful(detection, settings, exclusions, request)
    : planFiltered(detection, settings, exclusions, request, names);
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
  lists: Lists,
  names: Names,
): Planned {
  const grouped = detection.alarm.per !== undefined && settings.grouped !== false;
  const parts = compiling(detection, () =>
    withLists(detection, lists, (bound) => compileDetection(bound, exclusions, { grouped })),
  );
  const filters = parts.flatMap((part, i) =>
    part.filters.map((filter) => ({ ...filter, part: parts.length > 1 ? String(i + 1) : "" })),
  );
  const threshold = settings.threshold ?? detection.alarm.moreThan;
  const periodSeconds = settings.periodSeconds ?? detection.alarm.withinSeconds;
  const notes = [...new Set(parts.flatMap((part) => part.notes))];
  const dimensions = Object.keys(filters[0]?.dimensions ?? {});
  return {
    filters: filters.map(({ variant, part, ...filter }) => {
      const suffix = [detection.id, variant, part, "filter"].filter((each) => each !== "");
      return { name: names.child(...suffix), physicalName: names.physical("metricFilter", ...suffix), ...filter };
    }),
    patterns: filters.map(({ pattern }) => pattern),
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
      ? notes
      : notes.map((note) => note.replaceAll("ignorePrincipals", "workloadPrincipals")),
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
function planStateful(
  detection: Detection,
  settings: DetectionSettingsArgs,
  exclusions: Exclusions,
  lists: Lists,
): Planned {
  const parts = compiling(detection, () => withLists(detection, lists, (bound) => compileEvents(bound, exclusions)));
  const rule = withSettings(detection.stateful!, settings);
  const steps = parts[0]!.steps?.map(({ title }, i) => ({
    title,
    patterns: parts.flatMap((part) => part.steps![i]!.patterns),
  }));
  return {
    filters: [],
    patterns: parts.flatMap(({ patterns }) => patterns),
    stateful: rule.kind === "sequence" ? { ...rule, steps: steps! } : rule,
    alarm: {
      threshold: detection.alarm.moreThan,
      periodSeconds: detection.alarm.withinSeconds,
      rule: describeRule(rule),
    },
    notes: [...new Set(parts.flatMap(({ notes }) => notes))],
  };
}

function withSettings(rule: StatefulRule, settings: DetectionSettingsArgs): StatefulRule {
  switch (rule.kind) {
    case "each":
      return { ...rule, withinSeconds: settings.periodSeconds ?? rule.withinSeconds };
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

function compiling<T>(detection: Detection, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (error instanceof CompileError) throw new ArgumentError(`detections.${detection.id}`, error.reason);
    throw error;
  }
}

function lower(severity: Severity): Severity {
  return severities.indexOf(severity) < severities.indexOf(severityWithoutWorkload)
    ? severity
    : severityWithoutWorkload;
}
