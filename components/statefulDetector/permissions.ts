import { logKeyStatement } from "../lambdaFunction";
import { domainOf, keyAdministration, type Place, type PolicyStatement, tlsOnly } from "../policyDocument";

/** What the detector's function works with, as ARNs. */
export interface DetectorResources {
  stateTableArn: string;
  stateKeyArn: string;
  queueArn: string;
  queueKeyArn: string;
  /** Empty: no bus. */
  findingsBusArn: string;
}

/** How the keys of the detector's documents begin; other functions keep theirs in the same table. */
const keyPrefix = "detector#";

export function detectorStatements(resources: DetectorResources, { partition, region }: Place): PolicyStatement[] {
  const { stateTableArn, stateKeyArn, queueArn, queueKeyArn, findingsBusArn } = resources;
  const via = (service: string) => ({
    StringEquals: { "kms:ViaService": `${service}.${region}.${domainOf(partition)}` },
  });
  return [
    {
      Sid: "KeepState",
      Effect: "Allow",
      Action: ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"],
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
            Sid: "ReportFindings",
            Effect: "Allow" as const,
            Action: "events:PutEvents",
            Resource: findingsBusArn,
            Condition: { StringEquals: { "events:source": "dynamodb-detective" } },
          },
        ]),
    // AWS Lambda Developer Guide, "Retaining records of asynchronous invocations": the destination is used in the role's name.
    { Sid: "KeepFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn },
    {
      Sid: "EncryptFailures",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: queueKeyArn,
      Condition: via("sqs"),
    },
  ];
}

/** Policy of the detector's own key: of its log group and its queue. */
export function keyStatements(logGroupPrefix: string, eventBridge: boolean, at: Place): PolicyStatement[] {
  return [
    keyAdministration(at),
    logKeyStatement(logGroupPrefix, at),
    ...(eventBridge
      ? [
          {
            // Without a source condition, which EventBridge does not support in a key policy. The queue's policy has one.
            Sid: "RuleKeepsFailures",
            Effect: "Allow" as const,
            Principal: { Service: "events.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: "*", // In a key policy: this key.
          },
        ]
      : []),
  ];
}

/** @param ruleArn Rule that keeps in the queue what it could not deliver; absent where the log group delivers. */
export function queueStatements(queueArn: string, ruleArn: string | undefined): PolicyStatement[] {
  return [
    ...(ruleArn === undefined
      ? []
      : [
          {
            Sid: "RuleSends",
            Effect: "Allow" as const,
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queueArn,
            Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
          },
        ]),
    tlsOnly("sqs:*", queueArn),
  ];
}
