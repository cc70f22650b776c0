import {
  type ActionAfterCompletion,
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  type FlexibleTimeWindowMode,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListTagsForResourceCommand,
  SchedulerClient,
  type ScheduleState,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import type * as aws from "@pulumi/aws";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

type ScheduleArgs = aws.scheduler.ScheduleArgs;

const missing = "ResourceNotFoundException";
const time = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
const timeText = (date: Date | undefined): string | undefined => date?.toISOString().replace(".000Z", "Z");

function settings(inputs: Plain<ScheduleArgs>) {
  const { target, flexibleTimeWindow: window } = inputs;
  return {
    Name: inputs.name,
    GroupName: inputs.groupName,
    Description: inputs.description,
    ScheduleExpression: inputs.scheduleExpression,
    ScheduleExpressionTimezone: inputs.scheduleExpressionTimezone,
    StartDate: time(inputs.startDate),
    EndDate: time(inputs.endDate),
    State: inputs.state as ScheduleState | undefined,
    KmsKeyArn: inputs.kmsKeyArn,
    ActionAfterCompletion: inputs.actionAfterCompletion as ActionAfterCompletion | undefined,
    FlexibleTimeWindow: {
      Mode: window.mode as FlexibleTimeWindowMode,
      MaximumWindowInMinutes: window.maximumWindowInMinutes,
    },
    Target: {
      Arn: target.arn,
      RoleArn: target.roleArn,
      Input: target.input,
      RetryPolicy: target.retryPolicy && {
        MaximumEventAgeInSeconds: target.retryPolicy.maximumEventAgeInSeconds,
        MaximumRetryAttempts: target.retryPolicy.maximumRetryAttempts,
      },
      DeadLetterConfig: target.deadLetterConfig && { Arn: target.deadLetterConfig.arn },
      SqsParameters: target.sqsParameters && { MessageGroupId: target.sqsParameters.messageGroupId },
      EventBridgeParameters: target.eventbridgeParameters && {
        DetailType: target.eventbridgeParameters.detailType,
        Source: target.eventbridgeParameters.source,
      },
    },
  };
}

const idOf = ({ groupName = "default", name }: Plain<ScheduleArgs>): string => `${groupName}/${name}`;
const namesIn = (id: string): { GroupName: string; Name: string } => {
  const [GroupName, Name] = id.split("/") as [string, string];
  return { GroupName, Name };
};

export const scheduler = {
  "aws:scheduler/schedule:Schedule": resourceType<ScheduleArgs>({
    nameInput: "name",
    replaceOn: ["name", "namePrefix", "groupName"],
    unreported: { namePrefix: "part of the name" },
    async create(inputs, account) {
      await account.client(SchedulerClient).send(new CreateScheduleCommand(settings(inputs)));
      return idOf(inputs);
    },
    async read(id, _, account) {
      const get = new GetScheduleCommand(namesIn(id));
      const found = await unlessMissing(account.client(SchedulerClient).send(get), missing);
      if (!found) return undefined;
      const { Target: target, FlexibleTimeWindow: window } = found;
      return {
        name: found.Name,
        arn: found.Arn,
        groupName: found.GroupName,
        description: found.Description ?? undefined,
        scheduleExpression: found.ScheduleExpression,
        scheduleExpressionTimezone: found.ScheduleExpressionTimezone,
        startDate: timeText(found.StartDate),
        endDate: timeText(found.EndDate),
        state: found.State,
        kmsKeyArn: found.KmsKeyArn ?? undefined,
        actionAfterCompletion: found.ActionAfterCompletion ?? undefined,
        flexibleTimeWindow: { mode: window!.Mode!, maximumWindowInMinutes: window!.MaximumWindowInMinutes },
        target: {
          arn: target!.Arn!,
          roleArn: target!.RoleArn!,
          input: target!.Input,
          retryPolicy: {
            maximumEventAgeInSeconds: target!.RetryPolicy?.MaximumEventAgeInSeconds,
            maximumRetryAttempts: target!.RetryPolicy?.MaximumRetryAttempts,
          },
          deadLetterConfig: target!.DeadLetterConfig && { arn: target!.DeadLetterConfig.Arn! },
          sqsParameters: target!.SqsParameters && { messageGroupId: target!.SqsParameters.MessageGroupId },
          eventbridgeParameters: target!.EventBridgeParameters && {
            detailType: target!.EventBridgeParameters.DetailType!,
            source: target!.EventBridgeParameters.Source!,
          },
        },
      };
    },
    async update(_, inputs, account) {
      await account.client(SchedulerClient).send(new UpdateScheduleCommand(settings(inputs)));
    },
    async delete(id, _, account) {
      await account.client(SchedulerClient).send(new DeleteScheduleCommand(namesIn(id)));
    },
  }),

  "aws:scheduler/scheduleGroup:ScheduleGroup": resourceType<aws.scheduler.ScheduleGroupArgs>({
    nameInput: "name",
    replaceOn: ["name", "namePrefix"],
    unreported: { namePrefix: "part of the name" },
    async create({ name, tags }, account) {
      await account.client(SchedulerClient).send(new CreateScheduleGroupCommand({ Name: name, Tags: tagList(tags) }));
      return name!;
    },
    async read(Name, _, account) {
      const client = account.client(SchedulerClient);
      const found = await unlessMissing(client.send(new GetScheduleGroupCommand({ Name })), missing);
      if (!found) return undefined;
      const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: found.Arn }));
      return { name: found.Name, arn: found.Arn, state: found.State, tags: tagsFrom(Tags) };
    },
    async update(Name, inputs, account, changed, old) {
      if (!changed("tags")) return;
      const client = account.client(SchedulerClient);
      const ResourceArn = (await client.send(new GetScheduleGroupCommand({ Name }))).Arn;
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
      await client.send(new TagResourceCommand({ ResourceArn, Tags: tagList(inputs.tags) }));
    },
    async delete(Name, _, account) {
      await account.client(SchedulerClient).send(new DeleteScheduleGroupCommand({ Name }));
    },
  }),
};
