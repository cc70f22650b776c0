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
import { type Json, type Plain, type Properties, resourceType, unlessMissing } from "../resourceType";
import { removedKeys } from "../tags";

type QueueArgs = aws.sqs.QueueArgs;
type Attributes = { [name in QueueAttributeName]?: string };

const text = (value: string) => value;
const truth = (value: string) => value === "true";

/** Inputs that the API has as attributes, all of them texts there, and how each is read. */
const attributeOf: [keyof QueueArgs, QueueAttributeName, (value: string) => Json][] = [
  ["contentBasedDeduplication", "ContentBasedDeduplication", truth],
  ["deduplicationScope", "DeduplicationScope", text],
  ["delaySeconds", "DelaySeconds", Number],
  ["fifoQueue", "FifoQueue", truth],
  ["fifoThroughputLimit", "FifoThroughputLimit", text],
  ["kmsDataKeyReusePeriodSeconds", "KmsDataKeyReusePeriodSeconds", Number],
  ["kmsMasterKeyId", "KmsMasterKeyId", text],
  ["maxMessageSize", "MaximumMessageSize", Number],
  ["messageRetentionSeconds", "MessageRetentionPeriod", Number],
  ["policy", "Policy", text],
  ["receiveWaitTimeSeconds", "ReceiveMessageWaitTimeSeconds", Number],
  ["redriveAllowPolicy", "RedriveAllowPolicy", text],
  ["redrivePolicy", "RedrivePolicy", text],
  ["sqsManagedSseEnabled", "SqsManagedSseEnabled", truth],
  ["visibilityTimeoutSeconds", "VisibilityTimeout", Number],
];

const attributes = (inputs: Plain<QueueArgs>): Attributes =>
  Object.fromEntries(
    attributeOf.filter(([input]) => inputs[input] !== undefined).map(([input, name]) => [name, String(inputs[input])]),
  );

const inputsFrom = (found: Attributes): Properties =>
  Object.fromEntries(
    attributeOf.flatMap(([input, name, read]) => (found[name] === undefined ? [] : [[input, read(found[name])]])),
  );

const missing = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];

async function attributesOf(QueueUrl: string, account: Account): Promise<Attributes | undefined> {
  const answer = await unlessMissing(
    account.client(SQSClient).send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })),
    ...missing,
  );
  return answer && (answer.Attributes ?? {});
}

export const sqs = {
  "aws:sqs/queue:Queue": resourceType<QueueArgs>({
    nameInput: "name",
    replaceOn: ["name", "namePrefix", "fifoQueue"],
    unreported: { namePrefix: "part of the name", redriveAllowPolicy: "moto forgets it" },
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
        ...inputsFrom(found),
        tags: Tags,
      };
    },
    async update(QueueUrl, inputs, account, changed, old) {
      const client = account.client(SQSClient);
      // A policy may be another resource's; moto takes it away where it is not said again.
      const Policy = (await attributesOf(QueueUrl, account))?.Policy;
      const Attributes = { ...(Policy !== undefined && { Policy }), ...attributes(inputs) };
      await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
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
