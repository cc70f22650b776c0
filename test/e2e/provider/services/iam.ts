import {
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteServiceLinkedRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { resourceType, unlessMissing } from "../resourceType";
import { removedKeys, type Tags, tagList, tagsFrom } from "../tags";

const missing = ["NoSuchEntityException", "NoSuchEntity"];

async function getRole(RoleName: string, account: Account) {
  return (await unlessMissing(account.client(IAMClient).send(new GetRoleCommand({ RoleName })), ...missing))?.Role;
}

async function retag(RoleName: string, old: Tags | undefined, now: Tags | undefined, account: Account): Promise<void> {
  const client = account.client(IAMClient);
  const TagKeys = removedKeys(old, now);
  if (TagKeys.length > 0) await client.send(new UntagRoleCommand({ RoleName, TagKeys }));
  if (now) await client.send(new TagRoleCommand({ RoleName, Tags: tagList(now) }));
}

const nameFromArn = (arn: string): string => arn.split("/").pop()!;

async function putRolePolicy(RoleName: string, PolicyName: string, policy: unknown, account: Account): Promise<void> {
  const put = new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: policy as string });
  await account.client(IAMClient).send(put);
}

export const iam = {
  "aws:iam/role:Role": resourceType<aws.iam.RoleArgs>({
    nameInput: "name",
    replaceOn: ["name", "path"],
    async create({ name, path, description, assumeRolePolicy, tags }, account) {
      const created = await account.client(IAMClient).send(
        new CreateRoleCommand({
          RoleName: name,
          Path: path,
          Description: description,
          AssumeRolePolicyDocument: assumeRolePolicy as string,
          Tags: tagList(tags),
        }),
      );
      return created.Role!.RoleName!;
    },
    async read(name, _, account) {
      const role = await getRole(name, account);
      return (
        role && {
          name: role.RoleName,
          arn: role.Arn,
          uniqueId: role.RoleId,
          path: role.Path,
          description: role.Description,
          assumeRolePolicy: decodeURIComponent(role.AssumeRolePolicyDocument ?? ""),
          tags: tagsFrom(role.Tags),
        }
      );
    },
    async update(RoleName, inputs, account, changed, old) {
      const client = account.client(IAMClient);
      if (changed("assumeRolePolicy")) {
        const PolicyDocument = inputs.assumeRolePolicy as string;
        await client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
      }
      if (changed("description")) {
        await client.send(new UpdateRoleCommand({ RoleName, Description: inputs.description ?? "" }));
      }
      if (changed("tags")) await retag(RoleName, old.tags, inputs.tags, account);
    },
    async delete(RoleName, _, account) {
      await account.client(IAMClient).send(new DeleteRoleCommand({ RoleName }));
    },
  }),

  "aws:iam/rolePolicy:RolePolicy": resourceType<aws.iam.RolePolicyArgs>({
    nameInput: "name",
    replaceOn: ["name", "role"],
    async create({ name, role, policy }, account) {
      await putRolePolicy(role as string, name!, policy, account);
      return `${role}:${name}`;
    },
    async read(id, _, account) {
      const [RoleName, PolicyName] = id.split(":");
      const get = new GetRolePolicyCommand({ RoleName, PolicyName });
      const found = await unlessMissing(account.client(IAMClient).send(get), ...missing);
      return (
        found && {
          name: found.PolicyName,
          role: found.RoleName,
          policy: decodeURIComponent(found.PolicyDocument ?? ""),
        }
      );
    },
    update: (_, { role, name, policy }, account) => putRolePolicy(role as string, name!, policy, account),
    async delete(id, _, account) {
      const [RoleName, PolicyName] = id.split(":");
      await account.client(IAMClient).send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    },
  }),

  "aws:iam/serviceLinkedRole:ServiceLinkedRole": resourceType<aws.iam.ServiceLinkedRoleArgs>({
    replaceOn: ["awsServiceName", "customSuffix"],
    async create({ awsServiceName, description }, account) {
      const create = new CreateServiceLinkedRoleCommand({ AWSServiceName: awsServiceName, Description: description });
      return (await account.client(IAMClient).send(create)).Role!.Arn!;
    },
    finish: (arn, { tags }, account) => retag(nameFromArn(arn), undefined, tags, account),
    async read(arn, _, account) {
      const role = await getRole(nameFromArn(arn), account);
      return (
        role && {
          arn: role.Arn,
          name: role.RoleName,
          path: role.Path,
          uniqueId: role.RoleId,
          awsServiceName: role.Path?.split("/")[2],
          description: role.Description,
          tags: tagsFrom(role.Tags),
        }
      );
    },
    update: (arn, { tags }, account, _, old) => retag(nameFromArn(arn), old.tags, tags, account),
    async delete(arn, _, account) {
      await account.client(IAMClient).send(new DeleteServiceLinkedRoleCommand({ RoleName: nameFromArn(arn) }));
    },
  }),
};
