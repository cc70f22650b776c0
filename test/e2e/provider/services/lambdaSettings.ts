import {
  AddPermissionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";

const missing = "ResourceNotFoundException";

/** Name of a function that the program gave by name or by ARN. */
const functionOf = (given: unknown): string => String(given).split(":function:").pop()!;

interface Statement {
  Sid: string;
  Action: string;
  Principal: string | { Service?: string; AWS?: string };
  Condition?: { [operator: string]: { [key: string]: string } };
}

async function statementOf(Sid: string, FunctionName: string, account: Account): Promise<Statement | undefined> {
  const get = new GetPolicyCommand({ FunctionName });
  const answer = await unlessMissing(account.client(LambdaClient).send(get), missing);
  const { Statement = [] } = JSON.parse(answer?.Policy ?? "{}") as { Statement?: Statement[] };
  return Statement.find((statement) => statement.Sid === Sid);
}

async function putEventInvokeConfig(inputs: Plain<aws.lambda.FunctionEventInvokeConfigArgs>, account: Account) {
  const { onFailure, onSuccess } = inputs.destinationConfig ?? {};
  await account.client(LambdaClient).send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: functionOf(inputs.functionName),
      MaximumRetryAttempts: inputs.maximumRetryAttempts,
      MaximumEventAgeInSeconds: inputs.maximumEventAgeInSeconds,
      DestinationConfig: inputs.destinationConfig && {
        OnFailure: onFailure && { Destination: onFailure.destination },
        OnSuccess: onSuccess && { Destination: onSuccess.destination },
      },
    }),
  );
}

async function deleteEventInvokeConfig(FunctionName: string, account: Account): Promise<void> {
  const remove = new DeleteFunctionEventInvokeConfigCommand({ FunctionName });
  await unlessMissing(account.client(LambdaClient).send(remove), missing);
}

/** Who may start a function, and what becomes of invocations that fail. */
export const lambdaSettings = {
  "aws:lambda/permission:Permission": resourceType<aws.lambda.PermissionArgs>({
    replaceOn: ["action", "function", "principal", "sourceAccount", "sourceArn", "statementId"],
    async create(inputs, account) {
      const StatementId = inputs.statementId ?? `terraform-${Date.now()}${Math.random().toString().slice(2, 10)}`;
      await account.client(LambdaClient).send(
        new AddPermissionCommand({
          FunctionName: functionOf(inputs.function),
          StatementId,
          Action: inputs.action,
          Principal: inputs.principal,
          SourceArn: inputs.sourceArn,
          SourceAccount: inputs.sourceAccount,
        }),
      );
      return StatementId;
    },
    async read(id, inputs, account) {
      const found = await statementOf(id, functionOf(inputs.function), account);
      if (!found) return undefined;
      const { Principal } = found;
      const conditions = Object.values(found.Condition ?? {}).flatMap((keys) => Object.entries(keys));
      const condition = (name: string) => conditions.find(([key]) => key.toLowerCase() === name)?.[1];
      return {
        statementId: found.Sid,
        // The account says it by where the statement was found.
        function: inputs.function,
        action: found.Action,
        principal: typeof Principal === "string" ? Principal : (Principal.Service ?? Principal.AWS),
        sourceArn: condition("aws:sourcearn"),
        sourceAccount: condition("aws:sourceaccount"),
      };
    },
    async delete(StatementId, inputs, account) {
      const remove = new RemovePermissionCommand({ FunctionName: functionOf(inputs.function), StatementId });
      await unlessMissing(account.client(LambdaClient).send(remove), missing);
    },
  }),

  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig":
    resourceType<aws.lambda.FunctionEventInvokeConfigArgs>({
      replaceOn: ["functionName", "qualifier"],
      async create(inputs, account) {
        await putEventInvokeConfig(inputs, account);
        return functionOf(inputs.functionName);
      },
      async read(FunctionName, inputs, account) {
        const get = new GetFunctionEventInvokeConfigCommand({ FunctionName });
        const found = await unlessMissing(account.client(LambdaClient).send(get), missing);
        const { OnFailure, OnSuccess } = found?.DestinationConfig ?? {};
        return (
          found && {
            functionName: functionOf(found.FunctionArn) === FunctionName ? inputs.functionName : found.FunctionArn,
            maximumRetryAttempts: found.MaximumRetryAttempts,
            maximumEventAgeInSeconds: found.MaximumEventAgeInSeconds,
            destinationConfig: {
              onFailure: OnFailure?.Destination === undefined ? undefined : { destination: OnFailure.Destination },
              onSuccess: OnSuccess?.Destination === undefined ? undefined : { destination: OnSuccess.Destination },
            },
          }
        );
      },
      async update(FunctionName, inputs, account) {
        // The emulator keeps the first of two, where AWS keeps the second.
        await deleteEventInvokeConfig(FunctionName, account);
        await putEventInvokeConfig(inputs, account);
      },
      delete: (FunctionName, _, account) => deleteEventInvokeConfig(FunctionName, account),
    }),
};
