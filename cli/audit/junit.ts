import type { Verdict } from "../../offline/policies/verdicts";
import type { AuditReport } from "./report";

/**
 * JUnit XML, as CI systems read it: one case per policy and resource with something to say, and one per policy that has
 * nothing. What is undecided is skipped, and with `--strict` failed; what is advisory is printed.
 */
export function junit(report: AuditReport): string {
  const silent = report.policyLevels
    .filter(({ enforcementLevel }) => enforcementLevel !== "disabled")
    .map(({ policy }) => policy)
    .filter((policy) => ![...report.violations, ...report.undecided].some((verdict) => verdict.policy === policy));
  const cases = [
    ...silent.map((policy) => testCase(policy, "every resource", [])),
    ...grouped([...report.violations, ...report.undecided]).map(([policy, urn, verdicts]) =>
      testCase(
        policy,
        urn,
        verdicts.map((verdict) => outcome(verdict, report)),
      ),
    ),
    ...report.notInspected.map(({ urn, type, reason }) =>
      testCase("not inspected", urn, [element(report.strict ? "failure" : "skipped", `${type}: ${reason}`)]),
    ),
  ];
  const count = (name: string) => cases.filter((each) => each.includes(`<${name} `)).length;
  const counts = `tests="${cases.length}" failures="${count("failure")}" skipped="${count("skipped")}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="dynamodb-detective" ${counts}>`,
    `  <testsuite name="${escaped(`${report.project}/${report.stack}`)}" ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function outcome(verdict: Verdict, { undecided, strict }: AuditReport): string {
  if (undecided.includes(verdict)) return element(strict ? "failure" : "skipped", `undecided: ${verdict.message}`);
  return verdict.enforcementLevel === "mandatory"
    ? element("failure", verdict.message)
    : `      <system-out>${escaped(`advisory: ${verdict.message}`)}</system-out>`;
}

const element = (name: string, message: string): string => `      <${name} message="${escaped(message)}"/>`;

/** A case has at most one result: the worst of its elements first, the rest as text. */
function testCase(policy: string, urn: string, outcomes: readonly string[]): string {
  const head = `    <testcase classname="${escaped(policy)}" name="${escaped(urn)}"`;
  if (outcomes.length === 0) return `${head}/>`;
  const [worst, ...rest] = [...outcomes].sort((a, b) => rank(a) - rank(b));
  const others = rest.map((each) => each.replace(/^ *<\w+ message="(.*)"\/>$/, "      <system-out>$1</system-out>"));
  return [`${head}>`, worst!, ...others, "    </testcase>"].join("\n");
}

const rank = (outcome: string): number =>
  ["<failure", "<skipped", "<system-out"].findIndex((name) => outcome.includes(name));

function grouped(verdicts: readonly Verdict[]): [string, string, Verdict[]][] {
  const groups = new Map<string, [string, string, Verdict[]]>();
  for (const verdict of verdicts) {
    const key = `${verdict.policy}\n${verdict.urn}`;
    const group = groups.get(key) ?? [verdict.policy, verdict.urn, []];
    group[2].push(verdict);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
};
// XML 1.0 has no other control characters, not even written as entities; half a surrogate pair is no character.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string): string =>
  Buffer.from(text)
    .toString()
    .replace(unwritable, "\ufffd")
    .replace(/[&<>"'\n]/g, (character) => entities[character]!);
