import {
  AddTagsCommand,
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  PutEventSelectorsCommand,
  RemoveTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

type TrailArgs = aws.cloudtrail.TrailArgs;

const settings = (inputs: Plain<TrailArgs>) => ({
  S3BucketName: inputs.s3BucketName,
  S3KeyPrefix: inputs.s3KeyPrefix,
  KmsKeyId: inputs.kmsKeyId,
  CloudWatchLogsLogGroupArn: inputs.cloudWatchLogsGroupArn,
  CloudWatchLogsRoleArn: inputs.cloudWatchLogsRoleArn,
  IncludeGlobalServiceEvents: inputs.includeGlobalServiceEvents,
  IsMultiRegionTrail: inputs.isMultiRegionTrail,
  EnableLogFileValidation: inputs.enableLogFileValidation,
});

async function putSelectors(TrailName: string, { advancedEventSelectors }: Plain<TrailArgs>, account: Account) {
  if (!advancedEventSelectors) return;
  await account.client(CloudTrailClient).send(
    new PutEventSelectorsCommand({
      TrailName,
      AdvancedEventSelectors: advancedEventSelectors.map(({ name, fieldSelectors }) => ({
        Name: name,
        FieldSelectors: fieldSelectors.map((selector) => ({
          Field: selector.field,
          Equals: selector.equals,
          NotEquals: selector.notEquals,
          StartsWith: selector.startsWiths,
          NotStartsWith: selector.notStartsWiths,
          EndsWith: selector.endsWiths,
          NotEndsWith: selector.notEndsWiths,
        })),
      })),
    }),
  );
}

async function setLogging(Name: string, on: boolean, account: Account): Promise<void> {
  const client = account.client(CloudTrailClient);
  await (on ? client.send(new StartLoggingCommand({ Name })) : client.send(new StopLoggingCommand({ Name })));
}

export const cloudtrail = {
  "aws:cloudtrail/trail:Trail": resourceType<TrailArgs>({
    nameInput: "name",
    replaceOn: ["name"],
    async create(inputs, account) {
      const created = await account
        .client(CloudTrailClient)
        .send(new CreateTrailCommand({ Name: inputs.name, ...settings(inputs), TagsList: tagList(inputs.tags) }));
      return created.TrailARN!;
    },
    async finish(arn, inputs, account) {
      await putSelectors(arn, inputs, account);
      await setLogging(arn, inputs.enableLogging ?? true, account);
    },
    async read(arn, _, account) {
      const client = account.client(CloudTrailClient);
      const answer = await unlessMissing(client.send(new GetTrailCommand({ Name: arn })), "TrailNotFoundException");
      const trail = answer?.Trail;
      if (!trail) return undefined;
      const [status, selectors, tags] = await Promise.all([
        client.send(new GetTrailStatusCommand({ Name: arn })),
        client.send(new GetEventSelectorsCommand({ TrailName: arn })),
        client.send(new ListTagsCommand({ ResourceIdList: [arn] })),
      ]);
      return {
        arn: trail.TrailARN,
        name: trail.Name,
        homeRegion: trail.HomeRegion,
        s3BucketName: trail.S3BucketName,
        s3KeyPrefix: trail.S3KeyPrefix,
        kmsKeyId: trail.KmsKeyId,
        cloudWatchLogsGroupArn: trail.CloudWatchLogsLogGroupArn,
        cloudWatchLogsRoleArn: trail.CloudWatchLogsRoleArn,
        includeGlobalServiceEvents: trail.IncludeGlobalServiceEvents,
        isMultiRegionTrail: trail.IsMultiRegionTrail,
        enableLogFileValidation: trail.LogFileValidationEnabled,
        enableLogging: status.IsLogging,
        advancedEventSelectors: selectors.AdvancedEventSelectors?.map(({ Name, FieldSelectors }) => ({
          name: Name,
          fieldSelectors: FieldSelectors!.map((selector) => ({
            field: selector.Field!,
            equals: selector.Equals,
            notEquals: selector.NotEquals,
            startsWiths: selector.StartsWith,
            notStartsWiths: selector.NotStartsWith,
            endsWiths: selector.EndsWith,
            notEndsWiths: selector.NotEndsWith,
          })),
        })),
        tags: tagsFrom(tags.ResourceTagList?.[0]?.TagsList),
      };
    },
    async update(arn, inputs, account, changed, old) {
      const client = account.client(CloudTrailClient);
      await client.send(new UpdateTrailCommand({ Name: arn, ...settings(inputs) }));
      if (changed("advancedEventSelectors")) await putSelectors(arn, inputs, account);
      if (changed("enableLogging")) await setLogging(arn, inputs.enableLogging ?? true, account);
      if (!changed("tags")) return;
      const removed = removedKeys(old.tags, inputs.tags);
      if (removed.length > 0) {
        await client.send(new RemoveTagsCommand({ ResourceId: arn, TagsList: removed.map((Key) => ({ Key })) }));
      }
      await client.send(new AddTagsCommand({ ResourceId: arn, TagsList: tagList(inputs.tags) }));
    },
    async delete(arn, _, account) {
      // By name: given an ARN, moto deletes nothing and says nothing.
      await account.client(CloudTrailClient).send(new DeleteTrailCommand({ Name: arn.split("/").pop() }));
    },
  }),
};
