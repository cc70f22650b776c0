import { createHash } from "node:crypto";
import type { Verdict } from "../../offline/policies/verdicts";
import { policies } from "../../policypack/policies";
import type { AuditReport } from "./report";

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code scanning reads it. */
export function sarif(report: AuditReport): Record<string, unknown> {
  const findings = [
    ...report.violations.map((verdict) => ({
      verdict,
      level: verdict.enforcementLevel === "mandatory" ? "error" : "warning",
    })),
    ...report.undecided.map((verdict) => ({ verdict, level: report.strict ? "error" : "note" })),
  ];
  const rules = [...new Map(findings.map(({ verdict }) => [verdict.policy, verdict])).values()].map(ruleOf);
  const ids = rules.map(({ id }) => id);
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "dynamodb-detective",
            semanticVersion: report.policyPack.split("@v")[1],
            rules,
          },
        },
        results: findings.map(({ verdict, level }) => ({
          ruleId: verdict.policy,
          ruleIndex: ids.indexOf(verdict.policy),
          level,
          message: { text: verdict.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: report.file },
                region: { startLine: report.lineOf(verdict.urn) },
              },
              logicalLocations: [{ fullyQualifiedName: verdict.urn, kind: "resource" }],
            },
          ],
          // The same finding of the next run is known again by these, wherever it is in the file.
          partialFingerprints: { "policyAndMessage/v1": fingerprint(verdict) },
        })),
        invocations: [{ executionSuccessful: true }],
      },
    ],
  };
}

const fingerprint = ({ policy, urn, message }: Verdict): string =>
  createHash("sha256").update([policy, urn, message].join("\n")).digest("hex");

/** Scores by which code scanning sorts findings (0 to 10). */
const scores: Record<string, string> = { low: "3.0", medium: "5.5", high: "8.0", critical: "9.5" };

function ruleOf({ policy, description }: Verdict) {
  const own = policies.find(({ name }) => name === policy);
  return {
    id: policy,
    shortDescription: { text: description || policy },
    ...(own && {
      fullDescription: { text: own.why },
      help: { text: own.remediationSteps, markdown: own.remediationSteps },
      helpUri: own.url,
      properties: { "security-severity": scores[own.severity]!, tags: ["security", "dynamodb"] },
    }),
  };
}
