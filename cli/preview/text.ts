import { Table } from "console-table-printer";
import pc from "picocolors";
import type { Assessment } from "../../coverage";
import { entriesToAdd } from "../../offline/lookups/answers";
import type { Verdict } from "../../offline/policies/verdicts";
import type { PolicyLevel, Preview, PreviewedResource } from "../../offline/preview";
import { visible, visibleLines } from "./controlCharacters";
import { exitCode } from "./exitCode";
import { resourceTree, shortType } from "./tree";

export interface TextOptions {
  verbose: boolean;
  strict: boolean;
}

/** The report that people read. */
export function textReport(result: Preview, found: Assessment, options: TextOptions): string {
  const preview = visible(result);
  const assessment = visible(found);
  const colors = pc.createColors(Boolean(process.stdout.isTTY) && pc.isColorSupported);
  const byUrn = new Map(preview.resources.map((resource) => [resource.urn, resource]));
  const heading = (text: string): string => `\n${colors.bold(text)}`;
  const lines: string[] = [`Preview of ${colors.bold(preview.project)}, stack ${colors.bold(preview.stack)}`, ""];
  // One by one: a program may print more lines than a call takes arguments.
  const add = (items: readonly string[]): void => {
    for (const item of items) lines.push(item);
  };
  const list = (title: string, items: readonly string[]): void => {
    if (items.length > 0) add([heading(title), ...items]);
  };

  const mark = (urn: string): string => {
    const levels = preview.violations
      .filter((violation) => violation.urn === urn)
      .map(({ enforcementLevel }) => enforcementLevel);
    if (levels.includes("mandatory")) return colors.red("blocked");
    if (levels.length > 0) return colors.yellow("advisory");
    if (preview.undecided.some((verdict) => verdict.urn === urn)) return colors.yellow("undecided");
    return preview.notInspected.some((resource) => resource.urn === urn) ? colors.yellow("not inspected") : "";
  };
  add(resourceTree(preview.resources, { verbose: options.verbose, mark }));

  list(
    "Program output",
    preview.log.map(({ severity, message }) =>
      (severity === "info" ? message : `${severity}: ${message}`).replaceAll("\n", "\n  "),
    ),
  );
  lines.push(heading(`Policies (${preview.policyPack})`), ...changedPolicies(preview.policyLevels).map(colors.yellow));
  if (preview.violations.length === 0) {
    const inForce = preview.policyLevels.some(({ enforcementLevel }) => enforcementLevel !== "disabled");
    lines.push(inForce ? colors.green("No violation.") : colors.yellow("No policy is in force: nothing was judged."));
  }
  add(verdictLines(preview.violations, byUrn, ({ enforcementLevel }) => enforcementLevel));
  list(
    "Undecided: this cannot be told before deployment",
    verdictLines(preview.undecided, byUrn, () => "undecided"),
  );
  list(
    "Remediated",
    preview.remediations.map(
      ({ policy, urn, problem }) => `${nameOf(urn, byUrn)}: ${policy}${problem ? `: ${problem}` : ""}`,
    ),
  );
  list(
    "Not inspected",
    preview.notInspected.map(({ urn, type, reason }) => `${nameOf(urn, byUrn)}  ${shortType(type)}: ${reason}`),
  );
  list(
    "Look-ups without an answer: unknown here, with whatever the program makes of them (add to a --lookups FILE)",
    preview.lookups.length > 0 ? [visibleLines(entriesToAdd(result.lookups))] : [],
  );
  list("Encrypted configuration values, replaced by placeholders", preview.placeholders);
  list("Notes", preview.notes);

  add(coverageLines(assessment, heading));
  list(
    "Advice",
    [...preview.unusedLookups, ...assessment.advice].map((sentence) => `- ${sentence}`),
  );
  lines.push("", summary(preview, options.strict, colors), "");
  return lines.join("\n");
}

/** Where the policies are not as the pack has them: a pass says as much as the policies that are in force. */
function changedPolicies(policies: readonly PolicyLevel[]): string[] {
  const groups = new Map<string, string[]>();
  const add = (title: string, item: string) => groups.set(title, [...(groups.get(title) ?? []), item]);
  for (const { policy, enforcementLevel, packLevel } of policies) {
    if (enforcementLevel === "disabled") add("Disabled", policy);
    else if (enforcementLevel !== packLevel) add(`${capitalized(enforcementLevel)} instead of ${packLevel}`, policy);
  }
  for (const { policy, settings } of policies) {
    for (const [name, value] of Object.entries(settings))
      add("Settings", `${policy}.${name} = ${JSON.stringify(value)}`);
  }
  return [...groups].map(([title, items]) => `${title}: ${items.join(", ")}`);
}

const capitalized = (word: string): string => word.replace(/^./, (letter) => letter.toUpperCase());

function verdictLines(
  verdicts: readonly Verdict[],
  byUrn: ReadonlyMap<string, PreviewedResource>,
  level: (verdict: Verdict) => string,
): string[] {
  const lines: string[] = [];
  const urns = [...new Set(verdicts.map(({ urn }) => urn))];
  for (const urn of urns) {
    const resource = byUrn.get(urn);
    const place = [parentsOf(urn, byUrn), resource?.source].filter(Boolean).join(", ");
    lines.push(`${nameOf(urn, byUrn)}  ${resource ? shortType(resource.type) : ""}${place && `  (${place})`}`);
    for (const verdict of verdicts.filter((candidate) => candidate.urn === urn)) {
      const [first = "", ...rest] = verdict.message.split("\n");
      lines.push(`  ${level(verdict)}  ${verdict.policy}`, `    ${first}`, ...rest.map((line) => `    ${line}`));
    }
  }
  return lines;
}

const nameOf = (urn: string, byUrn: ReadonlyMap<string, PreviewedResource>): string =>
  byUrn.get(urn)?.name ?? urn.split("::").slice(3).join("::");

/** `in orders > storage`: the components around a resource. */
function parentsOf(urn: string, byUrn: ReadonlyMap<string, PreviewedResource>): string {
  const names: string[] = [];
  for (let parent = byUrn.get(byUrn.get(urn)?.parent ?? ""); parent?.parent; parent = byUrn.get(parent.parent)) {
    names.unshift(parent.name);
  }
  return names.length > 0 ? `in ${names.join(" > ")}` : "";
}

function coverageLines({ coverage, quotas }: Assessment, heading: (text: string) => string): string[] {
  const lines: string[] = [];
  for (const [kind, title] of [
    ["practice", "Practices"],
    ["alert", "Alerts"],
  ] as const) {
    const rows = coverage.filter((row) => row.kind === kind);
    if (rows.length === 0) continue;
    lines.push(heading(`${title}: ${rows.filter(({ covered }) => covered).length} of ${rows.length} covered`));
    lines.push(
      table(
        rows.map((row) => ({
          [kind]: row.id,
          covered: row.covered ? "yes" : "no",
          by: [row.by.length > 0 ? byText(row.by) : "", row.note ?? ""].filter(Boolean).join(". "),
        })),
      ),
    );
  }
  if (quotas.length > 0) {
    lines.push(heading("Quotas"));
    lines.push(
      table(
        quotas.map(({ name, used, limit, resource }) => ({ quota: name, used: `${used} of ${limit}`, for: resource })),
      ),
    );
  }
  return lines;
}

/** Characters after which a table's cell goes on in the next line. */
const widestColumn = 88;

/** The first resource by name, and how many more. */
function byText(urns: readonly string[]): string {
  const name = urns[0]!.split("::").slice(3).join("::");
  return urns.length === 1 ? name : `${name} and ${urns.length - 1} more`;
}

function table(rows: readonly Record<string, string>[]): string {
  const columns = Object.keys(rows[0] ?? {}).map((name) => ({
    name,
    alignment: "left" as const,
    color: "reset" as const,
    // A limit widens narrower columns too, so only those get one that need it.
    ...(rows.some((row) => row[name]!.length > widestColumn) && { maxLen: widestColumn }),
  }));
  const printed = new Table({ columns, shouldDisableColors: true });
  printed.addRows([...rows]);
  return printed.render();
}

function summary(preview: Preview, strict: boolean, colors: ReturnType<typeof pc.createColors>): string {
  const mandatory = preview.violations.filter(({ enforcementLevel }) => enforcementLevel === "mandatory").length;
  const parts = [
    counted(preview.resources.filter(({ parent }) => parent).length, "resource"),
    counted(mandatory, "mandatory violation"),
    `${preview.violations.length - mandatory} advisory`,
    `${preview.undecided.length} undecided`,
    `${preview.notInspected.length} not inspected`,
    ...(preview.lookups.length > 0 ? [`${counted(preview.lookups.length, "look-up")} without an answer`] : []),
  ].join(", ");
  return exitCode(preview, strict) === 0 ? colors.green(`Passed: ${parts}`) : colors.red(`Blocked: ${parts}`);
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;
