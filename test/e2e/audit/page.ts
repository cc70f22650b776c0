import { explained } from "./explained";
import type { Finding } from "./prowler";

/** The page `docs/audit.md`. */
export function auditPage(findings: Finding[]): string {
  const failing = group(findings.filter(({ status }) => status === "FAIL"));
  const passing = group(findings.filter(({ status }) => status === "PASS"));
  const passed = [...passing.keys()].filter((check) => !failing.has(check)).sort();
  const rows = [...failing]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([check, found]) => {
      const [reason, text] = explained[check] ?? ["not explained", ""];
      const on = [...new Set(found.map(({ resource }) => thing(resource)))].sort().join(", ");
      return `| \`${check}\` | ${found[0]!.severity} | ${on} | ${reason} | ${text} |`;
    });
  return `# What Prowler says

\`npm run audit:prowler\` deploys the program with a stream monitor into an emulated account and runs the checks of
[Prowler](https://github.com/prowler-cloud/prowler) for CloudTrail, AWS Config, CloudWatch, SNS, SQS, KMS, S3, Lambda and
DynamoDB on it. It fails when a check fails that is not explained here, or is explained and does not fail. This page is written by
it. Prowler reads an emulator here; in AWS it may say more.

Reasons: **intended** (on purpose), **opt-in** (a setting, off by default), **out of scope** (not about DynamoDB and its
detectors), **emulator** (the emulator does not say what the check reads).

| failing check | severity | on | reason | answer |
|---|---|---|---|---|
${rows.join("\n")}

Passed on every resource: ${passed.map((check) => `\`${check}\``).join(", ")}.
`;
}

function group(findings: Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.check, [...(groups.get(finding.check) ?? []), finding]);
  return groups;
}

/** A resource without account and generated suffix. */
function thing(arn: string): string {
  const name = arn
    .split(":")
    .slice(5)
    .join(":")
    .replace(/-[0-9a-f]{26}$/, "");
  return name.includes("dynamodb-de") ? `\`${name}\`` : "account";
}
