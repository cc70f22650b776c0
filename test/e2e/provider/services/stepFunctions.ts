import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListTagsForResourceCommand,
  SFNClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import type * as aws from "@pulumi/aws";
import { resourceType, unlessMissing } from "../resourceType";
import { removedKeys } from "../tags";

const tagsOf = (tags: { [key: string]: string } | undefined) =>
  Object.entries(tags ?? {}).map(([key, value]) => ({ key, value }));

export const stepFunctions = {
  "aws:sfn/stateMachine:StateMachine": resourceType<aws.sfn.StateMachineArgs>({
    nameInput: "name",
    replaceOn: ["name", "type"],
    async create({ name, definition, roleArn, type, tags }, account) {
      const create = new CreateStateMachineCommand({
        name,
        definition,
        roleArn,
        type: type as "STANDARD" | "EXPRESS" | undefined,
        tags: tagsOf(tags),
      });
      return (await account.client(SFNClient).send(create)).stateMachineArn!;
    },
    async read(arn, _, account) {
      const client = account.client(SFNClient);
      const found = await unlessMissing(
        client.send(new DescribeStateMachineCommand({ stateMachineArn: arn })),
        "StateMachineDoesNotExist",
      );
      if (!found) return undefined;
      const { tags = [] } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
      const { name, definition, roleArn, type } = found;
      return {
        arn,
        name,
        definition,
        roleArn,
        type,
        tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
      };
    },
    async update(stateMachineArn, { definition, roleArn, tags }, account, changed, old) {
      const client = account.client(SFNClient);
      await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition, roleArn }));
      if (!changed("tags")) return;
      const tagKeys = removedKeys(old.tags, tags);
      if (tagKeys.length > 0) await client.send(new UntagResourceCommand({ resourceArn: stateMachineArn, tagKeys }));
      await client.send(new TagResourceCommand({ resourceArn: stateMachineArn, tags: tagsOf(tags) }));
    },
    async delete(stateMachineArn, _, account) {
      await account.client(SFNClient).send(new DeleteStateMachineCommand({ stateMachineArn }));
    },
  }),
};
