import { catalog, type Detection, filterControls, publishedAlerts } from "../detections";
import { attackVersion } from "../detections/mappings/attack";
import { type Surveyed, survey } from "../detections/mappings/survey";
import { practiceSources } from "./practices";

/** OK: covered. PARTIAL: in part, `note` says what is missing. N/A: not covered, or not something to cover here; `note` says why. */
export type Status = "OK" | "PARTIAL" | "N/A";

/** One entry of a list of practices, alerts, techniques or controls, and what covers it. */
export interface FrameworkRow {
  id: string;
  title: string;
  status: Status;
  /** Ids of detections, names of AWS Config rules. */
  by: string[];
  note?: string;
}

/** Lists that people ask to be held against. */
export interface FrameworkCoverage {
  practices: FrameworkRow[];
  publishedAlerts: FrameworkRow[];
  attack: FrameworkRow[];
  cis: FrameworkRow[];
  securityHub: FrameworkRow[];
  /** Everything known to be worth detecting, with what is left out. */
  survey: FrameworkRow[];
  /** Detections in force by the grade of their evidence. */
  evidence: Record<Detection["evidence"], number>;
}

/** What is in force. */
export interface InForce {
  /** Ids of detections that can alert. */
  detections: ReadonlySet<string>;
  /** Ids of Security Hub controls whose literal filter is registered with an alarm. */
  literalFilters: ReadonlySet<string>;
  /** Identifiers of AWS Config rules. */
  configRules: ReadonlySet<string>;
  /** Ids of practices that the registered resources put to work, and what is missing for the others. */
  practices: readonly { id: string; title: string; covered: boolean; note?: string }[];
}

/** Holds what is in force against each list. Pure. */
export function frameworkCoverage(inForce: InForce): FrameworkCoverage {
  const isOn = (id: string): boolean => inForce.detections.has(id);
  return {
    practices: inForce.practices.map(({ id, title, covered, note }) => ({
      id,
      title,
      status: covered ? "OK" : "N/A",
      by: covered ? idsOf(catalog.filter((each) => isOn(each.id) && practiceSources[id]?.includes(each.source))) : [],
      ...(note !== undefined && { note }),
    })),
    publishedAlerts: publishedAlerts.map((detection) => ({
      id: detection.id,
      title: detection.origin!.title,
      ...among([detection.id], isOn),
    })),
    attack: attackRows(isOn),
    cis: cisRows(inForce),
    securityHub: [
      ...filterControls.map((control) => controlRow(control, inForce)),
      ...postureRows(inForce),
      ...elsewhere,
    ],
    survey: survey.map((each) => surveyRow(each, isOn)),
    evidence: evidenceOf(catalog.filter(({ id }) => isOn(id))),
  };
}

const idsOf = (detections: readonly Detection[]): string[] => detections.map(({ id }) => id);

/** OK where all of these are on, PARTIAL where some are. */
function among(ids: readonly string[], isOn: (id: string) => boolean): Pick<FrameworkRow, "status" | "by" | "note"> {
  const on = ids.filter(isOn);
  const off = ids.filter((id) => !isOn(id));
  if (on.length === ids.length) return { status: "OK", by: on };
  return { status: on.length > 0 ? "PARTIAL" : "N/A", by: on, note: `Not in force: ${off.join(", ")}.` };
}

/** One row for each technique that some detection is mapped to, by version. */
function attackRows(isOn: (id: string) => boolean): FrameworkRow[] {
  const mapped = new Map<string, { title: string; detections: Set<string> }>();
  for (const detection of catalog) {
    for (const { version, tactic, technique } of detection.attack) {
      if (technique === undefined) continue;
      const known = attackVersion(version)!;
      const id = `${version} ${technique}`;
      const row = mapped.get(id) ?? {
        title: `${known.techniques[technique]!.name} (${known.tactics[tactic]!})`,
        detections: new Set<string>(),
      };
      row.detections.add(detection.id);
      mapped.set(id, row);
    }
  }
  return [...mapped]
    .map(([id, { title, detections }]) => ({ id, title, ...among([...detections], isOn) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

type Control = (typeof filterControls)[number];

/** Security Hub's own check asks for the literal filter; a tuned one sees the same events and fails it. */
function controlRow(control: Control, { literalFilters, detections }: InForce): FrameworkRow {
  const by = idsOf(catalog.filter(({ id, controls }) => detections.has(id) && controls?.includes(control.id)));
  const { id, title } = control;
  if (literalFilters.has(id)) return { id, title, status: "OK", by: ["cisFilters", ...by] };
  return by.length > 0
    ? {
        id,
        title,
        status: "PARTIAL",
        by,
        note: "Tuned detections see it; the control asks for the literal filter: set cisFilters.",
      }
    : { id, title, status: "N/A", by, note: "No detection in force sees it; set cisFilters for the literal filter." };
}

function cisRows(inForce: InForce): FrameworkRow[] {
  return filterControls.flatMap((control) =>
    control.cis.map((recommendation) => {
      const { status, by, note } = controlRow(control, inForce);
      const [version, number] = recommendation.split("/");
      return { id: `v${version} ${number}`, title: control.title, status, by, ...(note !== undefined && { note }) };
    }),
  );
}

/** Security Hub's controls of tables: settings and not events (Security Hub user guide, "Amazon DynamoDB controls"). */
const postureControls: readonly { id: string; title: string; rule?: string; without: string }[] = [
  { id: "DynamoDB.1", title: "Tables scale capacity with demand", without: "A matter of availability and cost." },
  {
    id: "DynamoDB.2",
    title: "Tables have point-in-time recovery",
    rule: "DYNAMODB_PITR_ENABLED",
    without: "The AWS Config rule is not deployed (config); the policy pack checks it at preview.",
  },
  {
    id: "DynamoDB.3",
    title: "DAX clusters are encrypted at rest",
    without: "Clusters are not evaluated, only watched for changes.",
  },
  { id: "DynamoDB.4", title: "Tables are in a backup plan", without: "Backup plans are not evaluated." },
  {
    id: "DynamoDB.5",
    title: "Tables are tagged",
    rule: "REQUIRED_TAGS",
    without: "The AWS Config rule is not deployed (requiredTags); the policy pack checks it at preview.",
  },
  {
    id: "DynamoDB.6",
    title: "Tables have deletion protection",
    rule: "DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED",
    without: "The AWS Config rule is not deployed (config); the policy pack checks it at preview.",
  },
  {
    id: "DynamoDB.7",
    title: "DAX clusters are encrypted in transit",
    without: "Clusters are not evaluated, only watched for changes.",
  },
];

const postureRows = ({ configRules }: InForce): FrameworkRow[] =>
  postureControls.map(({ id, title, rule, without }) =>
    rule !== undefined && configRules.has(rule)
      ? { id, title, status: "OK", by: [rule] }
      : { id, title, status: "N/A", by: [], note: without },
  );

/** The other metric filters that Security Hub asks for. */
const elsewhere: readonly FrameworkRow[] = [
  {
    id: "CloudWatch.3, .4, .6, .8, .10 to .14",
    title: "Sign-in, IAM policies, buckets and networks",
    status: "N/A",
    by: [],
    note: "Not about tables, their keys or what watches them.",
  },
];

/** The identifiers of the AWS Config rules that answer a control. */
export const postureRules: readonly string[] = postureControls.flatMap(({ rule }) => rule ?? []);

function surveyRow({ number, behaviour, detections, omitted }: Surveyed, isOn: (id: string) => boolean): FrameworkRow {
  const row = { id: number, title: behaviour, ...among(detections, isOn) };
  if (detections.length === 0) return { ...row, status: "N/A", note: omitted! };
  if (omitted === undefined) return row;
  return {
    ...row,
    status: row.status === "OK" ? "PARTIAL" : row.status,
    note: [row.note, `Left out: ${omitted}`].filter(Boolean).join(" "),
  };
}

function evidenceOf(detections: readonly Detection[]): FrameworkCoverage["evidence"] {
  const count = (grade: Detection["evidence"]): number =>
    detections.filter(({ evidence }) => evidence === grade).length;
  return { documented: count("documented"), observed: count("observed"), inferred: count("inferred") };
}
