// CloudTrail records as detections read them. Each factory says where its shape comes from:
//   documented: printed on an AWS page; observed: a real event was published; inferred: from the API model.
export interface Event {
  eventSource: string;
  eventName: string;
  userIdentity: Record<string, unknown>;
  sourceIPAddress: string;
  requestParameters: Record<string, unknown> | null;
  responseElements: Record<string, unknown> | null;
  [field: string]: unknown;
}

export const account = "111122223333";
export const roleArn = (pathAndName: string): string => `arn:aws:iam::${account}:role/${pathAndName}`;
export const tableArn = (name: string): string => `arn:aws:dynamodb:us-east-1:${account}:table/${name}`;

/** documented: CloudTrail user guide, "userIdentity element". */
export const identities = {
  role: (pathAndName: string, session = "session") => ({
    type: "AssumedRole",
    arn: `arn:aws:sts::${account}:assumed-role/${pathAndName.split("/").pop()}/${session}`,
    sessionContext: { sessionIssuer: { type: "Role", arn: roleArn(pathAndName) } },
  }),
  user: (name: string) => ({ type: "IAMUser", arn: `arn:aws:iam::${account}:user/${name}`, userName: name }),
  root: () => ({ type: "Root", arn: `arn:aws:iam::${account}:root` }),
  federated: (name: string) => ({
    type: "FederatedUser",
    arn: `arn:aws:sts::${account}:federated-user/${name}`,
    sessionContext: { sessionIssuer: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/issuer` } },
  }),
  /** observed: the service-linked role of Application Auto Scaling, 2023. */
  autoScaling: () => ({
    ...identities.role(
      "aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
    ),
    invokedBy: "dynamodb.application-autoscaling.amazonaws.com",
  }),
};

export function event(
  eventName: string,
  requestParameters: Event["requestParameters"],
  change: Partial<Event> = {},
): Event {
  return {
    eventVersion: "1.11",
    eventSource: "dynamodb.amazonaws.com",
    eventName,
    userIdentity: identities.role("ops"),
    sourceIPAddress: "192.0.2.7",
    requestParameters,
    responseElements: null,
    ...change,
  };
}

export const failing = (errorCode: string): Partial<Event> => ({ errorCode });
export const from = (eventSource: string): Partial<Event> => ({ eventSource });
export const by = (userIdentity: Event["userIdentity"]): Partial<Event> => ({ userIdentity });

/** documented with provisionedThroughput; other parameters and the table's ARN in the response: inferred. */
export const updateTable = (parameters: Record<string, unknown>, change: Partial<Event> = {}): Event =>
  event("UpdateTable", parameters, {
    responseElements: { tableDescription: { tableName: "orders", tableArn: tableArn("orders") } },
    ...change,
  });

/** documented */
export const deleteTable = (change: Partial<Event> = {}): Event =>
  event("DeleteTable", { tableName: "orders" }, change);

/** inferred */
export const createTable = (name = "CreateTable", change: Partial<Event> = {}): Event =>
  event(name, { tableName: "orders" }, change);

/** inferred */
export const deleteBackup = (change: Partial<Event> = {}): Event =>
  event("DeleteBackup", { backupArn: `${tableArn("orders")}/backup/01234567890123-abcdef01` }, change);

/** inferred: AWS Backup API model. */
export const deleteRecoveryPoint = (recoveryPointArn: string | undefined, change: Partial<Event> = {}): Event =>
  event("DeleteRecoveryPoint", recoveryPointArn === undefined ? null : { backupVaultName: "vault", recoveryPointArn }, {
    eventSource: "backup.amazonaws.com",
    ...change,
  });

/** documented: PutItem, UpdateItem; inferred: DeleteItem, Scan and the others, which carry the same envelope. */
export const itemCall = (name: string, change: Partial<Event> = {}): Event =>
  event(name, { tableName: "orders", key: { id: "1" } }, change);

/** documented: each entry carries its operation. */
export const transactWriteItems = (...operations: string[]): Event =>
  event("TransactWriteItems", {
    requestItems: operations.map((operation) => ({ operation, tableName: "orders", key: { id: "1" } })),
  });

/** documented */
export const executeStatement = (statement: string, change: Partial<Event> = {}): Event =>
  event("ExecuteStatement", { statement }, change);

/** documented; as ExecuteTransaction: inferred. */
export const batchExecuteStatement = (statements: string[], name = "BatchExecuteStatement"): Event =>
  event(name, { requestItems: statements.map((statement) => ({ statement })) });

/** CloudTrail leaves out parameters over 100 KB. */
export const tooLarge = (name: string): Event =>
  event(name, null, { requestParameters: { omitted: true, reason: "requestParameters too large" } });
