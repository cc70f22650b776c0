import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
  ListTagsForResourceCommand,
  PutPermissionCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

type BusArgs = aws.cloudwatch.EventBusArgs;

const settings = ({ description, kmsKeyIdentifier, deadLetterConfig }: Plain<BusArgs>) => ({
  Description: description,
  KmsKeyIdentifier: kmsKeyIdentifier,
  DeadLetterConfig: deadLetterConfig && { Arn: deadLetterConfig.arn },
});

const describe = (Name: string, account: Account) =>
  unlessMissing(
    account.client(EventBridgeClient).send(new DescribeEventBusCommand({ Name })),
    "ResourceNotFoundException",
  );

const putPolicy = async (EventBusName: string, Policy: string, account: Account): Promise<void> => {
  await account.client(EventBridgeClient).send(new PutPermissionCommand({ EventBusName, Policy }));
};

export const eventBuses = {
  "aws:cloudwatch/eventBus:EventBus": resourceType<BusArgs>({
    nameInput: "name",
    replaceOn: ["name", "eventSourceName"],
    async create(inputs, account) {
      const create = new CreateEventBusCommand({
        Name: inputs.name,
        EventSourceName: inputs.eventSourceName,
        ...settings(inputs),
        Tags: tagList(inputs.tags),
      });
      await account.client(EventBridgeClient).send(create);
      return inputs.name!;
    },
    async read(name, _, account) {
      const found = await describe(name, account);
      if (!found) return undefined;
      const list = new ListTagsForResourceCommand({ ResourceARN: found.Arn });
      const { Tags } = await account.client(EventBridgeClient).send(list);
      return {
        name: found.Name,
        arn: found.Arn,
        description: found.Description,
        kmsKeyIdentifier: found.KmsKeyIdentifier,
        deadLetterConfig: found.DeadLetterConfig && { arn: found.DeadLetterConfig.Arn },
        tags: tagsFrom(Tags),
      };
    },
    async update(Name, inputs, account, changed, old) {
      const client = account.client(EventBridgeClient);
      await client.send(new UpdateEventBusCommand({ Name, ...settings(inputs) }));
      if (!changed("tags")) return;
      const ResourceARN = (await describe(Name, account))!.Arn;
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
      await client.send(new TagResourceCommand({ ResourceARN, Tags: tagList(inputs.tags) }));
    },
    async delete(Name, _, account) {
      await account.client(EventBridgeClient).send(new DeleteEventBusCommand({ Name }));
    },
  }),

  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": resourceType<aws.cloudwatch.EventBusPolicyArgs>({
    replaceOn: ["eventBusName"],
    async create({ eventBusName = "default", policy }, account) {
      await putPolicy(eventBusName, policy, account);
      return eventBusName;
    },
    async read(eventBusName, _, account) {
      const policy = (await describe(eventBusName, account))?.Policy;
      return policy === undefined ? undefined : { eventBusName, policy };
    },
    update: (eventBusName, { policy }, account) => putPolicy(eventBusName, policy, account),
    async delete(EventBusName, _, account) {
      const removal = new RemovePermissionCommand({ EventBusName, RemoveAllPermissions: true });
      await account.client(EventBridgeClient).send(removal);
    },
  }),
};
