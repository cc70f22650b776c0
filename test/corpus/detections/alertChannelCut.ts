import { managementCall } from "../../support/events";
import { ownState } from "../../support/ownState";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const topicArn = `arn:aws:sns:us-east-1:111122223333:${ownState.namesBegin}alerts-abc123-alert`;
const rule = `${ownState.namesBegin}rules-abc123-compliance`;
/** inferred: API model. */
const sns = (name: string, parameters: Record<string, unknown>, change = {}) =>
  managementCall("sns", name, parameters, change);
const events = (name: string, parameters: Record<string, unknown>) => managementCall("events", name, parameters);
const deleted = (change = {}) => sns("DeleteTopic", { topicArn }, change);

export const alertChannelCut: Corpus = {
  detection: "alert-channel-cut",
  fires: {
    "the topic": deleted(),
    "a subscription": sns("Unsubscribe", { subscriptionArn: `${topicArn}:5be8f5b2-0001-4ff4-8ec0-000000000000` }),
    "a rule disabled": events("DisableRule", { name: rule }),
    "a rule deleted": events("DeleteRule", { name: rule }),
    "its target removed": events("RemoveTargets", { rule, ids: ["1"] }),
  },
  quiet: {
    ...notReally(deleted, "iot.amazonaws.com"),
    "a topic of others": sns("DeleteTopic", { topicArn: "arn:aws:sns:us-east-1:111122223333:app" }),
    "a rule of others": events("DisableRule", { name: "app-nightly" }),
    "a subscription made": sns("Subscribe", { topicArn, protocol: "email" }),
    "a rule enabled": events("EnableRule", { name: rule }),
    "a rule made": events("PutRule", { name: rule }),
    "topics listed": sns("ListTopics", {}),
  },
  evasions: {
    caught: byAnybody(deleted),
    missed: {
      "a policy that lets nothing in": {
        what: sns("SetTopicAttributes", { topicArn, attributeName: "Policy", attributeValue: "{}" }),
        limit: "A topic's policy or key",
      },
      "a topic that is adopted": {
        what: sns("DeleteTopic", { topicArn: "arn:aws:sns:us-east-1:111122223333:security" }),
        limit: "Resources that were there before",
      },
    },
  },
};
