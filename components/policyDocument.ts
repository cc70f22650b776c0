import * as pulumi from "@pulumi/pulumi";
import { type Location, locationOf } from "./location";

/** A `Location` whose values have arrived, as pure functions take it. */
export type Place = pulumi.Unwrap<Location>;

/** One statement of an IAM, key, bucket, topic or queue policy. */
export interface PolicyStatement {
  /** Names the statement in tests and error messages; letters and digits only. */
  Sid: string;
  Effect: "Allow" | "Deny";
  /** Absent in the policies of a role. `*` only in a `Deny`. */
  Principal?: "*" | { Service?: string | string[]; AWS?: string | string[] };
  Action: string | string[];
  /** Absent in trust policies. */
  Resource?: string | string[];
  /** Operator, then condition key, then values. */
  Condition?: { [operator: string]: { [key: string]: string | string[] } };
}

/** The JSON text of a policy document with these statements. */
export function policyDocument(statements: PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** The statement that every key policy needs: without it nobody could administer the key (AWS KMS Developer Guide, "Default key policy"). */
export function keyAdministration({ partition, accountId }: Place): PolicyStatement {
  return {
    Sid: "AccountAdministration",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*", // In a key policy: this key.
  };
}

/** Refuses requests without TLS. Everybody and everything is meant, so both are `*`. */
export function tlsOnly(action: string, resources: string | string[]): PolicyStatement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resources,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Regional service principals and service host names carry the partition's domain. */
export function domainOf(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/** Partition, Region and account of a component in one output. */
export function placeOf(component: pulumi.Resource): pulumi.Output<Place> {
  return pulumi.output(locationOf(component));
}
