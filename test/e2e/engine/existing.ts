import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { zipSync } from "fflate";
import type { Engine } from "./stack";

// What an account may have had before our stack came.

/** A table with a stream. Returns the ARNs of both. */
export async function makeTable({ provider }: Engine, TableName: string) {
  const { TableDescription } = await provider.account.client(DynamoDBClient).send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    }),
  );
  return { tableArn: TableDescription!.TableArn!, streamArn: TableDescription!.LatestStreamArn! };
}

/** A function and its role. */
export async function makeFunction({ provider }: Engine, FunctionName: string) {
  const functionRoleName = `${FunctionName}-role`;
  const lambda = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const { Role } = await provider.account.client(IAMClient).send(
    new CreateRoleCommand({
      RoleName: functionRoleName,
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [lambda] }),
    }),
  );
  const { FunctionArn } = await provider.account.client(LambdaClient).send(
    new CreateFunctionCommand({
      FunctionName,
      Role: Role!.Arn!,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile: zipSync({ "index.js": new TextEncoder().encode("exports.handler = async () => {};") }) },
    }),
  );
  return { functionArn: FunctionArn!, functionRoleName };
}

/** A trail with a log group, and a recorder of AWS Config. */
export async function makeTrailAndRecorder({ provider: { account } }: Engine) {
  const logGroup = "organization-trail";
  const recorder = "default";
  await account.client(S3Client).send(new CreateBucketCommand({ Bucket: "organization-evidence" }));
  await account.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: logGroup }));
  const trail = await account
    .client(CloudTrailClient)
    .send(new CreateTrailCommand({ Name: "organization", S3BucketName: "organization-evidence" }));
  await account.client(CloudTrailClient).send(new StartLoggingCommand({ Name: "organization" }));
  const config = account.client(ConfigServiceClient);
  const roleARN = "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";
  await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: recorder, roleARN } }));
  await config.send(
    new PutDeliveryChannelCommand({ DeliveryChannel: { name: "default", s3BucketName: "organization-evidence" } }),
  );
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: recorder }));
  return { logGroup, recorder, trailArn: trail.TrailARN! };
}
