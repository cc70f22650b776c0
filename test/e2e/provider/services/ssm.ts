import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  type ParameterTier,
  type ParameterType,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

type ParameterArgs = aws.ssm.ParameterArgs;

const ResourceType = "Parameter";

async function put(inputs: Plain<ParameterArgs>, account: Account, again: boolean): Promise<void> {
  await account.client(SSMClient).send(
    new PutParameterCommand({
      Name: inputs.name,
      Type: inputs.type as ParameterType,
      Value: inputs.value ?? inputs.insecureValue,
      Description: inputs.description,
      KeyId: inputs.keyId,
      AllowedPattern: inputs.allowedPattern,
      DataType: inputs.dataType,
      Tier: inputs.tier as ParameterTier | undefined,
      // Tags go only with the first one.
      ...(again ? { Overwrite: true } : { Tags: inputs.tags && tagList(inputs.tags) }),
    }),
  );
}

export const ssm = {
  "aws:ssm/parameter:Parameter": resourceType<ParameterArgs>({
    nameInput: "name",
    replaceOn: ["name", "dataType"],
    unreported: { overwrite: "how it is written" },
    async create(inputs, account) {
      await put(inputs, account, inputs.overwrite === true);
      return inputs.name!;
    },
    async read(Name, inputs, account) {
      const client = account.client(SSMClient);
      const get = new GetParameterCommand({ Name, WithDecryption: true });
      const answer = await unlessMissing(client.send(get), "ParameterNotFound");
      const found = answer?.Parameter;
      if (!found) return undefined;
      const only = { ParameterFilters: [{ Key: "Name", Values: [Name] }] };
      const [{ Parameters }, { TagList }] = await Promise.all([
        client.send(new DescribeParametersCommand(only)),
        client.send(new ListTagsForResourceCommand({ ResourceType, ResourceId: Name })),
      ]);
      const about = Parameters?.[0];
      return {
        name: found.Name,
        arn: found.ARN,
        type: found.Type,
        version: found.Version,
        // The same value, under the name that the program gave it.
        ...(inputs.insecureValue === undefined ? { value: found.Value } : { insecureValue: found.Value }),
        dataType: found.DataType,
        description: about?.Description,
        keyId: about?.KeyId,
        allowedPattern: about?.AllowedPattern,
        tier: about?.Tier,
        tags: tagsFrom(TagList),
      };
    },
    async update(ResourceId, inputs, account, changed, old) {
      await put(inputs, account, true);
      if (!changed("tags")) return;
      const client = account.client(SSMClient);
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0)
        await client.send(new RemoveTagsFromResourceCommand({ ResourceType, ResourceId, TagKeys }));
      await client.send(new AddTagsToResourceCommand({ ResourceType, ResourceId, Tags: tagList(inputs.tags) }));
    },
    async delete(Name, _, account) {
      await account.client(SSMClient).send(new DeleteParameterCommand({ Name }));
    },
  }),
};
