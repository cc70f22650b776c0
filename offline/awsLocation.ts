import { createHash } from "node:crypto";
import { isObject, unknownValue, unwrapSecret, type Wire, type WireObject } from "./wire";

/** Account of every answer and ARN of an offline preview, unless `--lookups` names another: AWS's documentation account. */
export const offlineAccountId = "123456789012";
/** Region where neither the provider nor `aws:region` names one. The environment is not asked: a preview is the same everywhere. */
export const defaultRegion = "us-east-1";

/** Partition of a Region and its domain (AWS General Reference, "ARNs"). */
export function partitionOf(region: string): { partition: string; dnsSuffix: string; reverseDnsPrefix: string } {
  if (region.startsWith("cn-")) {
    return { partition: "aws-cn", dnsSuffix: "amazonaws.com.cn", reverseDnsPrefix: "cn.com.amazonaws" };
  }
  const partition = region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return { partition, dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
}

/** A text property that is written out. */
export function textOf(object: WireObject, key: string): string | undefined {
  const value = unwrapSecret(object[key]);
  return typeof value === "string" && value !== "" && value !== unknownValue ? value : undefined;
}

/** A property that providers receive as JSON text, such as `defaultTags`. */
export function jsonProperty(value: Wire | undefined): Wire | undefined {
  const plain = unwrapSecret(value);
  if (typeof plain !== "string" || plain === unknownValue) return plain;
  try {
    const parsed = JSON.parse(plain) as Wire;
    return isObject(parsed) || Array.isArray(parsed) ? parsed : plain;
  } catch {
    return plain;
  }
}

/** Hexadecimal digits that are the same on every run. */
export const stableHex = (seed: string, digits: number): string =>
  createHash("sha256").update(seed).digest("hex").slice(0, digits);
