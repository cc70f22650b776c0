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

type SubscriptionArgs = aws.sns.TopicSubscriptionArgs;

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

export const sns = {
  "aws:sns/topic:Topic": resourceType<aws.sns.TopicArgs>({
    nameInput: "name",
    replaceOn: ["name", "fifoTopic"],
    unreported: { signatureVersion: "moto forgets it" },
    async create({ name, kmsMasterKeyId, displayName, tags }, account) {
      const { TopicArn } = await account.client(SNSClient).send(
        new CreateTopicCommand({
          Name: name,
          Attributes: {
            ...(kmsMasterKeyId !== undefined && { KmsMasterKeyId: kmsMasterKeyId }),
            ...(displayName !== undefined && { DisplayName: displayName }),
          },
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
        displayName: found["DisplayName"],
        signatureVersion: found["SignatureVersion"] === undefined ? undefined : Number(found["SignatureVersion"]),
        tags: tagsFrom(Tags),
      };
    },
    async update(arn, inputs, account, changed, old) {
      if (changed("kmsMasterKeyId")) await setTopicAttribute(arn, "KmsMasterKeyId", inputs.kmsMasterKeyId, account);
      if (changed("displayName")) await setTopicAttribute(arn, "DisplayName", inputs.displayName, account);
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

  "aws:sns/topicSubscription:TopicSubscription": resourceType<SubscriptionArgs>({
    replaceOn: ["topic", "protocol", "endpoint"],
    unreported: {
      confirmationTimeoutInMinutes: "how long the provider waits",
      endpointAutoConfirms: "whether the provider waits",
    },
    async create(inputs, account) {
      const { SubscriptionArn } = await account.client(SNSClient).send(
        new SubscribeCommand({
          TopicArn: inputs.topic as string,
          Protocol: inputs.protocol,
          Endpoint: inputs.endpoint,
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
          protocol: found["Protocol"],
          endpoint: found["Endpoint"],
          ownerId: found["Owner"],
          pendingConfirmation: found["PendingConfirmation"] === "true",
          ...Object.fromEntries(attributeOf.map(([input, name]) => [input, found[name]])),
          rawMessageDelivery: found["RawMessageDelivery"] === "true",
        }
      );
    },
    async update(SubscriptionArn, inputs, account, changed) {
      const client = account.client(SNSClient);
      const wanted = subscriptionAttributes(inputs);
      for (const [input, AttributeName, none] of attributeOf) {
        if (!changed(input)) continue;
        const AttributeValue = wanted[AttributeName] ?? none;
        await client.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
      }
    },
    async delete(SubscriptionArn, _, account) {
      await account.client(SNSClient).send(new UnsubscribeCommand({ SubscriptionArn }));
    },
  }),
};

/** Inputs that the API has as attributes, and the text that takes each away. */
const attributeOf: [keyof SubscriptionArgs, string, string][] = [
  ["deliveryPolicy", "DeliveryPolicy", "{}"],
  // In this order: a policy for bodies is refused while the scope is attributes.
  ["filterPolicyScope", "FilterPolicyScope", "MessageAttributes"],
  ["filterPolicy", "FilterPolicy", "{}"],
  ["rawMessageDelivery", "RawMessageDelivery", "false"],
  ["redrivePolicy", "RedrivePolicy", "{}"],
  ["replayPolicy", "ReplayPolicy", "{}"],
  ["subscriptionRoleArn", "SubscriptionRoleArn", ""],
];

function subscriptionAttributes(inputs: Plain<SubscriptionArgs>): { [name: string]: string } {
  const written = attributeOf.filter(([input]) => inputs[input] !== undefined);
  return Object.fromEntries(written.map(([input, name]) => [name, String(inputs[input])]));
}
