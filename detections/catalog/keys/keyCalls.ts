import { type Condition, calls, equals, oneOf } from "../../condition";

export const kms = (...eventNames: string[]): Condition => calls("kms.amazonaws.com", ...eventNames);

/** Calls that work with a key's material: `GenerateDataKey*` and `ReEncrypt*` are families of calls. */
export const usesKey = (): Condition => kms("Decrypt", "Encrypt", "GenerateDataKey*", "ReEncrypt*", "CreateGrant");

/**
 * DynamoDB made the call for the caller: AWS sets `invokedBy`, which no caller can (DynamoDB developer guide, "Monitoring
 * DynamoDB interaction with AWS KMS").
 */
export const byDynamodb = (): Condition => equals("userIdentity.invokedBy", "dynamodb.amazonaws.com");

/** A refused call, as CloudTrail writes it. */
export const refused = (): Condition => oneOf("errorCode", "AccessDenied*", "*UnauthorizedOperation");

/** What each tier of a table's key lets a trail see (DynamoDB developer guide, "DynamoDB encryption at rest usage notes"). */
export const keyTiers = {
  none: "Tables under the AWS owned key, the default, make no events of AWS KMS at all.",
  managedFixed:
    "Under the AWS managed key (aws/dynamodb) there is nothing to see: AWS alone changes that key and its policy; only its grants can be revoked.",
  managedUse:
    "Under the AWS managed key (aws/dynamodb) every use by DynamoDB is logged; a direct use is always refused, and CloudTrail does not promise to log refusals.",
  customer: "Under a customer managed key all of it is logged.",
} as const;

/** What no detection that reads keys by list or account-wide can see. */
export const keyLimits: readonly string[] = [
  "Until `tableKeyArns` is set, every key of the account counts, whatever it encrypts.",
  "A trail that excludes AWS KMS events carries none of this.",
];
