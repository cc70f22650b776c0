import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { StreamMonitor } from "../../components"; // in a program of your own: from "dynamodb-detective"
import { workflow } from "./workflow";

/** Tags that the policy `dynamodb-required-tags` asks for. */
const tags = { Security: "high", Confidentiality: "restricted", Environment: "production" };

const key = new aws.kms.Key("accounts-key", {
  description: "Encrypts the accounts table",
  enableKeyRotation: true,
  deletionWindowInDays: 30,
  tags,
});
const table = new aws.dynamodb.Table(
  "accounts",
  {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "accountId",
    attributes: [{ name: "accountId", type: "S" }],
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    ttl: { attributeName: "expiresAt", enabled: true },
    deletionProtectionEnabled: true,
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
    tags,
  },
  { protect: true },
);

// Findings, from where any number of rules can take them.
const bus = new aws.cloudwatch.EventBus("findings", { tags });
new StreamMonitor("accounts-changes", {
  tables: [
    {
      name: "accounts",
      streamArn: table.streamArn,
      streamViewType: "NEW_AND_OLD_IMAGES",
      keyArn: key.arn,
      guardedAttributes: ["role", "limits.daily"],
      timeToLiveAttribute: "expiresAt",
      tags,
      // Applications write to the table all day; more than a thousand changes in an hour are worth a look.
      detections: { "confidential-table-changed": { threshold: 1000 } },
    },
  ],
  findingsBusArn: bus.arn,
  tags,
});

const topic = new aws.sns.Topic("responders", { kmsMasterKeyId: "alias/aws/sns", tags });
const { accountId } = aws.getCallerIdentityOutput();
const assumedBy = (service: string) =>
  pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  });
const may = (action: string, resource: pulumi.Input<string>) =>
  pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
  });

const workflowRole = new aws.iam.Role("workflow-role", { assumeRolePolicy: assumedBy("states.amazonaws.com"), tags });
const permissions = [
  new aws.iam.RolePolicy("workflow-backup", {
    role: workflowRole.name,
    policy: may("dynamodb:CreateBackup", table.arn),
  }),
  new aws.iam.RolePolicy("workflow-tell", { role: workflowRole.name, policy: may("sns:Publish", topic.arn) }),
];
const stateMachine = new aws.sfn.StateMachine(
  "response",
  { roleArn: workflowRole.arn, definition: topic.arn.apply(workflow), tags },
  { dependsOn: permissions },
);

const startRole = new aws.iam.Role("start-role", { assumeRolePolicy: assumedBy("events.amazonaws.com"), tags });
new aws.iam.RolePolicy("start", { role: startRole.name, policy: may("states:StartExecution", stateMachine.arn) });
const rule = new aws.cloudwatch.EventRule("serious-findings", {
  description: "Starts the response to findings of high severity",
  eventBusName: bus.name,
  eventPattern: JSON.stringify({
    source: ["dynamodb-detective"],
    "detail-type": ["DynamoDB Finding"],
    detail: { severity: ["high", "critical"] },
  }),
  tags,
});
const undelivered = new aws.sqs.Queue("undelivered", { sqsManagedSseEnabled: true, tags });
new aws.sqs.QueuePolicy("undelivered", {
  queueUrl: undelivered.url,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: undelivered.arn,
        Condition: { ArnEquals: { "aws:SourceArn": rule.arn } },
      },
    ],
  }),
});
new aws.cloudwatch.EventTarget("response", {
  rule: rule.name,
  eventBusName: bus.name,
  arn: stateMachine.arn,
  roleArn: startRole.arn,
  retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
  deadLetterConfig: { arn: undelivered.arn },
});

export const stateMachineArn = stateMachine.arn;
export const topicArn = topic.arn;
