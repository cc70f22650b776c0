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

/** The bus that every account has. */
export const defaultBus = "default";

const settings = ({ name, description, kmsKeyIdentifier, deadLetterConfig }: Plain<aws.cloudwatch.EventBusArgs>) => ({
  Name: name,
  Description: description,
  KmsKeyIdentifier: kmsKeyIdentifier,
  DeadLetterConfig: deadLetterConfig && { Arn: deadLetterConfig.arn },
});

const describe = (Name: string, account: Account) =>
  unlessMissing(
    account.client(EventBridgeClient).send(new DescribeEventBusCommand({ Name })),
    "ResourceNotFoundException",
  );

async function putPolicy(EventBusName: string, Policy: unknown, account: Account): Promise<void> {
  const client = account.client(EventBridgeClient);
  // The emulator adds statements to those that are there, where AWS puts one policy in the place of the other.
  await client.send(new RemovePermissionCommand({ EventBusName, RemoveAllPermissions: true }));
  await client.send(new PutPermissionCommand({ EventBusName, Policy: Policy as string }));
}

export const eventBuses = {
  "aws:cloudwatch/eventBus:EventBus": resourceType<aws.cloudwatch.EventBusArgs>({
    nameInput: "name",
    replaceOn: ["name", "eventSourceName"],
    async create(inputs, account) {
      const create = new CreateEventBusCommand({ ...settings(inputs), Name: inputs.name, Tags: tagList(inputs.tags) });
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
      // The emulator does not know this call, and says so.
      if (changed("description", "kmsKeyIdentifier", "deadLetterConfig")) {
        await client.send(new UpdateEventBusCommand(settings(inputs)));
      }
      if (!changed("tags")) return;
      const ResourceARN = (await describe(Name, account))?.Arn;
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
    async create({ eventBusName = defaultBus, policy }, account) {
      await putPolicy(eventBusName, policy, account);
      return eventBusName;
    },
    async read(eventBusName, _, account) {
      const policy = (await describe(eventBusName, account))?.Policy;
      return policy ? { eventBusName, policy } : undefined;
    },
    update: (eventBusName, { policy }, account) => putPolicy(eventBusName, policy, account),
    async delete(EventBusName, _, account) {
      const remove = new RemovePermissionCommand({ EventBusName, RemoveAllPermissions: true });
      await account.client(EventBridgeClient).send(remove);
    },
  }),
};
