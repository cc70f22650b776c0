import { siemBusArn } from "../../engine/everything";
import { alarmCheck, type Intended, undelivered, waiting } from "./alarms";
import type { Check, Deployed } from "./check";
import {
  accountId,
  allow,
  ofThisAccount,
  ownerAdministers,
  policyCheck,
  refuseWithoutTls,
  roleChecks,
  thisKey,
} from "./statements";

const rules = `arn:aws:events:us-east-1:${accountId}:rule/*`;
const buses = `arn:aws:events:us-east-1:${accountId}:event-bus/*`;
const alarmsOfThisAccount = {
  ...ofThisAccount,
  ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:us-east-1:${accountId}:alarm:*` },
};
const useKey = ["kms:Decrypt", "kms:GenerateDataKey*"];
const ownersUse = [
  "sns:AddPermission",
  "sns:DeleteTopic",
  "sns:GetTopicAttributes",
  "sns:ListSubscriptionsByTopic",
  "sns:Publish",
  "sns:RemovePermission",
  "sns:SetTopicAttributes",
  "sns:Subscribe",
];
const topic = (own: string) => [
  allow({ AWS: `arn:aws:iam::${accountId}:root` }, ownersUse, own),
  allow("cloudwatch", "sns:Publish", own, alarmsOfThisAccount),
  refuseWithoutTls("sns:Publish", own),
];
const ofTopic = (name: string): Intended => ({
  metric: `AWS/SNS ${name}`,
  statistic: "Sum",
  fires: "> 0",
  periodSeconds: 300,
});
const topics = ({ called }: Deployed) => ["-alerts-alarm", "-alerts-alert", "-alerts-health"].map(called);

/** Topics, their keys, and what could not be delivered. */
export const alertChecks: Check[] = [
  policyCheck("topics", "-alerts-alarm", topic),
  policyCheck("topics", "-alerts-alert", (own) => [
    ...topic(own),
    allow("events", "sns:Publish", own, { ArnLike: { "aws:SourceArn": rules } }),
  ]),
  policyCheck("topics", "-alerts-health", topic),
  policyCheck("queues", "-alerts-dead-letters", (own, deployed) => [
    allow("sns", "sqs:SendMessage", own, { ArnEquals: { "aws:SourceArn": topics(deployed) } }),
    allow("events", "sqs:SendMessage", own, { ArnLike: { "aws:SourceArn": [rules, buses] } }),
    refuseWithoutTls("sqs:*", own),
  ]),
  policyCheck("queues", "-alerts-alert-queue", (own, { called }) => [
    allow("sns", "sqs:SendMessage", own, { ArnEquals: { "aws:SourceArn": called("-alerts-alert") } }),
    refuseWithoutTls("sqs:*", own),
  ]),
  policyCheck("keys", "-alerts-key", () => [
    ownerAdministers,
    allow("cloudwatch", useKey, thisKey, ofThisAccount),
    // SNS supports no source condition for EventBridge in a key policy (its developer guide, "Managing encryption keys").
    allow("events", useKey, thisKey),
    allow("events", "kms:DescribeKey", thisKey), // for the bus
  ]),
  policyCheck("keys", "-alerts-health-key", () => [
    ownerAdministers,
    allow("cloudwatch", useKey, thisKey, ofThisAccount),
    allow("events", useKey, thisKey),
    allow("sns", useKey, thisKey, ofThisAccount),
  ]),
  ...roleChecks(
    "-alerts-chat-role",
    "chatbot",
    () => [],
    () => ofThisAccount,
  ),
  ...roleChecks(
    "-alerts-forward-role",
    "events",
    () => [allow(undefined, "events:PutEvents", siemBusArn)],
    ({ called }) => ({ ArnEquals: { "aws:SourceArn": called("-alerts-forward") } }),
  ),
  alarmCheck("what could not be delivered", {
    "-alerts-dead-letters-waiting": waiting,
    "-alerts-forward-undelivered": undelivered,
    ...Object.fromEntries(
      ["alarm", "alert", "health"].flatMap((topic) => [
        [`-alerts-${topic}-undelivered`, ofTopic("NumberOfNotificationsFailed")],
        [`-alerts-${topic}-lost`, ofTopic("NumberOfNotificationsFailedToRedriveToDlq")],
      ]),
    ),
  }),
];
