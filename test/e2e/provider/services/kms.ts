import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  paginateListAliases,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagsFrom } from "../tags";

const tagList = (tags: { [key: string]: string } | undefined) =>
  Object.entries(tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));

async function findAlias(name: string, account: Account) {
  for await (const page of paginateListAliases({ client: account.client(KMSClient) }, {})) {
    const alias = page.Aliases?.find(({ AliasName }) => AliasName === name);
    if (alias) return alias;
  }
  return undefined;
}

export const kms = {
  "aws:kms/key:Key": resourceType<aws.kms.KeyArgs>({
    replaceOn: [],
    unreported: { deletionWindowInDays: "said when the key is deleted, not before" },
    async create({ description, policy, tags }, account) {
      const { KeyMetadata } = await account
        .client(KMSClient)
        .send(new CreateKeyCommand({ Description: description, Policy: policy, Tags: tagList(tags) }));
      return KeyMetadata!.KeyId!;
    },
    async finish(KeyId, { enableKeyRotation }, account) {
      if (enableKeyRotation) await account.client(KMSClient).send(new EnableKeyRotationCommand({ KeyId }));
    },
    async read(KeyId, _, account) {
      const client = account.client(KMSClient);
      const found = await unlessMissing(client.send(new DescribeKeyCommand({ KeyId })), "NotFoundException");
      if (!found || found.KeyMetadata!.KeyState === "PendingDeletion") return undefined;
      const [rotation, policy, tags] = await Promise.all([
        client.send(new GetKeyRotationStatusCommand({ KeyId })),
        client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" })),
        client.send(new ListResourceTagsCommand({ KeyId })),
      ]);
      return {
        keyId: found.KeyMetadata!.KeyId,
        arn: found.KeyMetadata!.Arn,
        description: found.KeyMetadata!.Description,
        enableKeyRotation: rotation.KeyRotationEnabled,
        policy: policy.Policy,
        tags: tagsFrom(tags.Tags),
      };
    },
    async update(KeyId, inputs, account, changed, old) {
      const client = account.client(KMSClient);
      if (changed("description")) {
        await client.send(new UpdateKeyDescriptionCommand({ KeyId, Description: inputs.description ?? "" }));
      }
      if (changed("policy")) {
        await client.send(new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy: inputs.policy }));
      }
      if (changed("enableKeyRotation")) {
        if (inputs.enableKeyRotation) await client.send(new EnableKeyRotationCommand({ KeyId }));
        else await client.send(new DisableKeyRotationCommand({ KeyId }));
      }
      if (changed("tags")) {
        const TagKeys = removedKeys(old.tags, inputs.tags);
        if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ KeyId, TagKeys }));
        await client.send(new TagResourceCommand({ KeyId, Tags: tagList(inputs.tags) }));
      }
    },
    async delete(KeyId, { deletionWindowInDays }, account) {
      await account
        .client(KMSClient)
        .send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: deletionWindowInDays ?? 30 }));
    },
  }),

  "aws:kms/alias:Alias": resourceType<aws.kms.AliasArgs>({
    nameInput: "name",
    replaceOn: ["name"],
    async create({ name, targetKeyId }, account) {
      await account.client(KMSClient).send(new CreateAliasCommand({ AliasName: name, TargetKeyId: targetKeyId }));
      return name!;
    },
    async read(name, _, account) {
      const alias = await findAlias(name, account);
      return alias && { name: alias.AliasName, arn: alias.AliasArn, targetKeyId: alias.TargetKeyId };
    },
    async update(AliasName, { targetKeyId }, account) {
      await account.client(KMSClient).send(new UpdateAliasCommand({ AliasName, TargetKeyId: targetKeyId }));
    },
    async delete(AliasName, _, account) {
      await account.client(KMSClient).send(new DeleteAliasCommand({ AliasName }));
    },
  }),
};
