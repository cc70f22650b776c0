import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys } from "../tags";

function attributes(inputs: Plain<aws.sqs.QueueArgs>): { [name in QueueAttributeName]?: string } {
  const { kmsMasterKeyId, messageRetentionSeconds, visibilityTimeoutSeconds, redrivePolicy, sqsManagedSseEnabled } =
    inputs;
  return {
    ...(kmsMasterKeyId !== undefined && { KmsMasterKeyId: kmsMasterKeyId }),
    ...(messageRetentionSeconds !== undefined && { MessageRetentionPeriod: String(messageRetentionSeconds) }),
    ...(visibilityTimeoutSeconds !== undefined && { VisibilityTimeout: String(visibilityTimeoutSeconds) }),
    ...(sqsManagedSseEnabled !== undefined && { SqsManagedSseEnabled: String(sqsManagedSseEnabled) }),
    ...(redrivePolicy !== undefined && { RedrivePolicy: redrivePolicy }),
  };
}

const missing = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];

async function attributesOf(QueueUrl: string, account: Account) {
  const answer = await unlessMissing(
    account.client(SQSClient).send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })),
    ...missing,
  );
  return answer && (answer.Attributes ?? {});
}

export const sqs = {
  "aws:sqs/queue:Queue": resourceType<aws.sqs.QueueArgs>({
    nameInput: "name",
    replaceOn: ["name", "fifoQueue"],
    async create(inputs, account) {
      const { QueueUrl } = await account
        .client(SQSClient)
        .send(new CreateQueueCommand({ QueueName: inputs.name, Attributes: attributes(inputs), tags: inputs.tags }));
      return QueueUrl!;
    },
    async read(url, _, account) {
      const found = await attributesOf(url, account);
      if (!found) return undefined;
      const { Tags } = await account.client(SQSClient).send(new ListQueueTagsCommand({ QueueUrl: url }));
      return {
        url,
        arn: found.QueueArn,
        name: found.QueueArn?.split(":").pop(),
        kmsMasterKeyId: found.KmsMasterKeyId,
        messageRetentionSeconds: Number(found.MessageRetentionPeriod),
        visibilityTimeoutSeconds: Number(found.VisibilityTimeout),
        redrivePolicy: found.RedrivePolicy,
        sqsManagedSseEnabled: found.SqsManagedSseEnabled === "true",
        tags: Tags,
      };
    },
    async update(QueueUrl, inputs, account, changed, old) {
      const client = account.client(SQSClient);
      await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes(inputs) }));
      if (!changed("tags")) return;
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0) await client.send(new UntagQueueCommand({ QueueUrl, TagKeys }));
      await client.send(new TagQueueCommand({ QueueUrl, Tags: inputs.tags ?? {} }));
    },
    async delete(QueueUrl, _, account) {
      await account.client(SQSClient).send(new DeleteQueueCommand({ QueueUrl }));
    },
  }),

  "aws:sqs/queuePolicy:QueuePolicy": resourceType<aws.sqs.QueuePolicyArgs>({
    replaceOn: ["queueUrl"],
    async create({ queueUrl, policy }, account) {
      await setPolicy(queueUrl, policy as string, account);
      return queueUrl;
    },
    async read(queueUrl, _, account) {
      const policy = (await attributesOf(queueUrl, account))?.Policy;
      return policy ? { queueUrl, policy } : undefined;
    },
    update: (queueUrl, { policy }, account) => setPolicy(queueUrl, policy as string, account),
    delete: (queueUrl, _, account) => setPolicy(queueUrl, "", account),
  }),
};

async function setPolicy(QueueUrl: string, Policy: string, account: Account): Promise<void> {
  await account.client(SQSClient).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
}
