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

async function putRule(
  inputs: Plain<aws.cloudwatch.EventRuleArgs>,
  account: Account,
  tagged: boolean,
): Promise<string> {
  await account.client(EventBridgeClient).send(
    new PutRuleCommand({
      Name: inputs.name,
      Description: inputs.description,
      EventPattern: inputs.eventPattern,
      ScheduleExpression: inputs.scheduleExpression,
      State: (inputs.state as "ENABLED" | undefined) ?? "ENABLED",
      ...(tagged && { Tags: tagList(inputs.tags) }),
    }),
  );
  return inputs.name!;
}

/** `<rule>-<target>`, as the provider writes it. Names of rules may hold dashes, so the rule comes from the inputs. */
const targetId = (id: string, rule: string): string => id.slice(rule.length + 1);

async function putTarget(Id: string, inputs: Plain<aws.cloudwatch.EventTargetArgs>, account: Account): Promise<void> {
  const { inputTransformer, retryPolicy, deadLetterConfig } = inputs;
  const { FailedEntries } = await account.client(EventBridgeClient).send(
    new PutTargetsCommand({
      Rule: inputs.rule,
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
  "aws:cloudwatch/eventRule:EventRule": resourceType<aws.cloudwatch.EventRuleArgs>({
    nameInput: "name",
    replaceOn: ["name"],
    create: (inputs, account) => putRule(inputs, account, true),
    async read(Name, _, account) {
      const client = account.client(EventBridgeClient);
      const found = await unlessMissing(client.send(new DescribeRuleCommand({ Name })), "ResourceNotFoundException");
      if (!found) return undefined;
      const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: found.Arn }));
      return {
        name: found.Name,
        arn: found.Arn,
        description: found.Description,
        eventPattern: found.EventPattern,
        scheduleExpression: found.ScheduleExpression,
        state: found.State,
        tags: tagsFrom(Tags),
      };
    },
    async update(Name, inputs, account, changed, old) {
      await putRule(inputs, account, false);
      if (!changed("tags")) return;
      const client = account.client(EventBridgeClient);
      const ResourceARN = (await client.send(new DescribeRuleCommand({ Name }))).Arn;
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
      await client.send(new TagResourceCommand({ ResourceARN, Tags: tagList(inputs.tags) }));
    },
    async delete(Name, _, account) {
      await account.client(EventBridgeClient).send(new DeleteRuleCommand({ Name }));
    },
  }),

  "aws:cloudwatch/eventTarget:EventTarget": resourceType<aws.cloudwatch.EventTargetArgs>({
    replaceOn: ["rule", "targetId", "eventBusName"],
    async create(inputs, account) {
      const target = inputs.targetId ?? `terraform-${Date.now()}${Math.random().toString().slice(2, 10)}`;
      await putTarget(target, inputs, account);
      return `${inputs.rule}-${target}`;
    },
    async read(id, { rule }, account) {
      const answer = await unlessMissing(
        account.client(EventBridgeClient).send(new ListTargetsByRuleCommand({ Rule: rule })),
        "ResourceNotFoundException",
      );
      const found = answer?.Targets?.find(({ Id }) => Id === targetId(id, rule));
      return (
        found && {
          rule,
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
    update: (id, inputs, account) => putTarget(targetId(id, inputs.rule), inputs, account),
    async delete(id, { rule }, account) {
      const removal = new RemoveTargetsCommand({ Rule: rule, Ids: [targetId(id, rule)] });
      await account.client(EventBridgeClient).send(removal);
    },
  }),
};
