import { type Trail, trailOf } from "../cloudTrail/trail";
import { declaredPolicy } from "../declaredPolicy";
import { compliant, unchanged, type Verdict, violation } from "../verdict";

export const trailEncryption = declaredPolicy({
  name: "cloudtrail-encryption",
  description: "Checks whether trails encrypt their log files with a KMS key.",
  why: "Log files name every table, key and principal. With a key of its own, reading them takes a permission that S3's policies alone do not give.",
  severity: "medium",
  frameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "CloudTrail.2",
      specification: "CloudTrail should have encryption at-rest enabled",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-2",
    },
  ],
  remediationSteps:
    "Set `kmsKeyId` to the ARN of a key whose policy lets CloudTrail use it. The change is made in place.",
  url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
  configuration: {},
  check: (resource) => {
    const trail = trailOf(resource);
    if (!trail) return undefined;
    const { label, kmsKey, ignored } = trail;
    return [verdictOn(label, kmsKey), ...unchanged(label, ignored([kmsKey.property]), "an existing trail")];
  },
});

/** A key that is not known yet is a key all the same. */
function verdictOn(label: string, { property, reading }: Trail["kmsKey"]): Verdict {
  const write = `set ${property}: <ARN of your key>`;
  if (reading.state === "malformed") return violation(`${label}: ${reading.problem}, ${write}.`);
  const has = reading.state === "unknown" || (reading.state === "known" && reading.value !== "");
  return has ? compliant : violation(`${label} does not encrypt its log files with a KMS key: ${write}.`);
}
