import {
  type AttackMapping,
  catalog,
  type Detection,
  DetectionProfile,
  describeDetection,
  families,
  filterControls,
  isInProfile,
} from "../../detections";

/** One page per detection, by path: what an alert means and what to do about it. */
export function runbooks(): Record<string, string> {
  return Object.fromEntries(catalog.map((detection) => [`docs/detections/${detection.id}.md`, runbook(detection)]));
}

function runbook(detection: Detection): string {
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
    `| family | ${familyOf(detection)} |`,
    `| severity | ${severity} |`,
    `| deployed by | ${profilesOf(detection)} |`,
    `| alerts on | ${describeDetection(detection)} |`,
    `| event source | ${source} |`,
    ...(detection.refusedCalls ? [`| refused calls | ${refusedText[detection.refusedCalls]} |`] : []),
    ...(detection.requires ? [`| deployed | where \`${detection.requires}\` is set |`] : []),
    ...(detection.lowWithout ? [`| severity low | until \`${detection.lowWithout}\` is set |`] : []),
    `| evidence | ${evidence}: ${evidenceNote} |`,
    ...attack.map((mapping) => `| ATT&CK v${mapping.version} | ${attackText(mapping)} |`),
    ...controlRows(detection),
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

const refusedText = { count: "count beside the others", only: "alone count" };

/** Security Hub's control and the CIS recommendations that it derives from. */
const controlRows = ({ controls = [] }: Detection): string[] =>
  filterControls
    .filter(({ id }) => controls.some((control) => control === id))
    .flatMap(({ id, cis }) => [
      `| Security Hub | ${id} (its literal filter: \`cisFilters\`) |`,
      `| CIS AWS Foundations | ${cis.join(", ")} |`,
    ]);

const familyOf = (detection: Detection): string =>
  Object.entries(families).find(([, family]) => family.includes(detection))![0];

const profilesOf = (detection: Detection): string => {
  const profiles = Object.values(DetectionProfile).filter((profile) => isInProfile(detection, profile));
  return profiles.length === 1
    ? `the profile \`${profiles[0]}\``
    : `the profiles ${profiles.map((each) => `\`${each}\``).join(", ")}`;
};

const attackText = ({ tactic, technique, note }: AttackMapping): string =>
  `${[tactic, technique].filter(Boolean).join(" / ")}${note ? `: ${note}` : ""}`;
