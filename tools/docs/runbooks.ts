import { type AttackMapping, type CatalogEntry, describeDetection, entries } from "../../detections";

/** One page per detection, by path: what an alert means and what to do about it. */
export function runbooks(): Record<string, string> {
  return Object.fromEntries(entries.map((detection) => [`docs/detections/${detection.id}.md`, runbook(detection)]));
}

function runbook(detection: CatalogEntry): string {
  const { id, title, severity, source, evidence, evidenceNote, attack, origin } = detection;
  const section = (heading: string, lines: readonly string[] | undefined, numbered = false): string[] =>
    lines && lines.length > 0
      ? [`## ${heading}`, "", ...lines.map((line, i) => (numbered ? `${i + 1}. ${line}` : `- ${line}`)), ""]
      : [];
  return [
    `# ${title}`,
    "",
    `Generated from \`detections/catalog\` by \`npm run docs\`.`,
    "",
    "| | |",
    "|---|---|",
    `| id | \`${id}\` |`,
    `| severity | ${severity} |`,
    `| alerts on | ${describeDetection(detection)} |`,
    `| event source | ${source} |`,
    `| evidence | ${evidence}: ${evidenceNote} |`,
    ...attack.map((mapping) => `| ATT&CK v${mapping.version} | ${attackText(mapping)} |`),
    ...(origin ? [`| published as | "${origin.title}", ${origin.tactic} / ${origin.technique} |`] : []),
    "",
    "## Impact",
    "",
    detection.impact,
    "",
    ...section("Response", detection.response, true),
    ...section("False positives", detection.falsePositives),
    ...section("What it cannot see", detection.limits),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

const attackText = ({ tactic, technique, note }: AttackMapping): string =>
  `${[tactic, technique].filter(Boolean).join(" / ")}${note ? `: ${note}` : ""}`;
