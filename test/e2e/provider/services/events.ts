import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type RuleState,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eventbridge";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";
import { defaultBus, eventBuses } from "./eventBuses";

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
      EventPattern: inputs.eventPattern,
      ScheduleExpression: inputs.scheduleExpression,
      State: (inputs.state as RuleState | undefined) ?? "ENABLED",
      RoleArn: inputs.roleArn as string | undefined,
      ...(tagged && { Tags: tagList(inputs.tags) }),
    }),
  );
  return onBus(inputs.name!, inputs.eventBusName);
}

/** Rules of the default bus by their name, others with their bus in front, as the provider writes them. */
const onBus = (rule: string, bus: string = defaultBus): string => (bus === defaultBus ? rule : `${bus}/${rule}`);
const nameOf = (id: string): string => id.split("/").pop()!;

/** `<rule>-<target>`, as the provider writes it. Names of rules may hold dashes, so the rule comes from the inputs. */
const targetId = (id: string, { rule, eventBusName }: Plain<aws.cloudwatch.EventTargetArgs>): string =>
  id.slice(onBus(rule, eventBusName).length + 1);

async function putTarget(Id: string, inputs: Plain<aws.cloudwatch.EventTargetArgs>, account: Account): Promise<void> {
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
          InputTransformer: inputTransformer && {
            InputPathsMap: inputTransformer.inputPaths,
            InputTemplate: inputTransformer.inputTemplate,
          },
          RetryPolicy: retryPolicy && {
            MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
            MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
          },
          DeadLetterConfig: deadLetterConfig && { Arn: deadLetterConfig.arn },
        },
      ],
    }),
  );
  if (FailedEntries?.length) throw new Error(`PutTargets: ${FailedEntries[0]!.ErrorMessage}`);
}

export const events = {
  ...eventBuses,

  "aws:cloudwatch/eventRule:EventRule": resourceType<aws.cloudwatch.EventRuleArgs>({
    nameInput: "name",
    replaceOn: ["name", "eventBusName"],
    create: (inputs, account) => putRule(inputs, account, true),
    async read(id, { eventBusName: EventBusName }, account) {
      const client = account.client(EventBridgeClient);
      const describe = new DescribeRuleCommand({ Name: nameOf(id), EventBusName });
      const found = await unlessMissing(client.send(describe), "ResourceNotFoundException");
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
      const describe = new DescribeRuleCommand({ Name: nameOf(id), EventBusName: inputs.eventBusName });
      const ResourceARN = (await client.send(describe)).Arn;
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
      await client.send(new TagResourceCommand({ ResourceARN, Tags: tagList(inputs.tags) }));
    },
    async delete(id, { eventBusName: EventBusName }, account) {
      await account.client(EventBridgeClient).send(new DeleteRuleCommand({ Name: nameOf(id), EventBusName }));
    },
  }),

  "aws:cloudwatch/eventTarget:EventTarget": resourceType<aws.cloudwatch.EventTargetArgs>({
    replaceOn: ["rule", "targetId", "eventBusName"],
    async create(inputs, account) {
      const target = inputs.targetId ?? `terraform-${Date.now()}${Math.random().toString().slice(2, 10)}`;
      await putTarget(target, inputs, account);
      return `${onBus(inputs.rule, inputs.eventBusName)}-${target}`;
    },
    async read(id, inputs, account) {
      const { rule, eventBusName } = inputs;
      const list = new ListTargetsByRuleCommand({ Rule: rule, EventBusName: eventBusName });
      const answer = await unlessMissing(account.client(EventBridgeClient).send(list), "ResourceNotFoundException");
      const found = answer?.Targets?.find(({ Id }) => Id === targetId(id, inputs));
      return (
        found && {
          rule,
          // The account says it by where the target was found.
          eventBusName,
          targetId: found.Id,
          arn: found.Arn,
          roleArn: found.RoleArn,
          input: found.Input,
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
