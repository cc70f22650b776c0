import { managementCall } from "../../support/events";
import { ownState } from "../../support/ownState";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const ours = (name: string) => `${ownState.namesBegin}${name}`;
/** documented by name for AWS Lambda; the others and all parameters: API model. */
const alarm = (change = {}) =>
  managementCall(
    "monitoring",
    "PutMetricAlarm",
    { alarmName: ours("detections-abc123-high-x"), threshold: 1e9 },
    change,
  );
const logs = (name: string) =>
  managementCall("logs", name, { logGroupName: "organization", filterName: ours("detections-abc123-x-filter") });
const functionCall = (name: string, functionName = ours("detector-abc123")) =>
  managementCall("lambda", name, { functionName });

export const detectorsChanged: Corpus = {
  detection: "detectors-changed",
  fires: {
    "an alarm": alarm(),
    "a metric filter": logs("PutMetricFilter"),
    "the subscription": logs("PutSubscriptionFilter"),
    "a function's code": functionCall("UpdateFunctionCode20150331v2"),
    "a function's settings": functionCall("UpdateFunctionConfiguration20150331v2"),
    "a topic": managementCall("sns", "SetTopicAttributes", {
      topicArn: `arn:aws:sns:us-east-1:111122223333:${ours("alerts-abc123-alert")}`,
      attributeName: "Policy",
    }),
    "a rule": managementCall("events", "PutRule", { name: ours("rules-abc123-compliance"), eventPattern: "{}" }),
  },
  quiet: {
    ...notReally(alarm, "iotevents.amazonaws.com"),
    "an alarm of others": managementCall("monitoring", "PutMetricAlarm", { alarmName: "app-errors" }),
    "a function of others": functionCall("UpdateFunctionCode20150331v2", "app"),
    "a filter of others": managementCall("logs", "PutMetricFilter", { logGroupName: "app", filterName: "errors" }),
    "alarms read": managementCall("monitoring", "DescribeAlarms", { alarmNames: [ours("x")] }),
    "a function read": functionCall("GetFunction20150331v2"),
  },
  evasions: {
    caught: {
      ...byAnybody(alarm),
      "a function by its ARN": functionCall(
        "UpdateFunctionCode20150331v2",
        `arn:aws:lambda:us-east-1:111122223333:function:${ours("detector-abc123")}`,
      ),
    },
    missed: {
      "the role's policy": {
        what: managementCall("iam", "PutRolePolicy", { roleName: ours("detector-abc123-function") }),
        limit: "Policies of the functions' roles",
      },
      "an adopted resource": {
        what: managementCall("sns", "SetTopicAttributes", { topicArn: "arn:aws:sns:us-east-1:111122223333:security" }),
        limit: "Resources that were there before",
      },
    },
  },
};
