import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

const missing = ["NotFoundException", "NotFound"];

async function topicAttributes(TopicArn: string, account: Account) {
  const answer = await unlessMissing(
    account.client(SNSClient).send(new GetTopicAttributesCommand({ TopicArn })),
    ...missing,
  );
  return answer && (answer.Attributes ?? {});
}

async function setTopicAttribute(TopicArn: string, AttributeName: string, value: string | undefined, account: Account) {
  await account
    .client(SNSClient)
    .send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue: value ?? "" }));
}

function subscriptionAttributes(inputs: Plain<aws.sns.TopicSubscriptionArgs>): { [name: string]: string } {
  const { redrivePolicy, rawMessageDelivery, filterPolicy, filterPolicyScope } = inputs;
  return {
    ...(redrivePolicy !== undefined && { RedrivePolicy: redrivePolicy }),
    ...(rawMessageDelivery !== undefined && { RawMessageDelivery: String(rawMessageDelivery) }),
    ...(filterPolicy !== undefined && { FilterPolicy: filterPolicy }),
    ...(filterPolicyScope !== undefined && { FilterPolicyScope: filterPolicyScope }),
  };
}

export const sns = {
  "aws:sns/topic:Topic": resourceType<aws.sns.TopicArgs>({
    nameInput: "name",
    replaceOn: ["name", "fifoTopic"],
    unreported: { signatureVersion: "moto forgets it" },
    async create({ name, kmsMasterKeyId, tags }, account) {
      const { TopicArn } = await account.client(SNSClient).send(
        new CreateTopicCommand({
          Name: name,
          Attributes: kmsMasterKeyId === undefined ? {} : { KmsMasterKeyId: kmsMasterKeyId },
          Tags: tagList(tags),
        }),
      );
      return TopicArn!;
    },
    async finish(arn, { signatureVersion }, account) {
      if (signatureVersion !== undefined)
        await setTopicAttribute(arn, "SignatureVersion", String(signatureVersion), account);
    },
    async read(arn, _, account) {
      const found = await topicAttributes(arn, account);
      if (!found) return undefined;
      const { Tags } = await account.client(SNSClient).send(new ListTagsForResourceCommand({ ResourceArn: arn }));
      return {
        arn,
        name: arn.split(":").pop(),
        owner: found["Owner"],
        kmsMasterKeyId: found["KmsMasterKeyId"],
        signatureVersion: found["SignatureVersion"] === undefined ? undefined : Number(found["SignatureVersion"]),
        tags: tagsFrom(Tags),
      };
    },
    async update(arn, inputs, account, changed, old) {
      if (changed("kmsMasterKeyId")) await setTopicAttribute(arn, "KmsMasterKeyId", inputs.kmsMasterKeyId, account);
      if (changed("signatureVersion")) {
        await setTopicAttribute(arn, "SignatureVersion", String(inputs.signatureVersion ?? 1), account);
      }
      if (!changed("tags")) return;
      const client = account.client(SNSClient);
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys }));
      await client.send(new TagResourceCommand({ ResourceArn: arn, Tags: tagList(inputs.tags) }));
    },
    async delete(TopicArn, _, account) {
      await account.client(SNSClient).send(new DeleteTopicCommand({ TopicArn }));
    },
  }),

  "aws:sns/topicPolicy:TopicPolicy": resourceType<aws.sns.TopicPolicyArgs>({
    replaceOn: ["arn"],
    async create({ arn, policy }, account) {
      await setTopicAttribute(arn, "Policy", policy as string, account);
      return arn;
    },
    async read(arn, _, account) {
      const found = await topicAttributes(arn, account);
      return found && { arn, owner: found["Owner"], policy: found["Policy"] };
    },
    update: (arn, { policy }, account) => setTopicAttribute(arn, "Policy", policy as string, account),
    remains: "no topic is without a policy; the default one lets the owner in",
    async delete(arn, _, account) {
      const owner = (await topicAttributes(arn, account))?.["Owner"];
      const statement = { Sid: "owner", Effect: "Allow", Principal: { AWS: owner }, Action: "SNS:*", Resource: arn };
      await setTopicAttribute(
        arn,
        "Policy",
        JSON.stringify({ Version: "2008-10-17", Statement: [statement] }),
        account,
      );
    },
  }),

  "aws:sns/topicSubscription:TopicSubscription": resourceType<aws.sns.TopicSubscriptionArgs>({
    replaceOn: ["topic", "protocol", "endpoint"],
    unreported: {
      endpointAutoConfirms: "says how the provider waits, and is not sent",
      confirmationTimeoutInMinutes: "says how the provider waits, and is not sent",
    },
    async create(inputs, account) {
      const { topic, protocol, endpoint } = inputs;
      const { SubscriptionArn } = await account.client(SNSClient).send(
        new SubscribeCommand({
          TopicArn: topic as string,
          Protocol: protocol,
          Endpoint: endpoint,
          ReturnSubscriptionArn: true,
          Attributes: subscriptionAttributes(inputs),
        }),
      );
      return SubscriptionArn!;
    },
    async read(arn, _, account) {
      const answer = await unlessMissing(
        account.client(SNSClient).send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn })),
        ...missing,
      );
      const found = answer?.Attributes;
      return (
        found && {
          arn,
          topic: found["TopicArn"],
          protocol: found["Protocol"] as aws.sns.TopicSubscription["protocol"] extends infer T ? T & string : never,
          endpoint: found["Endpoint"],
          redrivePolicy: found["RedrivePolicy"],
          rawMessageDelivery: found["RawMessageDelivery"] === "true",
          filterPolicy: found["FilterPolicy"],
          filterPolicyScope: found["FilterPolicyScope"],
        }
      );
    },
    async update(SubscriptionArn, inputs, account, changed) {
      const set = (AttributeName: string, AttributeValue: string) =>
        account
          .client(SNSClient)
          .send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
      const { RedrivePolicy, RawMessageDelivery, FilterPolicyScope, FilterPolicy } = subscriptionAttributes(inputs);
      if (changed("redrivePolicy")) await set("RedrivePolicy", RedrivePolicy ?? "{}");
      if (changed("rawMessageDelivery")) await set("RawMessageDelivery", RawMessageDelivery ?? "false");
      // The scope first: the policy is judged by it.
      if (changed("filterPolicyScope")) await set("FilterPolicyScope", FilterPolicyScope ?? "MessageAttributes");
      if (changed("filterPolicy", "filterPolicyScope")) await set("FilterPolicy", FilterPolicy ?? "{}");
    },
    async delete(SubscriptionArn, _, account) {
      await account.client(SNSClient).send(new UnsubscribeCommand({ SubscriptionArn }));
    },
  }),
};
