import {
  AddPermissionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  type FunctionUrlAuthType,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";

type PermissionArgs = aws.lambda.PermissionArgs;
type InvokeConfigArgs = aws.lambda.FunctionEventInvokeConfigArgs;

const missing = "ResourceNotFoundException";

/** A statement of a function's policy. */
interface Statement {
  Sid: string;
  Action: string;
  Principal: string | { Service?: string; AWS?: string };
  Condition?: { [operator: string]: { [key: string]: string } };
}

async function statements(FunctionName: string, Qualifier: string | undefined, account: Account): Promise<Statement[]> {
  const get = new GetPolicyCommand({ FunctionName, Qualifier });
  const answer = await unlessMissing(account.client(LambdaClient).send(get), missing);
  return answer?.Policy ? (JSON.parse(answer.Policy) as { Statement: Statement[] }).Statement : [];
}

/** A principal as it is written: a service, `*`, or an account, of which the policy has the root's ARN. */
function principalOf({ Principal: principal }: Statement): string | undefined {
  return typeof principal === "string" ? principal : (principal.Service ?? principal.AWS);
}

const conditionOf = ({ Condition = {} }: Statement, name: string): string | undefined =>
  Object.values(Condition)
    .flatMap((keys) => Object.entries(keys))
    .find(([key]) => same(key, name))?.[1];
/** Keys of conditions are the same in any case. */
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

async function putInvokeConfig(inputs: Plain<InvokeConfigArgs>, account: Account): Promise<void> {
  const { onSuccess, onFailure } = inputs.destinationConfig ?? {};
  await account.client(LambdaClient).send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: inputs.functionName,
      Qualifier: inputs.qualifier,
      MaximumEventAgeInSeconds: inputs.maximumEventAgeInSeconds,
      MaximumRetryAttempts: inputs.maximumRetryAttempts,
      DestinationConfig: inputs.destinationConfig && {
        OnSuccess: onSuccess && { Destination: onSuccess.destination },
        OnFailure: onFailure && { Destination: onFailure.destination },
      },
    }),
  );
}

async function removeInvokeConfig(
  { functionName, qualifier }: Plain<InvokeConfigArgs>,
  account: Account,
): Promise<void> {
  const removal = new DeleteFunctionEventInvokeConfigCommand({ FunctionName: functionName, Qualifier: qualifier });
  await unlessMissing(account.client(LambdaClient).send(removal), missing);
}

export const lambdaAccess = {
  "aws:lambda/permission:Permission": resourceType<PermissionArgs>({
    // Permissions are only added and removed.
    replaceOn: [
      "action",
      "eventSourceToken",
      "function",
      "functionUrlAuthType",
      "principal",
      "principalOrgId",
      "qualifier",
      "sourceAccount",
      "sourceArn",
      "statementId",
      "statementIdPrefix",
    ],
    unreported: { statementIdPrefix: "part of the statement's id" },
    async create(inputs, account) {
      const unique = `${Date.now()}${Math.random().toString().slice(2, 10)}`;
      const id = inputs.statementId ?? `${inputs.statementIdPrefix ?? "terraform-"}${unique}`;
      await account.client(LambdaClient).send(
        new AddPermissionCommand({
          FunctionName: inputs.function as string,
          StatementId: id,
          Action: inputs.action,
          Principal: inputs.principal,
          Qualifier: inputs.qualifier,
          SourceArn: inputs.sourceArn,
          SourceAccount: inputs.sourceAccount,
          EventSourceToken: inputs.eventSourceToken,
          PrincipalOrgID: inputs.principalOrgId,
          FunctionUrlAuthType: inputs.functionUrlAuthType as FunctionUrlAuthType | undefined,
        }),
      );
      return id;
    },
    async read(id, { function: name, qualifier }, account) {
      const found = (await statements(name as string, qualifier, account)).find(({ Sid }) => Sid === id);
      return (
        found && {
          statementId: found.Sid,
          function: name as string,
          qualifier,
          action: found.Action,
          principal: principalOf(found),
          sourceArn: conditionOf(found, "AWS:SourceArn"),
          sourceAccount: conditionOf(found, "AWS:SourceAccount"),
          eventSourceToken: conditionOf(found, "lambda:EventSourceToken"),
          principalOrgId: conditionOf(found, "aws:PrincipalOrgID"),
          functionUrlAuthType: conditionOf(found, "lambda:FunctionUrlAuthType"),
        }
      );
    },
    async delete(StatementId, { function: name, qualifier }, account) {
      const removal = new RemovePermissionCommand({ FunctionName: name as string, Qualifier: qualifier, StatementId });
      await unlessMissing(account.client(LambdaClient).send(removal), missing);
    },
  }),

  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": resourceType<InvokeConfigArgs>({
    replaceOn: ["functionName", "qualifier"],
    async create(inputs, account) {
      await putInvokeConfig(inputs, account);
      return inputs.qualifier === undefined ? inputs.functionName : `${inputs.functionName}:${inputs.qualifier}`;
    },
    async read(_, { functionName, qualifier }, account) {
      const get = new GetFunctionEventInvokeConfigCommand({ FunctionName: functionName, Qualifier: qualifier });
      const found = await unlessMissing(account.client(LambdaClient).send(get), missing);
      if (!found?.FunctionArn) return undefined;
      const { OnSuccess, OnFailure } = found.DestinationConfig ?? {};
      return {
        functionName,
        qualifier,
        maximumEventAgeInSeconds: found.MaximumEventAgeInSeconds,
        maximumRetryAttempts: found.MaximumRetryAttempts,
        destinationConfig: {
          onSuccess: OnSuccess?.Destination ? { destination: OnSuccess.Destination } : undefined,
          onFailure: OnFailure?.Destination ? { destination: OnFailure.Destination } : undefined,
        },
      };
    },
    async update(_, inputs, account) {
      // moto keeps the first one that was put.
      await removeInvokeConfig(inputs, account);
      await putInvokeConfig(inputs, account);
    },
    delete: (_, inputs, account) => removeInvokeConfig(inputs, account),
  }),
};
