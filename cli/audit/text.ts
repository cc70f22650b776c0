import pc from "picocolors";
import { visible } from "../preview/controlCharacters";
import { changedPolicies, nameOf, verdictLines } from "../preview/text";
import { shortType } from "../preview/tree";
import type { AuditReport } from "./report";

/** The report that people read. */
export function textReport(found: AuditReport): string {
  const report = visible(found);
  const colors = pc.createColors(Boolean(process.stdout.isTTY) && pc.isColorSupported);
  const byUrn = new Map(report.resources.map((resource) => [resource.urn, resource]));
  const heading = (text: string): string => `\n${colors.bold(text)}`;
  const title = report.project === "" ? report.file : `${report.project}, stack ${report.stack} (${report.file})`;
  const lines = [`Audit of ${title}`, heading(`Policies (${report.policyPack})`)];
  const list = (name: string, items: readonly string[]): void => {
    if (items.length > 0) lines.push(heading(name), ...items);
  };
  lines.push(...changedPolicies(report.policyLevels).map(colors.yellow));
  lines.push(
    ...(report.violations.length === 0
      ? [colors.green("No violation.")]
      : verdictLines(report.violations, byUrn, ({ enforcementLevel }) => enforcementLevel)),
  );
  list(
    "Undecided: these values cannot be read here",
    verdictLines(report.undecided, byUrn, () => "undecided"),
  );
  list(
    "Not inspected",
    report.notInspected.map(({ urn, type, reason }) => `${nameOf(urn, byUrn)}  ${shortType(type)}: ${reason}`),
  );
  list("Notes", report.notes);
  const mandatory = report.violations.filter(({ enforcementLevel }) => enforcementLevel === "mandatory").length;
  const summary = [
    `${report.resources.length} resources`,
    `${mandatory} mandatory ${mandatory === 1 ? "violation" : "violations"}`,
    `${report.violations.length - mandatory} advisory`,
    `${report.undecided.length} undecided`,
    `${report.notInspected.length} not inspected`,
  ].join(", ");
  lines.push("", found.exitCode === 0 ? colors.green(`Passed: ${summary}`) : colors.red(`Failed: ${summary}`), "");
  return lines.join("\n");
}
