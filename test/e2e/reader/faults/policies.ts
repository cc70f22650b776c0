import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { GetQueueUrlCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Account } from "../../provider/account";
import type { Policy, Statement } from "../account";
import { type Deployed, type PolicyKind, policyOf } from "../checks/check";
import type { Fault } from "./fault";

/** Those of functions are put statement by statement (detector.ts). */
type Kind = Exclude<PolicyKind, "functions">;
type Change = (statements: Statement[]) => Statement[];

const without =
  (sid: string): Change =>
  (statements) =>
    statements.filter(({ Sid }) => Sid !== sid);
const changed =
  (sid: string, change: Partial<Statement>): Change =>
  (statements) =>
    statements.map((statement) => (statement.Sid === sid ? { ...statement, ...change } : statement));
const conditioned = (sid: string, Condition: Statement["Condition"]): Change => changed(sid, { Condition });
/** A statement more, on what the first one is on. */
const with_ =
  (statement: Partial<Statement>): Change =>
  (statements) => {
    const { Resource } = statements[0]!;
    return [...statements, { Effect: "Allow", ...(Resource !== undefined && { Resource }), ...statement }];
  };
const lettingIn = (Principal: Statement["Principal"], Action: string): Change =>
  with_({ Principal: Principal!, Action });
const stranger = { AWS: "arn:aws:iam::999999999999:root" };
const ours = "123456789012";

const policies: [string, Kind, string, Change][] = [
  // Somebody who is needed is left out.
  ["the topic of the alarms without CloudWatch", "topics", "-alerts-alarm", without("AlarmsPublish")],
  ["the dead-letter queue without EventBridge", "queues", "-alerts-dead-letters", without("RulesSend")],
  ["the key of the alerts without CloudWatch", "keys", "-alerts-key", without("AlarmsPublish")],
  ["the key of health and dead letters without SNS", "keys", "-alerts-health-key", without("TopicsUseDeadLetterQueue")],
  ["the stream monitor's key without CloudWatch Logs", "keys", "-streams-key", without("Logs")],
  ["evidence that CloudTrail cannot write", "buckets", "-trail-logs-bucket", without("CloudTrailDelivers")],
  ["access logs that nobody writes", "buckets", "-streams-failures-access-bucket", without("AccessLogDelivery")],

  // Somebody is let in.
  ["the topic of the alerts open to everybody", "topics", "-alerts-alert", lettingIn("*", "sns:Publish")],
  ["the health topic open to another account", "topics", "-alerts-health", lettingIn(stranger, "sns:Publish")],
  ["the trail's key open to another account", "keys", "-trail-key", lettingIn(stranger, "kms:Decrypt")],
  ["the detector's key open to another account", "keys", "-detector-key", lettingIn(stranger, "kms:Decrypt")],
  ["the state table's key open to everybody", "keys", "-state-key", lettingIn("*", "kms:Decrypt")],
  [
    "failed events that another account may read",
    "queues",
    "-detector-failures",
    lettingIn(stranger, "sqs:ReceiveMessage"),
  ],
  ["alerts that another account may read", "queues", "-alerts-alert-queue", lettingIn(stranger, "sqs:ReceiveMessage")],
  ["the notifier's key open to another account", "keys", "-notifier-key", lettingIn(stranger, "kms:Decrypt")],
  ["the notifier's role for another account", "roles", "-notifier-role", lettingIn(stranger, "sts:AssumeRole")],
  ["the chat's role for another account", "roles", "-alerts-chat-role", lettingIn(stranger, "sts:AssumeRole")],
  ["the forwarding role for another account", "roles", "-alerts-forward-role", lettingIn(stranger, "sts:AssumeRole")],
  ["the detector's role for another account", "roles", "-detector-role", lettingIn(stranger, "sts:AssumeRole")],
  ["access logs that a stranger writes", "buckets", "-trail-logs-access-bucket", lettingIn(stranger, "s3:PutObject")],
  ["failed records that everybody may read", "buckets", "-streams-failures-bucket", lettingIn("*", "s3:GetObject")],
  ["the trail's role for another account", "roles", "-trail-delivery-role", lettingIn(stranger, "sts:AssumeRole")],
  ["the function's role for another account", "roles", "-streams-role", lettingIn(stranger, "sts:AssumeRole")],
  [
    "a key for a foreign identity provider",
    "keys",
    "-alerts-key",
    lettingIn({ Federated: "arn:aws:iam::999999999999:saml-provider/x" }, "kms:*"),
  ],
  [
    "evidence for somebody by canonical id",
    "buckets",
    "-trail-logs-bucket",
    lettingIn({ CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }, "s3:*"),
  ],
  [
    "evidence for everybody but one",
    "buckets",
    "-trail-logs-bucket",
    with_({ NotPrincipal: { AWS: "123456789012" }, Action: "s3:*" }),
  ],
  [
    "evidence for everything but one call",
    "buckets",
    "-trail-logs-bucket",
    with_({ Principal: stranger, NotAction: "s3:DeleteBucket" }),
  ],
  [
    "a bucket for everything but one object",
    "buckets",
    "-trail-logs-bucket",
    (statements) => [
      ...statements,
      { Effect: "Allow", Principal: stranger, Action: "s3:GetObject", NotResource: "arn:aws:s3:::other/*" },
    ],
  ],

  // The right one, on more than it needs.
  [
    "a trail that writes into every bucket",
    "buckets",
    "-trail-logs-bucket",
    changed("CloudTrailDelivers", { Resource: "arn:aws:s3:::*" }),
  ],
  [
    "a trail that writes everywhere in the bucket",
    "buckets",
    "-trail-logs-bucket",
    (statements) =>
      statements.map((statement) =>
        statement.Sid === "CloudTrailDelivers"
          ? { ...statement, Resource: String(statement.Resource).replace(/AWSLogs.*/, "*") }
          : statement,
      ),
  ],
  [
    "a trail that may do everything to the bucket",
    "buckets",
    "-trail-logs-bucket",
    changed("CloudTrailChecks", { Action: "s3:*" }),
  ],

  // The right one, under other conditions.
  [
    "a topic for the alarms of every account",
    "topics",
    "-alerts-alarm",
    (statements) =>
      statements.map(({ Condition, ...rest }) => ({
        ...rest,
        ...(rest.Sid !== "AlarmsPublish" && Condition && { Condition }),
      })),
  ],
  [
    "a topic for the alarms of every other account",
    "topics",
    "-alerts-alert",
    conditioned("AlarmsPublish", { StringNotEquals: { "aws:SourceAccount": ours } }),
  ],
  [
    "a topic for alarms that do not say whose they are",
    "topics",
    "-alerts-alert",
    conditioned("AlarmsPublish", { StringEqualsIfExists: { "aws:SourceAccount": ours } }),
  ],
  [
    "a topic for the alarms of two accounts",
    "topics",
    "-alerts-health",
    conditioned("AlarmsPublish", { StringEquals: { "aws:SourceAccount": [ours, "999999999999"] } }),
  ],
  [
    "a key for the alarms of every other account",
    "keys",
    "-alerts-health-key",
    conditioned("AlarmsPublish", { StringNotEquals: { "aws:SourceAccount": ours } }),
  ],
  [
    "a key for everybody's alarms",
    "keys",
    "-alerts-key",
    changed("RulesPublish", { Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] } }),
  ],
  [
    "access logs of any bucket of anybody",
    "buckets",
    "-trail-logs-access-bucket",
    conditioned("AccessLogDelivery", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } }),
  ],
  [
    "evidence that anybody's trail may overwrite",
    "buckets",
    "-trail-logs-bucket",
    conditioned("CloudTrailDelivers", { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } }),
  ],
  [
    "a key for the log groups of every account",
    "keys",
    "-detector-key",
    conditioned("Logs", { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*" } }),
  ],

  // What must be refused is not, or too much is.
  ["evidence in plain text over the network", "buckets", "-trail-logs-bucket", without("TlsOnly")],
  [
    "a queue that asks for TLS with one call",
    "queues",
    "-alerts-dead-letters",
    changed("TlsOnly", { Action: "sqs:PurgeQueue" }),
  ],
  [
    "a bucket that asks for TLS in one folder",
    "buckets",
    "-streams-failures-bucket",
    changed("TlsOnly", { Resource: "arn:aws:s3:::other/*" }),
  ],
  [
    "evidence that is refused from CloudTrail",
    "buckets",
    "-trail-logs-bucket",
    with_({
      Effect: "Deny",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "*",
    }),
  ],
  [
    "alarms that are refused with everybody else's",
    "topics",
    "-alerts-alert",
    with_({ Effect: "Deny", Principal: "*", Action: "sns:Publish" }),
  ],
];

export const policyFaults: Fault[] = [
  ...policies.map(
    ([what, kind, suffix, change]): Fault => ({
      what,
      make: (account, deployed) => changePolicy(kind, deployed.called(suffix), change, account, deployed),
      noticedBy: [`the policy of ${suffix.slice(1)} admits the intended and nobody else`],
    }),
  ),
  roleFault("a delivery role that writes to every log group", "-trail-delivery-role", (text) =>
    text.replace(/arn:aws:logs:[^"]*/g, "*"),
  ),
  roleFault("a function that reads every stream", "-streams-role", (text) =>
    text.replace(/arn:aws:dynamodb:[^"]*/g, "*"),
  ),
  roleFault("a detector that reads every table", "-detector-role", (text) =>
    text.replace(/arn:aws:dynamodb:[^"]*/g, "*"),
  ),
  roleFault("a detector that reads what other functions remember", "-detector-role", (text) =>
    text.replace("detector#*", "*"),
  ),
  roleFault("a detector that uses the key for whatever it likes", "-detector-role", (text) =>
    text.replace('"dynamodb.us-east-1.amazonaws.com"', '"*"'),
  ),
  roleFault("a detector that may not read its own table", "-detector-role", (text) =>
    text.replace(/"Effect":"Allow"/, '"Effect":"Deny"'),
  ),
  {
    what: "a detector that may do everything by a policy of AWS",
    async make(account, { called }) {
      const attached = {
        RoleName: called("-detector-role"),
        PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
      };
      const client = account.client(IAMClient);
      await client.send(new AttachRolePolicyCommand(attached));
      return () => client.send(new DetachRolePolicyCommand(attached));
    },
    noticedBy: [mayDo("-detector-role")],
  },
  {
    what: "a role that nobody intended",
    async make(account) {
      const statement = { Effect: "Allow", Principal: stranger, Action: "sts:AssumeRole" };
      const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      const client = account.client(IAMClient);
      await client.send(new CreateRoleCommand({ RoleName: "back-door", AssumeRolePolicyDocument }));
      return () => client.send(new DeleteRoleCommand({ RoleName: "back-door" }));
    },
    noticedBy: [
      "no topic, queue, bucket, key, role, function and alarm but those that are held against what is intended",
    ],
  },
];

function mayDo(suffix: string): string {
  return `${suffix.slice(1)} may do what its service needs, on the things of this stack`;
}

/** Changes the text of the role's one policy. */
function roleFault(what: string, suffix: string, change: (text: string) => string): Fault {
  return {
    what,
    async make(account, { account: { roles }, called }) {
      const RoleName = called(suffix);
      const [PolicyName, policy] = Object.entries(roles[RoleName]!.Policies)[0] as [string, Policy];
      const put = (PolicyDocument: string) =>
        account.client(IAMClient).send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
      const text = JSON.stringify(policy);
      if (change(text) === text) throw new Error(`nothing changed in ${text}`);
      await put(change(text));
      return () => put(text);
    },
    noticedBy: [mayDo(suffix)],
  };
}

async function changePolicy(kind: Kind, name: string, change: Change, account: Account, deployed: Deployed) {
  const policy = policyOf(kind, name, deployed);
  const document = { ...policy, Statement: change(policy.Statement) };
  if (JSON.stringify(document) === JSON.stringify(policy)) throw new Error(`nothing changed in ${name}`);
  await put(kind, name, JSON.stringify(document), account);
  return () => put(kind, name, JSON.stringify(policy), account);
}

async function put(kind: Kind, name: string, document: string, account: Account): Promise<void> {
  const puts: { [K in Kind]: () => Promise<unknown> } = {
    topics: () =>
      account
        .client(SNSClient)
        .send(new SetTopicAttributesCommand({ TopicArn: name, AttributeName: "Policy", AttributeValue: document })),
    queues: async () => {
      const client = account.client(SQSClient);
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name.split(":").pop() }));
      await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: document } }));
    },
    buckets: () => account.client(S3Client).send(new PutBucketPolicyCommand({ Bucket: name, Policy: document })),
    keys: () =>
      account.client(KMSClient).send(new PutKeyPolicyCommand({ KeyId: name, PolicyName: "default", Policy: document })),
    roles: () =>
      account.client(IAMClient).send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: document })),
  };
  await puts[kind]();
}
