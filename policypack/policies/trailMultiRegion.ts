import { trailOf } from "../cloudTrail/trail";
import { declaredPolicy } from "../declaredPolicy";
import { judge, unchanged } from "../verdict";

export const trailMultiRegion = declaredPolicy({
  name: "cloudtrail-multi-region",
  description: "Checks whether trails record all Regions.",
  why: "A replica, a restored table or an attacker may be in a Region that nobody looks at.",
  severity: "high",
  level: "advisory",
  frameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "CloudTrail.1",
      specification:
        "CloudTrail should be enabled and configured with at least one multi-Region trail that includes read and write management events",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-1",
    },
  ],
  remediationSteps: "Set `isMultiRegionTrail: true` on one trail of the account. The change is made in place.",
  url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-multi-region-trails.html",
  configuration: {},
  check: (resource) => {
    const trail = trailOf(resource);
    if (!trail) return undefined;
    const { label, multiRegion, ignored } = trail;
    return [
      judge(multiRegion, {
        label,
        accepts: (enabled) => enabled,
        otherwise: "records one Region only",
        write: multiRegion.write(true),
      }),
      ...unchanged(label, ignored([multiRegion.property]), "an existing trail"),
    ];
  },
});
