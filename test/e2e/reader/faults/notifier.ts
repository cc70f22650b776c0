import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-eventbridge";
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand as RemoveInvocationCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { SetSubscriptionAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { GetQueueUrlCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Account } from "../../provider/account";
import type { Policy } from "../account";
import type { Deployed } from "../checks/check";
import type { Fault } from "./fault";

const started = "rules that start the notifier: fast events, findings, the sweep, the canary";
const startedBy = "the policy of notifier-function admits the intended and nobody else";
const failures = "a notifier whose failures go to people, as Lambda writes them";
const own = "a notifier with the topic, the bus, the log group, the state table and the role that are its own";
const needed = "notifier-role may do what its service needs, on the things of this stack";
const subscribed = "subscriptions that get what they are for: no canary for people, severe alarms for pagers";
const bus = "an event bus of the account alone, with a queue for what its key does not encrypt";
const forwarded = "a rule that forwards alerts to the other bus, and nothing but alerts";
const kept = "a queue of alerts that keeps what its reader cannot process";
const chat = "alerts-chat-role may do what its service needs, on the things of this stack";
const forwards = "alerts-forward-role may do what its service needs, on the things of this stack";

const nameOf = (arn: string): string => arn.split(/[:/]/).pop()!;

/** Rules of other buses have the bus in front. */
function ruleOf(ending: string, { account: { eventRules } }: Deployed) {
  const [name, rule] = Object.entries(eventRules).find(([each]) => each.endsWith(ending))!;
  const [Name, EventBusName] = name.split("/").reverse();
  return { Name: Name!, EventBusName, rule };
}

const disabled = (what: string, ending: string, noticedBy: string): Fault => ({
  what,
  async make(account, deployed) {
    const { Name, EventBusName } = ruleOf(ending, deployed);
    const client = account.client(EventBridgeClient);
    await client.send(new DisableRuleCommand({ Name, EventBusName }));
    return () => client.send(new EnableRuleCommand({ Name, EventBusName }));
  },
  noticedBy: [noticedBy],
});

async function changePattern(ending: string, EventPattern: string, account: Account, deployed: Deployed) {
  const { Name, EventBusName, rule } = ruleOf(ending, deployed);
  const put = (pattern: string) =>
    account
      .client(EventBridgeClient)
      .send(new PutRuleCommand({ Name, EventBusName, EventPattern: pattern, State: "ENABLED" }));
  await put(EventPattern);
  return () => put(rule.EventPattern!);
}

async function changeTarget(ending: string, change: object, account: Account, deployed: Deployed) {
  const { Name: Rule, EventBusName, rule } = ruleOf(ending, deployed);
  const target = rule.Targets[0] as { Id: string; Arn: string } & object;
  const put = (changed: object) =>
    account
      .client(EventBridgeClient)
      .send(new PutTargetsCommand({ Rule, EventBusName, Targets: [{ ...target, ...changed }] }));
  await put(change);
  return () => put({});
}

async function changeRole(
  suffix: string,
  change: (text: string) => string,
  account: Account,
  { account: { roles }, called }: Deployed,
) {
  const RoleName = called(suffix);
  const [PolicyName, policy] = Object.entries(roles[RoleName]!.Policies)[0] as [string, Policy];
  const put = (PolicyDocument: string) =>
    account.client(IAMClient).send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  await put(change(JSON.stringify(policy)));
  return () => put(JSON.stringify(policy));
}

const filtered = (what: string, topic: string, protocol: string, FilterPolicy: string): Fault => ({
  what,
  async make(account, { account: { subscriptions }, called }) {
    const [SubscriptionArn, subscription] = Object.entries(subscriptions).find(
      ([, each]) => each.TopicArn === called(topic) && each.Protocol === protocol,
    )!;
    const set = (AttributeValue: string) =>
      account
        .client(SNSClient)
        .send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: "FilterPolicy", AttributeValue }));
    await set(FilterPolicy);
    return () => set(subscription.FilterPolicy ?? "{}");
  },
  noticedBy: [subscribed],
});

const forgets = (what: string, variable: string): Fault => ({
  what,
  async make(account, { account: { functions }, called }) {
    const FunctionName = nameOf(called("-notifier-function"));
    const { Variables } = functions[FunctionName]!.Environment;
    const set = (variables: { [name: string]: string }) =>
      account
        .client(LambdaClient)
        .send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: variables } }));
    await set({ ...Variables, [variable]: "elsewhere" });
    return () => set(Variables);
  },
  noticedBy: [own],
});

export const notifierFaults: Fault[] = [
  disabled("a fast way that was closed", "-fast", started),
  disabled("findings that nobody gets", "-findings", started),
  disabled("a canary that nobody sends", "-canary-schedule", started),
  {
    what: "findings of a rule that takes alerts for them",
    make: (account, deployed) => changePattern("-findings", '{"source":["dynamodb-detective"]}', account, deployed),
    noticedBy: [started],
  },
  {
    what: "fast events that start another function",
    make: (account, deployed) =>
      changeTarget("-fast", { Arn: deployed.called("-streams-function") }, account, deployed),
    noticedBy: [started],
  },
  {
    what: "a sweep that is none",
    make: (account, deployed) => changeTarget("-sweep", { Input: '{"kind":"nap"}' }, account, deployed),
    noticedBy: [started],
  },
  {
    what: "a notifier that everybody may start",
    async make(account, { called }) {
      const statement = { FunctionName: nameOf(called("-notifier-function")), StatementId: "everybody" };
      const client = account.client(LambdaClient);
      await client.send(new AddPermissionCommand({ ...statement, Action: "lambda:InvokeFunction", Principal: "*" }));
      return () => client.send(new RemoveInvocationCommand(statement));
    },
    noticedBy: [startedBy],
  },
  {
    what: "a notifier that the alarm topic may not start",
    async make(account, { account: { permissions }, called }) {
      const FunctionName = nameOf(called("-notifier-function"));
      const SourceArn = called("-alerts-alarm");
      const [StatementId] = Object.entries(permissions).find(
        ([, each]) => each.FunctionName === FunctionName && JSON.stringify(each.Condition).includes(SourceArn),
      )!;
      const client = account.client(LambdaClient);
      await client.send(new RemoveInvocationCommand({ FunctionName, StatementId }));
      const Principal = "sns.amazonaws.com";
      const again = { FunctionName, StatementId, Action: "lambda:InvokeFunction", Principal, SourceArn };
      return () => client.send(new AddPermissionCommand(again));
    },
    noticedBy: [startedBy],
  },
  {
    what: "alarms that are lost when the notifier fails",
    async make(account, { account: { eventInvokeConfigs }, called }) {
      const FunctionName = nameOf(called("-notifier-function"));
      const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = eventInvokeConfigs[FunctionName]!;
      const client = account.client(LambdaClient);
      const put = async (destination: object) => {
        await client.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
        const config = { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig: destination };
        await client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, ...config }));
      };
      await put({});
      return () => put(DestinationConfig);
    },
    noticedBy: [failures],
  },
  forgets("a notifier that publishes elsewhere", "ALERT_TOPIC"),
  forgets("a notifier that searches another log group", "LOG_GROUP"),
  forgets("a notifier that remembers in another table", "STATE_TABLE"),
  forgets("a notifier that does not know its canary", "CANARY_METRIC"),
  {
    what: "a notifier that publishes to every topic",
    make: (account, deployed) =>
      changeRole("-notifier-role", (text) => text.replaceAll(/arn:aws:sns:[^"]*/g, "*"), account, deployed),
    noticedBy: [needed],
  },
  {
    what: "a notifier that reads what other functions remember",
    make: (account, deployed) =>
      changeRole("-notifier-role", (text) => text.replace("alert#*", "*"), account, deployed),
    noticedBy: [needed],
  },
  filtered("canaries for people", "-alerts-alert", "email", '{"kind":["alert","ok","canary"]}'),
  filtered("every message on the alert topic for the notifier", "-alerts-alert", "lambda", "{}"),
  filtered("pages for every alarm", "-alerts-alarm", "https", '{"AlarmName":[{"exists":true}]}'),
  filtered("no severe alarms for the notifier", "-alerts-alarm", "lambda", '{"severity":["low"]}'),
  {
    what: "an event bus open to everybody",
    async make(account, { account: { eventBuses } }) {
      const [EventBusName, { Arn }] = Object.entries(eventBuses)[0]!;
      const statement = { Sid: "all", Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: Arn };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      const client = account.client(EventBridgeClient);
      await client.send(new PutPermissionCommand({ EventBusName, Policy }));
      return () => client.send(new RemovePermissionCommand({ EventBusName, RemoveAllPermissions: true }));
    },
    noticedBy: [bus],
  },
  disabled("alerts that do not get to the other bus", "-forward", forwarded),
  {
    what: "findings for the other bus",
    make: (account, deployed) => changePattern("-forward", '{"source":["dynamodb-detective"]}', account, deployed),
    noticedBy: [forwarded],
  },
  {
    what: "a forwarding role for every bus",
    make: (account, deployed) =>
      changeRole("-alerts-forward-role", (text) => text.replace(/arn:aws:events:[^"]*/, "*"), account, deployed),
    noticedBy: [forwards],
  },
  {
    what: "alerts that wait for ever for a reader who fails",
    async make(account, { account: { queues }, called }) {
      const arn = called("-alerts-alert-queue");
      const client = account.client(SQSClient);
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: nameOf(arn) }));
      const meant = queues[arn]!.RedrivePolicy!;
      // The emulator forgets the policy where it is not set in the same call.
      const Policy = JSON.stringify(queues[arn]!.Policy);
      const set = (RedrivePolicy: string) =>
        client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy, Policy } }));
      await set(JSON.stringify({ ...JSON.parse(meant), maxReceiveCount: 1000 }));
      return () => set(meant);
    },
    noticedBy: [kept],
  },
  {
    what: "chat channels that read tables",
    async make(account, { called }) {
      const policy = { RoleName: called("-alerts-chat-role"), PolicyName: "reads" };
      const statement = { Effect: "Allow", Action: "dynamodb:Scan", Resource: "*" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      const client = account.client(IAMClient);
      await client.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
      return () => client.send(new DeleteRolePolicyCommand(policy));
    },
    noticedBy: [chat],
  },
];
