import { createHash } from "node:crypto";
import {
  type Architecture,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  type EventSourceMappingMetric,
  type EventSourcePosition,
  type FunctionResponseType,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  LambdaClient,
  ListTagsCommand,
  type LoggingConfig,
  PutFunctionConcurrencyCommand,
  type Runtime,
  TagResourceCommand,
  type TracingMode,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { zip } from "../archive";
import { type Json, type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, type Tags } from "../tags";
import { lambdaSettings } from "./lambdaSettings";

type FunctionArgs = aws.lambda.FunctionArgs;
type MappingArgs = aws.lambda.EventSourceMappingArgs;

const missing = "ResourceNotFoundException";

function configuration(inputs: Plain<FunctionArgs>) {
  const { loggingConfig, tracingConfig, environment } = inputs;
  return {
    FunctionName: inputs.name,
    Description: inputs.description,
    Role: inputs.role as string,
    Runtime: inputs.runtime as Runtime,
    Handler: inputs.handler,
    MemorySize: inputs.memorySize,
    Timeout: inputs.timeout,
    Environment: environment && { Variables: environment.variables },
    TracingConfig: tracingConfig && { Mode: tracingConfig.mode as TracingMode },
    LoggingConfig:
      loggingConfig &&
      ({
        LogFormat: loggingConfig.logFormat,
        ApplicationLogLevel: loggingConfig.applicationLogLevel,
        SystemLogLevel: loggingConfig.systemLogLevel,
        LogGroup: loggingConfig.logGroup,
      } as LoggingConfig),
  };
}

const mappingSettings = (inputs: Plain<MappingArgs>) => ({
  FunctionName: inputs.functionName,
  Enabled: inputs.enabled ?? true,
  BatchSize: inputs.batchSize,
  BisectBatchOnFunctionError: inputs.bisectBatchOnFunctionError,
  DestinationConfig: inputs.destinationConfig && {
    OnFailure: { Destination: inputs.destinationConfig.onFailure?.destinationArn },
  },
  FilterCriteria: inputs.filterCriteria && {
    Filters: inputs.filterCriteria.filters?.map(({ pattern }) => ({ Pattern: pattern })),
  },
  FunctionResponseTypes: inputs.functionResponseTypes as FunctionResponseType[] | undefined,
  MaximumBatchingWindowInSeconds: inputs.maximumBatchingWindowInSeconds,
  MaximumRecordAgeInSeconds: inputs.maximumRecordAgeInSeconds,
  MaximumRetryAttempts: inputs.maximumRetryAttempts,
  MetricsConfig: inputs.metricsConfig && { Metrics: inputs.metricsConfig.metrics as EventSourceMappingMetric[] },
  ParallelizationFactor: inputs.parallelizationFactor,
});

async function keepConcurrency(FunctionName: string, kept: number | undefined, account: Account): Promise<void> {
  const client = account.client(LambdaClient);
  if (kept === undefined) await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  else await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: kept }));
}

async function retag(Resource: string, old: Tags | undefined, now: Tags | undefined, account: Account): Promise<void> {
  const client = account.client(LambdaClient);
  const TagKeys = removedKeys(old, now);
  if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ Resource, TagKeys }));
  await client.send(new TagResourceCommand({ Resource, Tags: now ?? {} }));
}

export const lambda = {
  ...lambdaSettings,

  "aws:lambda/function:Function": resourceType<FunctionArgs>({
    nameInput: "name",
    replaceOn: ["name", "architectures"],
    unreported: {
      code: "only its hash is; the row compares that itself",
      loggingConfig: "moto forgets it",
    },
    async create(inputs, account) {
      const ZipFile = zip(inputs.code as Json);
      const created = await account.client(LambdaClient).send(
        new CreateFunctionCommand({
          ...configuration(inputs),
          FunctionName: inputs.name,
          Role: inputs.role as string,
          Code: { ZipFile },
          Architectures: inputs.architectures as Architecture[] | undefined,
          Tags: inputs.tags,
        }),
      );
      const hash = createHash("sha256").update(ZipFile).digest("base64");
      if (created.CodeSha256 !== hash) throw new Error(`the code that arrived is another: ${created.CodeSha256}`);
      return inputs.name!;
    },
    async finish(FunctionName, { reservedConcurrentExecutions: kept }, account) {
      if (kept !== undefined) await keepConcurrency(FunctionName, kept, account);
    },
    async read(FunctionName, _, account) {
      const client = account.client(LambdaClient);
      const answer = await unlessMissing(client.send(new GetFunctionCommand({ FunctionName })), missing);
      const found = answer?.Configuration;
      if (!found) return undefined;
      const { Tags } = await client.send(new ListTagsCommand({ Resource: found.FunctionArn }));
      return {
        name: found.FunctionName,
        arn: found.FunctionArn,
        version: found.Version,
        qualifiedArn: `${found.FunctionArn}:${found.Version}`,
        sourceCodeHash: found.CodeSha256,
        description: found.Description,
        role: found.Role,
        runtime: found.Runtime,
        handler: found.Handler,
        memorySize: found.MemorySize,
        timeout: found.Timeout,
        architectures: found.Architectures,
        environment: { variables: found.Environment?.Variables },
        tracingConfig: { mode: found.TracingConfig?.Mode ?? "" },
        reservedConcurrentExecutions: answer.Concurrency?.ReservedConcurrentExecutions,
        tags: Tags,
      };
    },
    async update(FunctionName, inputs, account, changed, old) {
      const client = account.client(LambdaClient);
      if (changed("code")) {
        await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip(inputs.code as Json) }));
      }
      await client.send(new UpdateFunctionConfigurationCommand(configuration(inputs)));
      if (changed("reservedConcurrentExecutions")) {
        await keepConcurrency(FunctionName, inputs.reservedConcurrentExecutions, account);
      }
      if (!changed("tags")) return;
      const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName }));
      await retag(Configuration!.FunctionArn!, old.tags, inputs.tags, account);
    },
    async delete(FunctionName, _, account) {
      await account.client(LambdaClient).send(new DeleteFunctionCommand({ FunctionName }));
    },
  }),

  "aws:lambda/eventSourceMapping:EventSourceMapping": resourceType<MappingArgs>({
    replaceOn: ["eventSourceArn", "startingPosition"],
    async create(inputs, account) {
      const created = await account.client(LambdaClient).send(
        new CreateEventSourceMappingCommand({
          ...mappingSettings(inputs),
          EventSourceArn: inputs.eventSourceArn,
          StartingPosition: inputs.startingPosition as EventSourcePosition,
          Tags: inputs.tags,
        }),
      );
      return created.UUID!;
    },
    async read(UUID, _, account) {
      const client = account.client(LambdaClient);
      const found = await unlessMissing(client.send(new GetEventSourceMappingCommand({ UUID })), missing);
      if (!found) return undefined;
      const { Tags } = await client.send(new ListTagsCommand({ Resource: found.EventSourceMappingArn }));
      return {
        uuid: found.UUID,
        arn: found.EventSourceMappingArn,
        eventSourceArn: found.EventSourceArn,
        functionName: found.FunctionArn,
        functionArn: found.FunctionArn,
        enabled: found.State === "Enabled",
        startingPosition: found.StartingPosition,
        batchSize: found.BatchSize,
        bisectBatchOnFunctionError: found.BisectBatchOnFunctionError,
        destinationConfig: {
          onFailure: { destinationArn: found.DestinationConfig?.OnFailure?.Destination ?? "" },
        },
        filterCriteria: {
          filters: found.FilterCriteria?.Filters?.map(({ Pattern }) => ({ pattern: Pattern })),
        },
        functionResponseTypes: found.FunctionResponseTypes,
        maximumBatchingWindowInSeconds: found.MaximumBatchingWindowInSeconds,
        maximumRecordAgeInSeconds: found.MaximumRecordAgeInSeconds,
        maximumRetryAttempts: found.MaximumRetryAttempts,
        metricsConfig: { metrics: found.MetricsConfig?.Metrics ?? [] },
        parallelizationFactor: found.ParallelizationFactor,
        tags: Tags,
      };
    },
    async update(UUID, inputs, account, changed, old) {
      const client = account.client(LambdaClient);
      const updated = await client.send(new UpdateEventSourceMappingCommand({ UUID, ...mappingSettings(inputs) }));
      if (changed("tags")) await retag(updated.EventSourceMappingArn!, old.tags, inputs.tags, account);
    },
    async delete(UUID, _, account) {
      await account.client(LambdaClient).send(new DeleteEventSourceMappingCommand({ UUID }));
    },
  }),
};
