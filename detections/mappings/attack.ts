import { techniques18 } from "./attack18";

/** What a version of ATT&CK for Enterprise knows. Ids are only comparable within a version. */
export interface AttackVersion {
  version: string;
  /** Name by tactic id. */
  tactics: Readonly<Record<string, string>>;
  /** By technique id. */
  techniques: Readonly<Record<string, AttackTechnique>>;
  /** Whether these are all of the version's techniques, or those alone that are used here. */
  complete: boolean;
}

export interface AttackTechnique {
  /** "Impair Defenses: Disable or Modify Cloud Logs" of a sub-technique. */
  name: string;
  tactics: readonly string[];
}

const tactics18 = {
  TA0001: "Initial Access",
  TA0002: "Execution",
  TA0003: "Persistence",
  TA0004: "Privilege Escalation",
  TA0005: "Defense Evasion",
  TA0006: "Credential Access",
  TA0007: "Discovery",
  TA0008: "Lateral Movement",
  TA0009: "Collection",
  TA0010: "Exfiltration",
  TA0011: "Command and Control",
  TA0040: "Impact",
  TA0042: "Resource Development",
  TA0043: "Reconnaissance",
};

/**
 * v19 splits Defense Evasion into Stealth, which keeps TA0005, and Defense Impairment, and moves Impair Defenses (T1562) there.
 * Only what is used here: MITRE's release notes "Updates - April 2026", and Elastic's map of v18 ids to v19 ids
 * (elastic/detection-rules, attack_v18_to_v19.yaml).
 */
const techniques19 = {
  T1685: "TA0112 Disable or Modify Tools",
  "T1685.002": "TA0112 Disable or Modify Tools: Disable or Modify Cloud Log",
};

/** The versions that mappings may name. */
export const attackVersions: readonly AttackVersion[] = [
  { version: "18.1", tactics: tactics18, techniques: read(techniques18), complete: true },
  { version: "19.1", tactics: { TA0112: "Defense Impairment" }, techniques: read(techniques19), complete: false },
];

export const attackVersion = (version: string): AttackVersion | undefined =>
  attackVersions.find((known) => known.version === version);

function read(written: Readonly<Record<string, string>>): Record<string, AttackTechnique> {
  const entries = Object.entries(written).map(([id, text]): [string, AttackTechnique] => {
    const [, tactics = "", name = ""] = /^((?:TA\d{4} )+)(.*)$/.exec(text) ?? [];
    return [id, { tactics: tactics.trim().split(" "), name }];
  });
  return Object.fromEntries(entries);
}

/** Why a mapping is wrong in the version that it names; undefined where it is right. */
export function attackProblem(mapping: { version: string; tactic: string; technique?: string }): string | undefined {
  const known = attackVersion(mapping.version);
  if (!known) return `ATT&CK ${mapping.version} is none of ${attackVersions.map(({ version }) => version).join(", ")}`;
  const { tactic, technique } = mapping;
  if (!Object.hasOwn(known.tactics, tactic)) return `ATT&CK ${mapping.version} has no tactic ${tactic}`;
  if (technique === undefined) return undefined;
  const found = Object.hasOwn(known.techniques, technique) ? known.techniques[technique] : undefined;
  if (!found) return `ATT&CK ${mapping.version} has no technique ${technique}`;
  return found.tactics.includes(tactic)
    ? undefined
    : `ATT&CK ${mapping.version} has ${technique} under ${found.tactics.join(", ")}, not under ${tactic}`;
}
