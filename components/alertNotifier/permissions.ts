import { canaryLogStream } from "../../detections";
import { logKeyStatement } from "../lambdaFunction";
import { domainOf, keyAdministration, type Place, type PolicyStatement } from "../policyDocument";

/** What the notifier works with, as ARNs. */
export interface NotifierResources {
  alertTopicArn: string;
  alertKeyArn: string;
  logGroupArn: string;
  stateTableArn: string;
  stateKeyArn: string;
  /** Empty: no bus. */
  findingsBusArn: string;
  securityHub: boolean;
}

/** How the keys of the notifier's items begin; other functions keep theirs in the same table. */
const keyPrefix = "alert#";

export function notifierStatements(resources: NotifierResources, at: Place): PolicyStatement[] {
  const { alertTopicArn, alertKeyArn, logGroupArn, stateTableArn, stateKeyArn, findingsBusArn } = resources;
  const { partition, region, accountId } = at;
  const via = (service: string) => ({
    StringEquals: { "kms:ViaService": `${service}.${region}.${domainOf(partition)}` },
  });
  return [
    // The function itself, and Lambda for invocations that failed to the end.
    { Sid: "TellPeople", Effect: "Allow", Action: "sns:Publish", Resource: alertTopicArn },
    {
      Sid: "UseAlertKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: alertKeyArn,
      Condition: via("sns"),
    },
    { Sid: "LookEventsUp", Effect: "Allow", Action: "logs:FilterLogEvents", Resource: `${logGroupArn}:*` },
    {
      // One stream only: nothing else could pass for CloudTrail's.
      Sid: "SendCanary",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${logGroupArn}:log-stream:${canaryLogStream}`,
    },
    {
      Sid: "RememberAlerts",
      Effect: "Allow",
      Action: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
      Resource: stateTableArn,
      Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${keyPrefix}*`] } },
    },
    {
      // Amazon DynamoDB Developer Guide, "Authorizing use of your customer managed key".
      Sid: "UseStateKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: stateKeyArn,
      Condition: via("dynamodb"),
    },
    ...(findingsBusArn === ""
      ? []
      : [
          {
            Sid: "CopyAlerts",
            Effect: "Allow" as const,
            Action: "events:PutEvents",
            Resource: findingsBusArn,
            Condition: { StringEquals: { "events:source": "dynamodb-detective" } },
          },
        ]),
    ...(resources.securityHub
      ? [
          {
            Sid: "ImportFindings",
            Effect: "Allow" as const,
            Action: "securityhub:BatchImportFindings",
            Resource: `arn:${partition}:securityhub:${region}:${accountId}:product/${accountId}/default`,
          },
          {
            Sid: "UpdateFindings",
            Effect: "Allow" as const,
            Action: "securityhub:BatchUpdateFindings",
            Resource: `arn:${partition}:securityhub:${region}:${accountId}:hub/default`,
          },
        ]
      : []),
  ];
}

/** Policy of the notifier's own key, that of its log group. */
export const keyStatements = (logGroupPrefix: string, at: Place): PolicyStatement[] => [
  keyAdministration(at),
  logKeyStatement(logGroupPrefix, at),
];
