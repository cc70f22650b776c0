import * as pulumi from "@pulumi/pulumi";
import type { StackPart } from "../../detections/compliance";
import { stackParts } from "../../detections/compliance";
import { ArgumentError } from "../argumentError";
import type { Place } from "../policyDocument";
import type { RulePlan } from "./plan";

/** One rule of EventBridge. */
export interface Notification {
  /** Suffix of the names. */
  key: string;
  description: string;
  /** Names of the Config rules that it hears of. */
  ruleNames: string[];
  /** The resources that it hears of; absent: all. */
  only?: { part: StackPart; ids: pulumi.Input<string>[] };
}

/** Amazon EventBridge User Guide, "Amazon EventBridge quotas": size of an event pattern. */
const patternLength = 2048;

/** What EventBridge has to listen to: verdicts on tables and on the account, then those on each part of this stack. */
export function planNotifications(rules: RulePlan[]): Notification[] {
  const everyVerdict = rules.filter(({ notifiedFor }) => notifiedFor === undefined).map((rule) => rule.physicalName);
  return [
    ...numbered(
      "noncompliant",
      packed(everyVerdict, (names) => noncompliantPattern(names).length).map((ruleNames) => ({
        description: "Resources that stop complying with a rule of this stack.",
        ruleNames,
      })),
    ),
    ...stackParts.flatMap((part) => {
      const watching = rules.filter(({ notifiedFor }) => notifiedFor?.part === part);
      const ruleNames = watching.map((rule) => rule.physicalName);
      const { ids = [] } = watching[0]?.notifiedFor ?? {};
      return numbered(
        `noncompliant-${part}`,
        packed(ids, (some) => patternLengthOf(ruleNames, part, some)).map((some) => ({
          description: `The ${part} of this stack that stop complying with a rule.`,
          ruleNames,
          only: { part, ids: some },
        })),
      );
    }),
  ];
}

function numbered<T>(key: string, each: T[]): (T & { key: string })[] {
  return each.map((one, i) => ({ ...one, key: i === 0 ? key : `${key}-${i + 1}` }));
}

/** As few groups as one pattern holds each of. */
function packed<T>(all: T[], lengthOf: (group: T[]) => number): T[][] {
  const groups: T[][] = [];
  for (const one of all) {
    const last = groups.at(-1);
    if (last && lengthOf([...last, one]) <= patternLength) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Length of a pattern whose ids may be known only when the resources are made: such a one counts as a long ARN. */
function patternLengthOf(ruleNames: string[], part: StackPart, ids: pulumi.Input<string>[]): number {
  const place = { partition: "aws-us-gov", region: "ap-southeast-99", accountId: "123456789012" };
  const longArn = (i: number) =>
    `arn:${"-".repeat(part === "keys" ? 40 : 60)}:${`${i}`.padEnd(part === "keys" ? 36 : 100, "-")}`;
  const known = ids.map((id, i) => (typeof id === "string" && id !== "" ? id : longArn(i)));
  return noncompliantPattern(ruleNames, resourceIds(part, known, place)).length;
}

/**
 * Event pattern for resources that stopped complying with one of these rules (AWS Config Developer Guide, "Monitoring AWS
 * Config with Amazon EventBridge").
 */
export function noncompliantPattern(ruleNames: string[], resourceIds?: (string | { prefix: string })[]): string {
  return JSON.stringify({
    source: ["aws.config"],
    "detail-type": ["Config Rules Compliance Change"],
    detail: {
      messageType: ["ComplianceChangeNotification"],
      configRuleName: ruleNames,
      ...(resourceIds && { resourceId: resourceIds }),
      newEvaluationResult: { complianceType: ["NON_COMPLIANT"] },
    },
  });
}

/** The pattern of a notification, whose resources may be known only when they are made. */
export function patternOf({ ruleNames, only, key }: Notification, place: pulumi.Output<Place>): pulumi.Input<string> {
  if (!only) return noncompliantPattern(ruleNames);
  return pulumi.all([place, pulumi.all(only.ids)]).apply(([at, ids]) => {
    const pattern = noncompliantPattern(ruleNames, resourceIds(only.part, ids, at));
    if (pattern.length <= patternLength) return pattern;
    throw new ArgumentError(
      `watched.${only.part}`,
      `${ids.length} of them need ${pattern.length} characters in the event pattern of ${key}; EventBridge allows ${patternLength}. Watch fewer.`,
    );
  });
}

/**
 * The ids under which AWS Config may know resources. It takes the ARN of some types and the name or id of others, and its
 * documentation does not say which: both are matched.
 */
export function resourceIds(part: StackPart, ids: string[], place: Place): (string | { prefix: string })[] {
  if (part === "alarms") {
    const arn = `arn:${place.partition}:cloudwatch:${place.region}:${place.accountId}:alarm:`;
    return ids.flatMap((prefix) => [{ prefix }, { prefix: `${arn}${prefix}` }]);
  }
  return [...new Set(ids.flatMap((id) => (id.startsWith("arn:") ? [id, id.replace(/^.*[:/]/, "")] : [id])))];
}

/** Turns a compliance change into a sentence. */
export const noncompliantMessage = {
  inputPaths: {
    type: "$.detail.resourceType",
    resource: "$.detail.resourceId",
    rule: "$.detail.configRuleName",
    account: "$.detail.awsAccountId",
    region: "$.detail.awsRegion",
    time: "$.detail.newEvaluationResult.resultRecordedTime",
  },
  inputTemplate:
    '"<type> <resource> in account <account>, Region <region>, does not comply with the AWS Config rule <rule> ' +
    "(evaluated <time>). The rule's description in AWS Config says what to change.\"",
};
