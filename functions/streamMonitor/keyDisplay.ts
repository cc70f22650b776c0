import { createHmac } from "node:crypto";
import type { ItemChange } from "./itemChange";

/**
 * How log and findings show which item changed.
 *
 * - `hashed`: a digest, the same for every change of one item, so that its history can be followed. It is a pseudonym and
 *   no encryption: who knows the table's ARN can confirm a guessed key.
 * - `plain`: the key itself. Only where keys are no personal data.
 * - `none`: nothing.
 */
export const keyDisplays = ["hashed", "plain", "none"] as const;
export type KeyDisplay = (typeof keyDisplays)[number];

/**
 * First 128 bits of HMAC-SHA-256 over the key, keyed with the table's ARN: equal keys of two tables differ, and a digest
 * of one table says nothing about another.
 */
export function digestOf({ tableArn, keys }: ItemChange): string {
  const inOrder = Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac("sha256", tableArn).update(JSON.stringify(inOrder)).digest("hex").slice(0, 32);
}

/** The key of the item as findings show it: a digest, DynamoDB JSON, or nothing. */
export function itemOf(change: ItemChange, keyDisplay: KeyDisplay): { item?: string } {
  switch (keyDisplay) {
    case "hashed":
      return { item: digestOf(change) };
    case "plain":
      return { item: JSON.stringify(change.keys) };
    case "none":
      return {};
  }
}
