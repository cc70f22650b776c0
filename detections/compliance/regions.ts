import type { ComplianceRule } from "./rule";

/**
 * Regions for which the AWS Config Developer Guide says which managed rules they have ("List of AWS Config Managed Rules by
 * Region Availability", and "AWS Region" on the page of each rule; copies of 2026).
 */
export const knownRegions: readonly string[] = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "cn-north-1",
  "cn-northwest-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-gov-east-1",
  "us-gov-west-1",
  "us-west-1",
  "us-west-2",
];

/** Whether a Region has a rule; `undefined` for a Region of which the data knows nothing. */
export function isAvailable({ notIn = [], onlyIn }: ComplianceRule, region: string): boolean | undefined {
  if (!knownRegions.includes(region)) return undefined;
  return onlyIn ? onlyIn.includes(region) : !notIn.includes(region);
}

/** Regions that a rule is not in, of those that are known. */
export function regionsWithout(rule: ComplianceRule): string[] {
  return knownRegions.filter((region) => isAvailable(rule, region) === false);
}
