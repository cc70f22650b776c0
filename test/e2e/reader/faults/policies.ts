import { IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { GetQueueUrlCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Account } from "../../provider/account";
import type { Statement } from "../account";
import type { Deployed } from "../checks/check";
import type { Fault } from "./fault";

type Kind = "topics" | "queues" | "buckets" | "keys" | "roles";
type Change = (statements: Statement[]) => Statement[];

const without =
  (sid: string): Change =>
  (statements) =>
    statements.filter(({ Sid }) => Sid !== sid);
const unconditionally =
  (sid: string): Change =>
  (statements) =>
    statements.map(({ Condition, ...rest }) => ({ ...rest, ...(rest.Sid !== sid && Condition && { Condition }) }));
/** Lets somebody in, with all the first statement's resources. */
const with_ =
  (Principal: Statement["Principal"], Action: string): Change =>
  (statements) => {
    const { Resource } = statements[0]!;
    return [...statements, { Effect: "Allow", Principal: Principal!, Action, ...(Resource && { Resource }) }];
  };
const stranger = { AWS: "arn:aws:iam::999999999999:root" };

const policies: [string, Kind, string, Change][] = [
  ["the topic of the alarms without CloudWatch", "topics", "-alerts-alarm", without("AlarmsPublish")],
  ["the topic of the alerts open to everybody", "topics", "-alerts-alert", with_("*", "sns:Publish")],
  ["the health topic open to another account", "topics", "-alerts-health", with_(stranger, "sns:Publish")],
  ["the dead-letter queue without EventBridge", "queues", "-alerts-dead-letters", without("RulesSend")],
  ["the key of the alerts without CloudWatch", "keys", "-alerts-key", without("AlarmsPublish")],
  ["the key of health and dead letters without SNS", "keys", "-alerts-health-key", without("TopicsUseDeadLetterQueue")],
  ["the trail's key open to another account", "keys", "-trail-key", with_(stranger, "kms:Decrypt")],
  ["the detector's key open to another account", "keys", "-detector-key", with_(stranger, "kms:Decrypt")],
  ["the state table's key open to everybody", "keys", "-state-key", with_("*", "kms:Decrypt")],
  [
    "failed events that another account may read",
    "queues",
    "-detector-failures",
    with_(stranger, "sqs:ReceiveMessage"),
  ],
  ["alerts that another account may read", "queues", "-alerts-alert-queue", with_(stranger, "sqs:ReceiveMessage")],
  ["the notifier's key open to another account", "keys", "-notifier-key", with_(stranger, "kms:Decrypt")],
  ["the notifier's role for another account", "roles", "-notifier-role", with_(stranger, "sts:AssumeRole")],
  ["the chat's role for another account", "roles", "-alerts-chat-role", with_(stranger, "sts:AssumeRole")],
  ["the forwarding role for another account", "roles", "-alerts-forward-role", with_(stranger, "sts:AssumeRole")],
  ["the detector's role for another account", "roles", "-detector-role", with_(stranger, "sts:AssumeRole")],
  ["the stream monitor's key without CloudWatch Logs", "keys", "-streams-key", without("Logs")],
  ["evidence that CloudTrail cannot write", "buckets", "-trail-logs-bucket", without("CloudTrailDelivers")],
  ["access logs that a stranger may write", "buckets", "-trail-logs-access-bucket", with_(stranger, "s3:PutObject")],
  ["failed records that everybody may read", "buckets", "-streams-failures-bucket", with_("*", "s3:GetObject")],
  ["access logs that nobody writes", "buckets", "-streams-failures-access-bucket", without("AccessLogDelivery")],
  ["the trail's role for another account", "roles", "-trail-delivery-role", with_(stranger, "sts:AssumeRole")],
  ["the function's role for another account", "roles", "-streams-role", with_(stranger, "sts:AssumeRole")],
];

export const policyFaults: Fault[] = [
  ...policies.map(
    ([what, kind, suffix, change]): Fault => ({
      what,
      make: (account, deployed) => changePolicy(kind, deployed.called(suffix), change, account, deployed),
      noticedBy: [`the policy of ${suffix.slice(1)} admits the intended and nobody else`],
    }),
  ),
  {
    what: "a topic for the alarms of every account",
    make: (account, deployed) =>
      changePolicy("topics", deployed.called("-alerts-alarm"), unconditionally("AlarmsPublish"), account, deployed),
    noticedBy: ["services act for this account only"],
  },
  {
    what: "evidence in plain text over the network",
    make: (account, deployed) =>
      changePolicy("buckets", deployed.called("-trail-logs-bucket"), without("TlsOnly"), account, deployed),
    noticedBy: ["nobody without TLS"],
  },
  {
    what: "a delivery role that writes to every log group",
    async make(account, { account: { roles }, called }) {
      const RoleName = called("-trail-delivery-role");
      const [PolicyName, policy] = Object.entries(roles[RoleName]!.Policies)[0]!;
      const put = (document: object) =>
        account
          .client(IAMClient)
          .send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(document) }));
      await put({ ...policy, Statement: policy.Statement.map((statement) => ({ ...statement, Resource: "*" })) });
      return () => put(policy);
    },
    noticedBy: ["roles may do what their service needs, on the things of this stack"],
  },
];

async function changePolicy(kind: Kind, name: string, change: Change, account: Account, { account: now }: Deployed) {
  const policy = kind === "roles" ? now.roles[name]!.Trust : now[kind][name]!.Policy!;
  await put(kind, name, JSON.stringify({ ...policy, Statement: change(policy.Statement) }), account);
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
