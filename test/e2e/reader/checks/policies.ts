import { expect } from "vitest";
import { evidenceReader } from "../../engine/everything";
import type { Policy, Statement } from "../account";
import type { Check, Deployed } from "./check";

const account = "123456789012";
const root = `arn:aws:iam::${account}:root`;
const useKey = ["kms:Decrypt", "kms:GenerateDataKey*"];
const encryptLogs = ["kms:Decrypt", "kms:Describe*", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
const ownTopic = [
  "sns:AddPermission",
  "sns:DeleteTopic",
  "sns:GetTopicAttributes",
  "sns:ListSubscriptionsByTopic",
  "sns:Publish",
  "sns:RemovePermission",
  "sns:SetTopicAttributes",
  "sns:Subscribe",
];

type Kind = "topics" | "queues" | "buckets" | "keys" | "roles";
/** Logical name of what the policy is on, and who may do what with it: services without their domain. */
const admitted: [Kind, string, { [principal: string]: string[] }][] = [
  ["topics", "-alerts-alarm", { [root]: ownTopic, cloudwatch: ["sns:Publish"] }],
  ["topics", "-alerts-alert", { [root]: ownTopic, cloudwatch: ["sns:Publish"], events: ["sns:Publish"] }],
  ["topics", "-alerts-health", { [root]: ownTopic, cloudwatch: ["sns:Publish"] }],
  ["queues", "-alerts-dead-letters", { sns: ["sqs:SendMessage"], events: ["sqs:SendMessage"] }],
  ["queues", "-alerts-alert-queue", { sns: ["sqs:SendMessage"] }],
  [
    "keys",
    "-alerts-key",
    { [root]: ["kms:*"], cloudwatch: useKey, events: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"] },
  ],
  ["keys", "-alerts-health-key", { [root]: ["kms:*"], cloudwatch: useKey, events: useKey, sns: useKey }],
  [
    "keys",
    "-trail-key",
    {
      [root]: ["kms:*"],
      [evidenceReader]: ["kms:Decrypt"],
      cloudtrail: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
      config: ["kms:Decrypt", "kms:GenerateDataKey"],
      "logs.us-east-1": encryptLogs,
    },
  ],
  ["keys", "-detector-key", { [root]: ["kms:*"], "logs.us-east-1": encryptLogs }],
  ["keys", "-notifier-key", { [root]: ["kms:*"], "logs.us-east-1": encryptLogs }],
  ["keys", "-state-key", { [root]: ["kms:*"] }],
  ["queues", "-detector-failures", {}],
  ["keys", "-streams-key", { [root]: ["kms:*"], "logs.us-east-1": encryptLogs }],
  [
    "buckets",
    "-trail-logs-bucket",
    {
      cloudtrail: ["s3:GetBucketAcl", "s3:PutObject"],
      config: ["s3:GetBucketAcl", "s3:ListBucket", "s3:PutObject"],
    },
  ],
  ["buckets", "-trail-logs-access-bucket", { "logging.s3": ["s3:PutObject"] }],
  ["buckets", "-streams-failures-bucket", {}],
  ["buckets", "-streams-failures-access-bucket", { "logging.s3": ["s3:PutObject"] }],
  ["roles", "-trail-delivery-role", { cloudtrail: ["sts:AssumeRole"] }],
  ["roles", "-streams-role", { lambda: ["sts:AssumeRole"] }],
  ["roles", "-detector-role", { lambda: ["sts:AssumeRole"] }],
  ["roles", "-notifier-role", { lambda: ["sts:AssumeRole"] }],
  ["roles", "-alerts-chat-role", { chatbot: ["sts:AssumeRole"] }],
  ["roles", "-alerts-forward-role", { events: ["sts:AssumeRole"] }],
];

export const policyChecks: Check[] = [
  ...admitted.map(
    ([kind, suffix, who]): Check => ({
      what: `the policy of ${suffix.slice(1)} admits the intended and nobody else`,
      holds(deployed) {
        expect(mayDo(policyOf(kind, suffix, deployed))).toEqual(who);
      },
    }),
  ),
  {
    what: "services act for this account only",
    holds({ account: contents }) {
      const { topics, queues, buckets, keys } = contents;
      for (const things of [topics, queues, buckets, keys]) {
        for (const [name, { Policy }] of Object.entries(things)) {
          for (const statement of Policy?.Statement ?? []) {
            if (!isForService(statement)) continue;
            // In a key policy SNS supports no source condition for EventBridge (its developer guide, "Managing encryption keys").
            if (things === keys && services(statement).includes("events.amazonaws.com")) continue;
            const condition = JSON.stringify(statement.Condition ?? {});
            expect([name, statement.Sid, condition]).toEqual([
              name,
              statement.Sid,
              expect.stringMatching(/(aws:Source(Account|Arn)|kms:EncryptionContext:).*(123456789012|arn:aws:s3:::)/),
            ]);
          }
        }
      }
    },
  },
  {
    what: "nobody without TLS",
    holds({ account: { topics, queues, buckets } }) {
      for (const things of [topics, queues, buckets]) {
        for (const [name, { Policy }] of Object.entries<{ Policy: Policy | null }>(things)) {
          const denied = Policy?.Statement.filter(
            ({ Effect, Principal, Condition }) =>
              Effect === "Deny" && Principal === "*" && Condition?.["Bool"]?.["aws:SecureTransport"] === "false",
          );
          expect([name, denied?.length]).toEqual([name, 1]);
        }
      }
    },
  },
  {
    what: "roles may do what their service needs, on the things of this stack",
    holds({ account: contents, called }) {
      const delivery = allowed(contents.roles[called("-trail-delivery-role")]!.Policies);
      const trailGroup = `${contents.logGroups[called("-trail-log-group")]!.arn.replace(/:\*$/, "")}:log-stream:`;
      expect(delivery).toEqual({
        "logs:CreateLogStream": [expect.stringContaining(trailGroup)],
        "logs:PutLogEvents": [expect.stringContaining(trailGroup)],
      });
      const stream = Object.values(contents.mappings)[0]!.EventSourceArn;
      const failures = `arn:aws:s3:::${called("-streams-failures-bucket")}`;
      const group = `${contents.logGroups[called("-streams-log-group")]!.arn.replace(/:\*$/, "")}:*`;
      expect(allowed(contents.roles[called("-streams-role")]!.Policies)).toEqual({
        "dynamodb:DescribeStream": [stream],
        "dynamodb:GetRecords": [stream],
        "dynamodb:GetShardIterator": [stream],
        "dynamodb:ListStreams": ["*"],
        "s3:PutObject": [`${failures}/aws/lambda/*`],
        "s3:ListBucket": [failures],
        "kms:GenerateDataKey": [called("-streams-key")],
        "events:PutEvents": Object.values(contents.eventBuses).map(({ Arn }) => Arn),
        "logs:CreateLogStream": [group],
        "logs:PutLogEvents": [group],
      });
    },
  },
];

function policyOf(kind: Kind, suffix: string, { account: contents, called }: Deployed): Policy {
  const name = called(suffix);
  return kind === "roles" ? contents.roles[name]!.Trust : contents[kind][name]!.Policy!;
}

const listOf = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : ([value].flat() as T[]));
const services = ({ Principal }: Statement): string[] =>
  typeof Principal === "string" ? [] : listOf(Principal?.Service);
const isForService = (statement: Statement): boolean => statement.Effect === "Allow" && services(statement).length > 0;

/** Actions by principal, of the statements that allow. */
function mayDo({ Statement }: Policy): { [principal: string]: string[] } {
  const may: { [principal: string]: string[] } = {};
  for (const { Effect, Principal, Action } of Statement) {
    if (Effect !== "Allow") continue;
    const principals =
      typeof Principal === "string" ? [Principal] : [...listOf(Principal?.Service), ...listOf(Principal?.AWS)];
    for (const principal of principals.map((name) => name.replace(/\.amazonaws\.com$/, ""))) {
      may[principal] = [...new Set([...(may[principal] ?? []), ...listOf(Action)])].sort();
    }
  }
  return may;
}

/** Resources by action, of the policies of a role. */
export function allowed(policies: { [name: string]: Policy }): { [action: string]: string[] } {
  const resources: { [action: string]: string[] } = {};
  for (const { Effect, Action, Resource } of Object.values(policies).flatMap(({ Statement }) => Statement)) {
    if (Effect !== "Allow") throw new Error("a role that denies");
    for (const action of listOf(Action)) resources[action] = [...(resources[action] ?? []), ...listOf(Resource)];
  }
  return resources;
}
