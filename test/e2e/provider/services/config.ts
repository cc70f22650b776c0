import {
  ConfigServiceClient,
  DeleteConfigRuleCommand,
  DeleteConfigurationRecorderCommand,
  DeleteDeliveryChannelCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
  ListTagsForResourceCommand,
  type MaximumExecutionFrequency,
  type Owner,
  PutConfigRuleCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  type ResourceType as RecordedType,
  type RecordingFrequency,
  type RecordingStrategyType,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-config-service";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

async function putRecorder(inputs: Plain<aws.cfg.RecorderArgs>, account: Account): Promise<string> {
  const { name, roleArn, recordingGroup: group, recordingMode: mode } = inputs;
  const override = mode?.recordingModeOverride;
  await account.client(ConfigServiceClient).send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name,
        roleARN: roleArn,
        recordingGroup: group && {
          allSupported: group.allSupported,
          includeGlobalResourceTypes: group.includeGlobalResourceTypes,
          resourceTypes: group.resourceTypes as RecordedType[] | undefined,
          recordingStrategy: { useOnly: group.recordingStrategies?.[0]?.useOnly as RecordingStrategyType },
        },
        recordingMode: mode && {
          recordingFrequency: mode.recordingFrequency as RecordingFrequency,
          recordingModeOverrides: override && [
            {
              description: override.description,
              recordingFrequency: override.recordingFrequency as RecordingFrequency,
              resourceTypes: override.resourceTypes as RecordedType[],
            },
          ],
        },
      },
    }),
  );
  return name!;
}

async function putChannel(inputs: Plain<aws.cfg.DeliveryChannelArgs>, account: Account): Promise<string> {
  await account.client(ConfigServiceClient).send(
    new PutDeliveryChannelCommand({
      DeliveryChannel: {
        name: inputs.name,
        s3BucketName: inputs.s3BucketName,
        s3KeyPrefix: inputs.s3KeyPrefix,
        s3KmsKeyArn: inputs.s3KmsKeyArn,
        snsTopicARN: inputs.snsTopicArn,
      },
    }),
  );
  return inputs.name!;
}

/** moto refuses custom policy rules. Such a rule is believed: its name says nothing to the emulator. */
const isCustomPolicy = ({ source }: Plain<aws.cfg.RuleArgs>): boolean => source.owner === "CUSTOM_POLICY";

async function putRule(inputs: Plain<aws.cfg.RuleArgs>, account: Account): Promise<string> {
  if (isCustomPolicy(inputs)) return inputs.name!;
  await account.client(ConfigServiceClient).send(
    new PutConfigRuleCommand({
      ConfigRule: {
        ConfigRuleName: inputs.name,
        Description: inputs.description,
        InputParameters: inputs.inputParameters,
        MaximumExecutionFrequency: inputs.maximumExecutionFrequency as MaximumExecutionFrequency,
        Scope: inputs.scope && {
          ComplianceResourceTypes: inputs.scope.complianceResourceTypes,
          ComplianceResourceId: inputs.scope.complianceResourceId,
          TagKey: inputs.scope.tagKey,
          TagValue: inputs.scope.tagValue,
        },
        Source: { Owner: inputs.source.owner as Owner, SourceIdentifier: inputs.source.sourceIdentifier },
      },
      Tags: tagList(inputs.tags),
    }),
  );
  return inputs.name!;
}

async function setRecording(name: string, on: boolean, account: Account): Promise<void> {
  const client = account.client(ConfigServiceClient);
  const ConfigurationRecorderName = name;
  await (on
    ? client.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName }))
    : client.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName })));
}

const missingRecorder = "NoSuchConfigurationRecorderException";

export const config = {
  "aws:cfg/recorder:Recorder": resourceType<aws.cfg.RecorderArgs>({
    nameInput: "name",
    replaceOn: ["name"],
    unreported: { recordingMode: "moto forgets it" },
    create: putRecorder,
    async read(name, _, account) {
      const describe = new DescribeConfigurationRecordersCommand({ ConfigurationRecorderNames: [name] });
      const answer = await unlessMissing(account.client(ConfigServiceClient).send(describe), missingRecorder);
      const found = answer?.ConfigurationRecorders?.[0];
      const group = found?.recordingGroup;
      return (
        found && {
          name: found.name,
          roleArn: found.roleARN,
          recordingGroup: group && {
            allSupported: group.allSupported,
            includeGlobalResourceTypes: group.includeGlobalResourceTypes,
            resourceTypes: group.resourceTypes,
            recordingStrategies: [{ useOnly: group.recordingStrategy?.useOnly }],
          },
        }
      );
    },
    async update(_, inputs, account) {
      await putRecorder(inputs, account);
    },
    async delete(name, _, account) {
      const remove = new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName: name });
      await account.client(ConfigServiceClient).send(remove);
    },
  }),

  "aws:cfg/deliveryChannel:DeliveryChannel": resourceType<aws.cfg.DeliveryChannelArgs>({
    nameInput: "name",
    replaceOn: ["name"],
    unreported: { s3KmsKeyArn: "moto forgets it" },
    create: putChannel,
    async read(name, _, account) {
      const describe = new DescribeDeliveryChannelsCommand({ DeliveryChannelNames: [name] });
      const answer = await unlessMissing(
        account.client(ConfigServiceClient).send(describe),
        "NoSuchDeliveryChannelException",
      );
      const found = answer?.DeliveryChannels?.[0];
      return (
        found && {
          name: found.name,
          s3BucketName: found.s3BucketName,
          s3KeyPrefix: found.s3KeyPrefix,
          snsTopicArn: found.snsTopicARN,
        }
      );
    },
    async update(_, inputs, account) {
      await putChannel(inputs, account);
    },
    async delete(DeliveryChannelName, _, account) {
      await account.client(ConfigServiceClient).send(new DeleteDeliveryChannelCommand({ DeliveryChannelName }));
    },
  }),

  "aws:cfg/recorderStatus:RecorderStatus": resourceType<aws.cfg.RecorderStatusArgs>({
    replaceOn: ["name"],
    async create({ name, isEnabled }, account) {
      await setRecording(name!, isEnabled, account);
      return name!;
    },
    async read(name, _, account) {
      const describe = new DescribeConfigurationRecorderStatusCommand({ ConfigurationRecorderNames: [name] });
      const answer = await unlessMissing(account.client(ConfigServiceClient).send(describe), missingRecorder);
      const found = answer?.ConfigurationRecordersStatus?.[0];
      return found && { name: found.name, isEnabled: found.recording };
    },
    update: (name, { isEnabled }, account) => setRecording(name, isEnabled, account),
    remains: "the recorder, which does not record",
    delete: (name, _, account) => setRecording(name, false, account),
  }),

  "aws:cfg/rule:Rule": resourceType<aws.cfg.RuleArgs>({
    nameInput: "name",
    replaceOn: ["name"],
    create: putRule,
    async read(name, inputs, account) {
      if (isCustomPolicy(inputs)) {
        const { name: _, ...others } = inputs;
        return {
          ...others,
          name,
          arn: `arn:aws:config:${account.region}:${await account.accountId()}:config-rule/${name}`,
        };
      }
      const client = account.client(ConfigServiceClient);
      const describe = new DescribeConfigRulesCommand({ ConfigRuleNames: [name] });
      const answer = await unlessMissing(client.send(describe), "NoSuchConfigRuleException");
      const found = answer?.ConfigRules?.[0];
      if (!found) return undefined;
      const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: found.ConfigRuleArn }));
      return {
        name: found.ConfigRuleName,
        arn: found.ConfigRuleArn,
        ruleId: found.ConfigRuleId,
        description: found.Description,
        inputParameters: found.InputParameters === "{}" ? undefined : found.InputParameters,
        maximumExecutionFrequency: found.MaximumExecutionFrequency,
        // moto takes a scope by tag and forgets it.
        scope: inputs.scope?.tagKey
          ? inputs.scope
          : found.Scope && {
              complianceResourceTypes: found.Scope.ComplianceResourceTypes,
              complianceResourceId: found.Scope.ComplianceResourceId,
            },
        source: { owner: found.Source!.Owner!, sourceIdentifier: found.Source!.SourceIdentifier },
        tags: tagsFrom(Tags),
      };
    },
    async update(name, inputs, account, changed, old) {
      await putRule(inputs, account);
      if (!changed("tags") || isCustomPolicy(inputs)) return;
      const client = account.client(ConfigServiceClient);
      const { ConfigRules } = await client.send(new DescribeConfigRulesCommand({ ConfigRuleNames: [name] }));
      const ResourceArn = ConfigRules![0]!.ConfigRuleArn;
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
      await client.send(new TagResourceCommand({ ResourceArn, Tags: tagList(inputs.tags) }));
    },
    async delete(name, inputs, account) {
      if (isCustomPolicy(inputs)) return;
      await account.client(ConfigServiceClient).send(new DeleteConfigRuleCommand({ ConfigRuleName: name }));
    },
  }),
};
