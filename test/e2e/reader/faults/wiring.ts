import {
  type AdvancedEventSelector,
  CloudTrailClient,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  CloudWatchLogsClient,
  DeleteMetricFilterCommand,
  type MetricTransformation,
  PutMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  ConfigServiceClient,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient, UpdateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { DeletePublicAccessBlockCommand, PutPublicAccessBlockCommand, S3Client } from "@aws-sdk/client-s3";
import { SetSubscriptionAttributesCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { changeAlarm } from "./alarms";
import type { Fault } from "./fault";

export const wiringFaults: Fault[] = [
  {
    what: "a trail that was stopped",
    async make(account, { account: { trails } }) {
      const Name = Object.keys(trails)[0]!;
      const client = account.client(CloudTrailClient);
      await client.send(new StopLoggingCommand({ Name }));
      return () => client.send(new StartLoggingCommand({ Name }));
    },
    noticedBy: ["one trail that logs what was meant"],
  },
  {
    what: "a selector that is missing",
    async make(account, { account: { trails } }) {
      const [TrailName, { Selectors }] = Object.entries(trails)[0]!;
      const put = (AdvancedEventSelectors: AdvancedEventSelector[]) =>
        account.client(CloudTrailClient).send(new PutEventSelectorsCommand({ TrailName, AdvancedEventSelectors }));
      await put(Selectors.filter(({ Name }) => Name !== "stream-data"));
      return () => put(Selectors);
    },
    noticedBy: ["one trail that logs what was meant"],
  },
  {
    what: "a trail that delivers to another log group",
    async make(account, { account: { trails, logGroups }, called }) {
      const [Name, { CloudWatchLogsLogGroupArn: meant, CloudWatchLogsRoleArn }] = Object.entries(trails)[0]!;
      const deliverTo = (CloudWatchLogsLogGroupArn: string) =>
        account
          .client(CloudTrailClient)
          .send(new UpdateTrailCommand({ Name, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn }));
      await deliverTo(logGroups[called("-streams-log-group")]!.arn);
      return () => deliverTo(meant);
    },
    noticedBy: ["a trail whose bucket, key, log group and role are the trail's"],
  },
  {
    what: "a topic with a key of AWS",
    async make(account, { account: { topics }, called }) {
      const TopicArn = called("-alerts-alert");
      const encryptWith = (AttributeValue: string) =>
        account
          .client(SNSClient)
          .send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "KmsMasterKeyId", AttributeValue }));
      await encryptWith("alias/aws/sns");
      return () => encryptWith(topics[TopicArn]!.KmsMasterKeyId);
    },
    noticedBy: ["log groups, topics, queues, event buses and evidence encrypted with keys of the account"],
  },
  {
    what: "a bucket opened to the public",
    async make(account, { called }) {
      const Bucket = called("-trail-logs-bucket");
      const client = account.client(S3Client);
      await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
      const all = {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      };
      return () => client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: all }));
    },
    noticedBy: ["buckets closed to the public, versioned, with a lifecycle, and their accesses logged"],
  },
  {
    what: "an alarm that notifies a topic which is not there",
    make: (account, deployed) =>
      changeAlarm("-backup-deleted", { AlarmActions: [`${deployed.called("-alerts-alert")}-old`] }, account, deployed),
    noticedBy: [
      "alarms that notify a topic that has a subscriber: detections and canary the notifier's, all others the health",
    ],
  },
  {
    what: "an alarm that notifies nobody",
    make: (account, deployed) => changeAlarm("-table-scanned", { ActionsEnabled: false }, account, deployed),
    noticedBy: [
      "alarms that notify a topic that has a subscriber: detections and canary the notifier's, all others the health",
    ],
  },
  {
    what: "an alarm on a queue of another name",
    make: (account, deployed) =>
      changeAlarm(
        "-dead-letters-waiting",
        { Dimensions: [{ Name: "QueueName", Value: "dead-letters" }] },
        account,
        deployed,
      ),
    noticedBy: ["every alarm on a topic, queue, function, bus, rule, mapping or log group that exists"],
  },
  {
    what: "an alarm on a metric that no filter writes",
    make: (account, deployed) => changeAlarm("-backup-deleted", { MetricName: "backups-deleted" }, account, deployed),
    noticedBy: [
      "an alarm for every metric that a filter writes, on the trail's log group",
      "alarms on detections that go off when the catalog says so",
    ],
  },
  {
    what: "a filter on another log group",
    async make(account, { account: { metricFilters }, called }) {
      const [filterName, filter] = Object.entries(metricFilters).find(([name]) => name.includes("backup-deleted"))!;
      const client = account.client(CloudWatchLogsClient);
      const move = async (from: string, to: string) => {
        await client.send(new DeleteMetricFilterCommand({ filterName, logGroupName: from }));
        const { filterPattern, metricTransformations } = filter;
        await client.send(
          new PutMetricFilterCommand({
            filterName,
            filterPattern,
            logGroupName: to,
            metricTransformations: metricTransformations as MetricTransformation[],
          }),
        );
      };
      const [meant, other] = [called("-trail-log-group"), called("-streams-log-group")];
      await move(meant, other);
      return () => move(other, meant);
    },
    noticedBy: ["an alarm for every metric that a filter writes, on the trail's log group"],
  },
  {
    what: "a subscription whose undelivered messages are lost",
    async make(account, { account: { subscriptions } }) {
      const [SubscriptionArn, { RedrivePolicy }] = Object.entries(subscriptions)[0]!;
      const redrive = (AttributeValue: string) =>
        account
          .client(SNSClient)
          .send(
            new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: "RedrivePolicy", AttributeValue }),
          );
      await redrive("{}");
      return () => redrive(RedrivePolicy!);
    },
    noticedBy: ["subscriptions whose undelivered messages go to the queue"],
  },
  {
    what: "a rule that was disabled",
    async make(account, { account: { eventRules } }) {
      const Name = Object.keys(eventRules).find((name) => name.includes("-rules-"))!;
      const client = account.client(EventBridgeClient);
      await client.send(new DisableRuleCommand({ Name }));
      return () => client.send(new EnableRuleCommand({ Name }));
    },
    noticedBy: [
      "rules that send to a topic what the Config rules find, each of them heard once, with the queue behind them",
    ],
  },
  {
    what: "a recorder that was stopped",
    async make(account, { account: { configRecorders } }) {
      const ConfigurationRecorderName = Object.keys(configRecorders)[0]!;
      const client = account.client(ConfigServiceClient);
      await client.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName }));
      return () => client.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName }));
    },
    noticedBy: ["a recorder that records tables, into the evidence bucket, with AWS Config's own role"],
  },
  {
    what: "records that go to another bucket",
    async make(account, { account: { mappings }, called }) {
      const [UUID, { DestinationConfig: meant }] = Object.entries(mappings)[0]!;
      const sendTo = (Destination: string) =>
        account
          .client(LambdaClient)
          .send(new UpdateEventSourceMappingCommand({ UUID, DestinationConfig: { OnFailure: { Destination } } }));
      await sendTo(`arn:aws:s3:::${called("-trail-logs-bucket")}`);
      return () => sendTo(meant.OnFailure.Destination);
    },
    noticedBy: ["a function that reads the table's stream and keeps what it could not process"],
  },
];
