import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eventbridge";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

type TargetArgs = aws.cloudwatch.EventTargetArgs;

const missing = "ResourceNotFoundException";

async function putRule(
  inputs: Plain<aws.cloudwatch.EventRuleArgs>,
  account: Account,
  tagged: boolean,
): Promise<string> {
  await account.client(EventBridgeClient).send(
    new PutRuleCommand({
      Name: inputs.name,
      EventBusName: inputs.eventBusName,
      Description: inputs.description,
      RoleArn: inputs.roleArn,
      EventPattern: inputs.eventPattern,
      ScheduleExpression: inputs.scheduleExpression,
      State: (inputs.state as "ENABLED" | undefined) ?? "ENABLED",
      ...(tagged && { Tags: tagList(inputs.tags) }),
    }),
  );
  return ruleId(inputs.name!, inputs.eventBusName);
}

const defaultBus = "default";
/** The rule's name, after the bus and a slash where that is not the default one: as the provider writes it. */
const ruleId = (name: string, bus = defaultBus): string => (bus === defaultBus ? name : `${bus}/${name}`);
/** `<bus>-<rule>-<target>`, without the default bus. Names may hold dashes, so bus and rule come from the inputs. */
const targetId = (id: string, { rule, eventBusName: bus = defaultBus }: Plain<TargetArgs>): string =>
  id.slice((bus === defaultBus ? "" : `${bus}-`).length + rule.length + 1);

async function putTarget(Id: string, inputs: Plain<TargetArgs>, account: Account): Promise<void> {
  const { inputTransformer, retryPolicy, deadLetterConfig } = inputs;
  const { FailedEntries } = await account.client(EventBridgeClient).send(
    new PutTargetsCommand({
      Rule: inputs.rule,
      EventBusName: inputs.eventBusName,
      Targets: [
        {
          Id,
          Arn: inputs.arn,
          RoleArn: inputs.roleArn,
          Input: inputs.input,
          InputPath: inputs.inputPath,
          InputTransformer: inputTransformer && {
            InputPathsMap: inputTransformer.inputPaths,
            InputTemplate: inputTransformer.inputTemplate,
          },
          RetryPolicy: retryPolicy && {
            MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
            MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
          },
          DeadLetterConfig: deadLetterConfig && { Arn: deadLetterConfig.arn },
          SqsParameters: inputs.sqsTarget && { MessageGroupId: inputs.sqsTarget.messageGroupId },
        },
      ],
    }),
  );
  if (FailedEntries?.length) throw new Error(`PutTargets: ${FailedEntries[0]!.ErrorMessage}`);
}

export const events = {
  "aws:cloudwatch/eventRule:EventRule": resourceType<aws.cloudwatch.EventRuleArgs>({
    nameInput: "name",
    replaceOn: ["name", "eventBusName"],
    unreported: { forceDestroy: "said when the rule is deleted, not before" },
    create: (inputs, account) => putRule(inputs, account, true),
    async read(id, { eventBusName: EventBusName }, account) {
      const client = account.client(EventBridgeClient);
      const describe = new DescribeRuleCommand({ Name: id.split("/").pop(), EventBusName });
      const found = await unlessMissing(client.send(describe), missing);
      if (!found) return undefined;
      const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: found.Arn }));
      return {
        name: found.Name,
        arn: found.Arn,
        eventBusName: found.EventBusName,
        description: found.Description,
        roleArn: found.RoleArn,
        eventPattern: found.EventPattern,
        scheduleExpression: found.ScheduleExpression,
        state: found.State,
        tags: tagsFrom(Tags),
      };
    },
    async update(id, inputs, account, changed, old) {
      await putRule(inputs, account, false);
      if (!changed("tags")) return;
      const client = account.client(EventBridgeClient);
      const { eventBusName: EventBusName } = inputs;
      const describe = new DescribeRuleCommand({ Name: id.split("/").pop(), EventBusName });
      const ResourceARN = (await client.send(describe)).Arn;
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
      await client.send(new TagResourceCommand({ ResourceARN, Tags: tagList(inputs.tags) }));
    },
    async delete(id, { eventBusName: EventBusName, forceDestroy: Force }, account) {
      const removal = new DeleteRuleCommand({ Name: id.split("/").pop(), EventBusName, Force });
      await account.client(EventBridgeClient).send(removal);
    },
  }),

  "aws:cloudwatch/eventTarget:EventTarget": resourceType<TargetArgs>({
    replaceOn: ["rule", "targetId", "eventBusName"],
    unreported: { eventBusName: "where it was looked for" },
    async create(inputs, account) {
      const target = inputs.targetId ?? `terraform-${Date.now()}${Math.random().toString().slice(2, 10)}`;
      await putTarget(target, inputs, account);
      const bus = inputs.eventBusName ?? defaultBus;
      return `${bus === defaultBus ? "" : `${bus}-`}${inputs.rule}-${target}`;
    },
    async read(id, inputs, account) {
      const { rule, eventBusName: EventBusName } = inputs;
      const answer = await unlessMissing(
        account.client(EventBridgeClient).send(new ListTargetsByRuleCommand({ Rule: rule, EventBusName })),
        missing,
      );
      const found = answer?.Targets?.find(({ Id }) => Id === targetId(id, inputs));
      return (
        found && {
          rule,
          targetId: found.Id,
          arn: found.Arn,
          roleArn: found.RoleArn,
          input: found.Input,
          inputPath: found.InputPath,
          sqsTarget: found.SqsParameters && { messageGroupId: found.SqsParameters.MessageGroupId },
          inputTransformer: found.InputTransformer && {
            inputPaths: found.InputTransformer.InputPathsMap,
            inputTemplate: found.InputTransformer.InputTemplate!,
          },
          retryPolicy: found.RetryPolicy && {
            maximumEventAgeInSeconds: found.RetryPolicy.MaximumEventAgeInSeconds,
            maximumRetryAttempts: found.RetryPolicy.MaximumRetryAttempts,
          },
          deadLetterConfig: found.DeadLetterConfig && { arn: found.DeadLetterConfig.Arn },
        }
      );
    },
    update: (id, inputs, account) => putTarget(targetId(id, inputs), inputs, account),
    async delete(id, inputs, account) {
      const { rule: Rule, eventBusName: EventBusName } = inputs;
      const removal = new RemoveTargetsCommand({ Rule, EventBusName, Ids: [targetId(id, inputs)] });
      await account.client(EventBridgeClient).send(removal);
    },
  }),
};
