import pc from "picocolors";
import type { FrameworkCoverage, FrameworkRow, Status } from "../../coverage";

/** The lists in the order in which people read them. */
export const lists = [
  ["practices", "AWS practices"],
  ["publishedAlerts", "Published alerts"],
  ["attack", "ATT&CK techniques"],
  ["cis", "CIS AWS Foundations Benchmark"],
  ["securityHub", "AWS Security Hub"],
  ["survey", "Known behaviours"],
] as const satisfies readonly (readonly [Exclude<keyof FrameworkCoverage, "evidence">, string])[];

/** The report that people read. */
export function coverageText(coverage: FrameworkCoverage, useColors: boolean): string {
  const colors = pc.createColors(useColors);
  const color: Record<Status, (text: string) => string> = {
    OK: colors.green,
    PARTIAL: colors.yellow,
    "N/A": colors.dim,
  };
  const { documented, observed, inferred } = coverage.evidence;
  const lines = lists.flatMap(([key, title]) => {
    const rows: readonly FrameworkRow[] = coverage[key];
    const widest = Math.max(...rows.map(({ id }) => id.length));
    return [
      colors.bold(`${title}: ${tally(rows)}`),
      ...rows.map(({ id, title: what, status, by, note }) => {
        const told = [what, by.length > 0 ? `(${by.join(", ")})` : "", note ? `- ${note}` : ""]
          .filter(Boolean)
          .join(" ");
        return `  ${color[status](status.padEnd(7))}  ${id.padEnd(widest)}  ${told}`;
      }),
      "",
    ];
  });
  return [
    ...lines,
    `${documented + observed + inferred} detections in force; event shapes ${documented} documented, ${observed} observed, ${inferred} inferred`,
    "",
  ].join("\n");
}

/** "5 OK, 1 PARTIAL, 1 N/A" */
export function tally(rows: readonly FrameworkRow[]): string {
  const count = (status: Status): number => rows.filter((row) => row.status === status).length;
  return (["OK", "PARTIAL", "N/A"] as const).map((status) => `${count(status)} ${status}`).join(", ");
}
