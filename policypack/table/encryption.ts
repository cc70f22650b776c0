import type { Malformed, Reading } from "./reading";

/**
 * Who owns and controls the key that a table is encrypted with, weakest first. DynamoDB always encrypts; the three
 * tiers differ in who can see, restrict and revoke the key.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export const encryptionTiers = ["aws-owned", "aws-managed", "customer-managed"] as const;
export type EncryptionTier = (typeof encryptionTiers)[number];

/** The tiers that are possible, given what is known before deployment. */
export interface TierRange {
  lowest: EncryptionTier;
  highest: EncryptionTier;
}

export function atLeast(tier: EncryptionTier, minimum: EncryptionTier): boolean {
  return encryptionTiers.indexOf(tier) >= encryptionTiers.indexOf(minimum);
}

export const exactly = (tier: EncryptionTier): TierRange => ({ lowest: tier, highest: tier });
export const upTo = (highest: EncryptionTier): TierRange => ({ lowest: "aws-owned", highest });

/** Tier of a table from its `enabled` flag and its key. The provider ignores the key unless `enabled` is true. */
export function tableTier(enabled: Reading<boolean>, key: Reading<string>): TierRange | Malformed {
  if (enabled.state === "malformed") return enabled;
  if (enabled.state === "absent" || (enabled.state === "known" && !enabled.value)) return exactly("aws-owned");
  if (key.state === "malformed") return key;
  const withKey = keyTier(key) ?? exactly("aws-managed");
  return enabled.state === "known" ? withKey : upTo(withKey.highest);
}

/**
 * Tier of a replica from its key and the tiers possible for its table. The type of encryption is the same in all copies
 * of a table, but a key belongs to one Region: a replica without one of its own has at best the AWS managed key.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateReplicationGroupMemberAction.html
 */
export function replicaTier(key: Reading<string>, table: TierRange): TierRange | Malformed {
  if (key.state === "malformed") return key;
  const withKey = keyTier(key);
  if (withKey?.highest === "customer-managed") return withKey;
  const withoutKey = (tier: EncryptionTier): EncryptionTier => (tier === "customer-managed" ? "aws-managed" : tier);
  return { lowest: withoutKey(table.lowest), highest: withoutKey(table.highest) };
}

/** Completes "is undecided: …" where a key is written, and which one is open. */
export const openKey = (property: string): string =>
  `${property} is not known before deployment and may name the AWS managed key`;

/**
 * Tiers that a key can give; undefined without one. A key that is not known yet may be made by the program itself, or be
 * the AWS managed key as a look-up of its alias returns it: a policy on one resource does not see where it comes from.
 * An ARN that is written out does not say whose key it is either; only aliases do, since AWS keeps `alias/aws/` to itself.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
 */
function keyTier(key: Exclude<Reading<string>, Malformed>): TierRange | undefined {
  if (key.state === "absent") return undefined;
  if (key.state === "unknown") return { lowest: "aws-managed", highest: "customer-managed" };
  if (key.value === "") return undefined; // the provider takes an empty string for "not written"
  return exactly(/(^|:)alias\/aws\//.test(key.value) ? "aws-managed" : "customer-managed");
}
