import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Names } from "./naming";
import { type PolicyStatement, policyDocument } from "./policyDocument";

export interface CustomerKeyArgs {
  /** What it encrypts. */
  description: string;
  statements: pulumi.Input<PolicyStatement[]>;
  /** Suffix of the alias. Default: none. */
  aliasSuffix?: string;
  tags?: aws.kms.KeyArgs["tags"];
}

/**
 * A customer managed key that rotates, with its alias: children `key` and `alias`.
 *
 * @param kept Options of the key, which may be evidence: without it what is kept cannot be read.
 * @param inside Options of the alias. Its name is fixed: it goes with the stack even where the key stays, or a later
 * deployment would collide.
 */
export function customerKey(
  names: Names,
  { description, statements, aliasSuffix, tags }: CustomerKeyArgs,
  kept: pulumi.CustomResourceOptions,
  inside: pulumi.CustomResourceOptions,
): aws.kms.Key {
  const key = new aws.kms.Key(
    names.child("key"),
    {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: 30, // the longest: whoever deletes it by mistake loses what it encrypts
      policy: pulumi.output(statements).apply(policyDocument),
      tags,
    },
    kept,
  );
  const alias = names.physical("keyAlias", ...(aliasSuffix === undefined ? [] : [aliasSuffix]));
  new aws.kms.Alias(names.child("alias"), { name: `alias/${alias}`, targetKeyId: key.keyId }, inside);
  return key;
}
