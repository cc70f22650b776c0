import { trailOf } from "../cloudTrail/trail";
import { declaredPolicy } from "../declaredPolicy";
import { judge, unchanged } from "../verdict";

export const trailLogFileValidation = declaredPolicy({
  name: "cloudtrail-log-file-validation",
  description: "Checks whether trails have log file validation.",
  why: "Its signed digests show whether a log file was changed or deleted after CloudTrail wrote it; without them evidence is only a claim.",
  severity: "low",
  frameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "CloudTrail.4",
      specification: "CloudTrail log file validation should be enabled",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-4",
    },
  ],
  remediationSteps: "Set `enableLogFileValidation: true`. The change is made in place.",
  url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html",
  configuration: {},
  check: (resource) => {
    const trail = trailOf(resource);
    if (!trail) return undefined;
    const { label, logFileValidation, ignored } = trail;
    return [
      judge(logFileValidation, {
        label,
        accepts: (enabled) => enabled,
        otherwise: "writes log files that can be changed unnoticed",
        write: logFileValidation.write(true),
      }),
      ...unchanged(label, ignored([logFileValidation.property]), "an existing trail"),
    ];
  },
});
