import type { Audit } from "../../offline/audit/audit";

/** What an audit found, with what a report says beside. */
export interface AuditReport extends Audit {
  /** The file that was read, as a path from here. */
  file: string;
  strict: boolean;
  exitCode: 0 | 1;
  /** Line of the file on which a resource begins; 1 where it is not found. */
  lineOf(urn: string): number;
}

/** The object that `audit --json` prints. */
export function jsonReport({
  lineOf: _,
  strict,
  exitCode,
  violations,
  ...report
}: AuditReport): Record<string, unknown> {
  return {
    ...report,
    policies: violations,
    summary: {
      exitCode,
      strict,
      resources: report.resources.length,
      mandatory: violations.filter(({ enforcementLevel }) => enforcementLevel === "mandatory").length,
      advisory: violations.filter(({ enforcementLevel }) => enforcementLevel !== "mandatory").length,
      undecided: report.undecided.length,
      notInspected: report.notInspected.length,
    },
  };
}

/** Finds the lines of resources in a file by their URNs, which are written once or in the order of its steps. */
export function linesOf(text: string): (urn: string) => number {
  const lines = new Map<string, number>();
  text.split("\n").forEach((line, index) => {
    const [, urn] = /"urn":\s*"((?:[^"\\]|\\.)*)"/.exec(line) ?? [];
    if (urn !== undefined && !lines.has(urn)) lines.set(urn, index + 1);
  });
  return (urn) => lines.get(JSON.stringify(urn).slice(1, -1)) ?? 1;
}
