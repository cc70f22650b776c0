import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Where a component is deployed, as its provider says; never a literal `arn:aws:`. */
export interface Location {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: pulumi.Output<string>;
  region: pulumi.Output<string>;
  accountId: pulumi.Output<string>;
}

/** Asks the provider of a component for partition, Region and account. */
export function locationOf(component: pulumi.Resource): Location {
  const options = { parent: component };
  return {
    partition: aws.getPartitionOutput({}, options).partition,
    region: aws.getRegionOutput({}, options).region,
    accountId: aws.getCallerIdentityOutput({}, options).accountId,
  };
}
