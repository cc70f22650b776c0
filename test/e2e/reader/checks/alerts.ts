import { alarmCheck, waiting } from "./alarms";
import type { Check, Deployed } from "./check";
import {
  accountId,
  allow,
  ofThisAccount,
  ownerAdministers,
  policyCheck,
  refuseWithoutTls,
  thisKey,
} from "./statements";

const rulesOfThisAccount = { ArnLike: { "aws:SourceArn": `arn:aws:events:us-east-1:${accountId}:rule/*` } };
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
const topics = ({ called }: Deployed) => ["-alerts-alarm", "-alerts-alert", "-alerts-health"].map(called);

/** Topics, their keys, and what could not be delivered. */
export const alertChecks: Check[] = [
  policyCheck("topics", "-alerts-alarm", topic),
  policyCheck("topics", "-alerts-alert", (own) => [
    ...topic(own),
    allow("events", "sns:Publish", own, rulesOfThisAccount),
  ]),
  policyCheck("topics", "-alerts-health", topic),
  policyCheck("queues", "-alerts-dead-letters", (own, deployed) => [
    allow("sns", "sqs:SendMessage", own, { ArnEquals: { "aws:SourceArn": topics(deployed) } }),
    allow("events", "sqs:SendMessage", own, rulesOfThisAccount),
    refuseWithoutTls("sqs:*", own),
  ]),
  policyCheck("keys", "-alerts-key", () => [
    ownerAdministers,
    allow("cloudwatch", useKey, thisKey, ofThisAccount),
    // SNS supports no source condition for EventBridge in a key policy (its developer guide, "Managing encryption keys").
    allow("events", useKey, thisKey),
  ]),
  policyCheck("keys", "-alerts-health-key", () => [
    ownerAdministers,
    allow("cloudwatch", useKey, thisKey, ofThisAccount),
    allow("events", useKey, thisKey),
    allow("sns", useKey, thisKey, ofThisAccount),
  ]),
  alarmCheck("what could not be delivered", { "-alerts-dead-letters-waiting": waiting }),
];
