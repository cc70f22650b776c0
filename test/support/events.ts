// CloudTrail records: the one place of event factories. Each factory says where its shape comes from:
//   documented: printed on an AWS page; observed: a real event was published; inferred: from the API model.
import type { CloudTrailRecord } from "../../simulation";

export interface Event extends CloudTrailRecord {
  eventSource: string;
  eventName: string;
  eventTime: string;
}
export type Change = Partial<CloudTrailRecord>;

export const account = "111122223333";
export const otherAccount = "444455556666";
export const region = "us-east-1";
export const roleArn = (pathAndName: string): string => `arn:aws:iam::${account}:role/${pathAndName}`;
export const userArn = (name: string): string => `arn:aws:iam::${account}:user/${name}`;
export const tableArn = (name: string, where = region): string => `arn:aws:dynamodb:${where}:${account}:table/${name}`;
export const indexArn = (table: string, index = "by-date"): string => `${tableArn(table)}/index/${index}`;
export const streamArn = (table: string): string => `${tableArn(table)}/stream/2026-01-05T00:00:00.000`;

/** A time on one day, written as minutes and seconds after ten o'clock: `at("3:30")`. */
export function at(clock: string): string {
  const [minutes, seconds = "0"] = clock.split(":");
  return new Date(Date.UTC(2026, 0, 5, 10, 0, 0) + (Number(minutes) * 60 + Number(seconds)) * 1000).toISOString();
}

/** The same event at another time. */
export const after = (clock: string, happened: Event): Event => ({ ...happened, eventTime: at(clock) });

/** So many events at equal distances, the first at ten o'clock and the last so many seconds later. */
export const spread = (count: number, seconds: number, make: (i: number) => Event): Event[] =>
  Array.from({ length: count }, (_, i) => after(`0:${(seconds * i) / (count - 1)}`, make(i)));

/** documented: CloudTrail user guide, "userIdentity element". */
export const identities = {
  role: (pathAndName: string, session = "session", accountId = account) => ({
    type: "AssumedRole",
    arn: `arn:aws:sts::${accountId}:assumed-role/${pathAndName.split("/").pop()}/${session}`,
    accountId,
    sessionContext: {
      sessionIssuer: { type: "Role", arn: `arn:aws:iam::${accountId}:role/${pathAndName}`, accountId },
    },
  }),
  user: (name: string) => ({ type: "IAMUser", arn: userArn(name), accountId: account, userName: name }),
  root: () => ({ type: "Root", arn: `arn:aws:iam::${account}:root`, accountId: account }),
  federated: (name: string) => ({
    type: "FederatedUser",
    arn: `arn:aws:sts::${account}:federated-user/${name}`,
    accountId: account,
    sessionContext: { sessionIssuer: { type: "IAMUser", arn: userArn("issuer"), accountId: account } },
  }),
  /** A session of a role that a role of another provider assumed: web identity. */
  webIdentity: (pathAndName: string) => ({
    ...identities.role(pathAndName, "GitHubActions"),
    sessionContext: {
      ...identities.role(pathAndName).sessionContext,
      webIdFederationData: { federatedProvider: `arn:aws:iam::${account}:oidc-provider/example.com` },
    },
  }),
  /** documented: who calls by a resource policy from another account, as the owner of the resource sees it. No ARN. */
  otherAccount: () => ({ type: "AWSAccount", accountId: otherAccount, principalId: "AIDACKCEVSQ6C2EXAMPLE" }),
  /** documented: has no ARN. */
  identityCenter: () => ({ type: "IdentityCenterUser", accountId: account }),
  /** documented: has no ARN. */
  service: (invokedBy: string) => ({ type: "AWSService", invokedBy }),
  /** observed: a role that CloudFormation uses for its caller. */
  throughService: (pathAndName: string, invokedBy: string) => ({ ...identities.role(pathAndName), invokedBy }),
  /** observed: the service-linked role of Application Auto Scaling, 2023. */
  autoScaling: () => ({
    ...identities.role(
      "aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
      "AutoScaling-UpdateTableAutoScaling",
    ),
    invokedBy: "dynamodb.application-autoscaling.amazonaws.com",
  }),
};

let ids = 0;

/** documented: CloudTrail user guide, "CloudTrail record contents". A management event of DynamoDB. */
export function event(
  eventName: string,
  requestParameters: CloudTrailRecord["requestParameters"],
  change: Change = {},
): Event {
  return {
    eventVersion: "1.11",
    eventID: `event-${++ids}`,
    eventTime: at("0"),
    eventType: "AwsApiCall",
    eventCategory: "Management",
    managementEvent: true,
    eventSource: "dynamodb.amazonaws.com",
    eventName,
    readOnly: /^(Get|List|Describe|Query|Scan|BatchGet|TransactGet)/.test(eventName),
    awsRegion: region,
    userIdentity: identities.role("ops"),
    sourceIPAddress: "192.0.2.7",
    recipientAccountId: account,
    requestParameters,
    responseElements: null,
    ...change,
  } as Event;
}

/** documented: a failed call has an `errorCode`. */
export const failing = (errorCode: string): Change => ({ errorCode });
/** observed with other services; that DynamoDB writes the same is inferred. */
export const denied: Change = failing("AccessDenied");
export const from = (eventSource: string): Change => ({ eventSource });
export const by = (userIdentity: CloudTrailRecord["userIdentity"]): Change => ({ userIdentity });
export const inRegion = (awsRegion: string): Change => ({ awsRegion });
/** observed: CloudTrail leaves out parameters over 100 KB and says so in their place. */
export const tooLarge: Change = { requestParameters: { reason: "requestParameters too large", omitted: true } };

/** documented with provisionedThroughput; other parameters and the table's ARN in the response: inferred. */
export const updateTable = (parameters: Record<string, unknown>, change: Change = {}, table = "orders"): Event =>
  event("UpdateTable", parameters, {
    responseElements: { tableDescription: { tableName: table, tableArn: tableArn(table) } },
    ...change,
  });

/** documented */
export const deleteTable = (change: Change = {}, tableName = "orders"): Event =>
  event("DeleteTable", { tableName }, change);

/** inferred */
export const createTable = (name = "CreateTable", change: Change = {}, tableName = "orders"): Event =>
  event(name, { tableName }, change);

/** inferred */
export const deleteBackup = (change: Change = {}): Event =>
  event("DeleteBackup", { backupArn: `${tableArn("orders")}/backup/01234567890123-abcdef01` }, change);

/** inferred: AWS Backup API model. */
export const awsBackup = (
  name: string,
  parameters: CloudTrailRecord["requestParameters"],
  change: Change = {},
): Event => event(name, parameters, { ...from("backup.amazonaws.com"), ...change });

/** inferred: AWS Backup API model. */
export const deleteRecoveryPoint = (recoveryPointArn: string | undefined, change: Change = {}): Event =>
  awsBackup(
    "DeleteRecoveryPoint",
    recoveryPointArn === undefined ? null : { backupVaultName: "vault", recoveryPointArn },
    change,
  );

const about = (...arns: string[]): Change => ({
  resources: arns.map((ARN) => ({ accountId: account, type: "AWS::DynamoDB::Table", ARN })),
});
/** documented: the resources of a data event, here of an index, a stream or several tables. */
export const on = about;

/** documented: the envelope of data events. */
const dataEvent: Change = { eventCategory: "Data", managementEvent: false, apiVersion: "2012-08-10" };

/** documented: an old event (version 1.05) has neither resources nor categories. */
export const oldForm: Change = {
  eventVersion: "1.05",
  resources: undefined,
  eventCategory: undefined,
  managementEvent: undefined,
  readOnly: undefined,
};

/** documented: the envelope of item-level calls, with their resources; parameters as the caller of the factory grades them. */
export const item = (name: string, parameters: CloudTrailRecord["requestParameters"], change: Change = {}): Event =>
  event(name, parameters, { ...dataEvent, ...about(tableArn("orders")), ...change });

/** documented: PutItem, UpdateItem; inferred: DeleteItem, Scan and the others, which carry the same envelope. */
export const itemCall = (name: string, change: Change = {}, tableName = "orders"): Event =>
  item(name, { tableName, key: { id: "1" } }, change);

/** documented: each entry carries its operation; AWS's example mixes `tableName` with `TableName` and `key` with `Key`. */
export const transactWriteItems = (operations: readonly string[], change: Change = {}): Event =>
  item(
    "TransactWriteItems",
    {
      requestItems: operations.map((operation, i) =>
        i % 2 === 0
          ? { operation, tableName: "orders", key: { id: "1" }, items: ["id"] }
          : { operation, TableName: "orders", Key: { id: "1" }, ConditionExpression: "attribute_exists(id)" },
      ),
      returnConsumedCapacity: "NONE",
    },
    change,
  );

/** inferred: the body of BatchWriteItem is unpublished. */
export const batchWriteItem = (change: Change = {}): Event =>
  item("BatchWriteItem", { requestItems: {} }, { ...about(tableArn("orders"), tableArn("orders-old")), ...change });

/** documented; CloudTrail marks a SELECT as not read-only. */
export const executeStatement = (statement: string, change: Change = {}): Event =>
  item("ExecuteStatement", { statement }, change);

/** documented */
export const batchExecuteStatement = (statements: readonly string[], change: Change = {}): Event =>
  item("BatchExecuteStatement", { requestItems: statements.map((statement) => ({ statement })) }, change);

/** inferred: in the form of BatchExecuteStatement. */
export const executeTransaction = (statements: readonly string[], change: Change = {}): Event =>
  item("ExecuteTransaction", { requestItems: statements.map((statement) => ({ statement })) }, change);

export const keyArn = (id = "1234abcd-12ab-34cd-56ef-1234567890ab"): string =>
  `arn:aws:kms:${region}:${account}:key/${id}`;

/** documented: AWS KMS developer guide, "Examples of AWS KMS log entries". A call of AWS KMS made directly. */
export const kms = (
  name: string,
  parameters: CloudTrailRecord["requestParameters"] = { keyId: keyArn() },
  change: Change = {},
): Event =>
  event(name, parameters, {
    ...from("kms.amazonaws.com"),
    resources: [{ accountId: account, type: "AWS::KMS::Key", ARN: keyArn() }],
    ...change,
  });

/** documented: what DynamoDB puts into the encryption context. */
export const tableContext = (table = "orders") => ({
  "aws:dynamodb:tableName": table,
  "aws:dynamodb:subscriberId": account,
});

/** The parameters of the calls that DynamoDB makes, as AWS prints them. */
const keyUses: Record<string, (table: string) => Record<string, unknown>> = {
  Decrypt: (table) => ({ encryptionContext: tableContext(table) }),
  GenerateDataKey: (table) => ({ encryptionContext: tableContext(table), keySpec: "AES_256", keyId: keyArn() }),
  CreateGrant: (table) => ({
    keyId: keyArn(),
    granteePrincipal: `dynamodb.${region}.amazonaws.com`,
    retiringPrincipal: `dynamodb.${region}.amazonaws.com`,
    constraints: { encryptionContextSubset: tableContext(table) },
    operations: ["DescribeKey", "GenerateDataKey", "Decrypt", "Encrypt", "ReEncryptFrom", "ReEncryptTo", "RetireGrant"],
  }),
};

/** The same call as DynamoDB's, made by the caller itself. Both halves are documented, this together is not. */
export const tableKeyUse = (name: keyof typeof keyUses & string, change: Change = {}, table = "orders"): Event =>
  kms(name, keyUses[name]!(table), change);

/** documented: DynamoDB developer guide, "Monitoring DynamoDB interaction with AWS KMS". */
export const byDynamodb = (name: keyof typeof keyUses & string, change: Change = {}, table = "orders"): Event =>
  tableKeyUse(
    name,
    {
      userIdentity:
        name === "GenerateDataKey"
          ? identities.service("dynamodb.amazonaws.com")
          : identities.throughService("ops", "dynamodb.amazonaws.com"),
      sourceIPAddress: "dynamodb.amazonaws.com",
      userAgent: "dynamodb.amazonaws.com",
      ...change,
    },
    table,
  );

/** A call of another service's control plane; the caller of the factory grades its parameters. */
export const managementCall = (
  service: string,
  name: string,
  parameters: CloudTrailRecord["requestParameters"],
  change: Change = {},
): Event => event(name, parameters, { ...from(`${service}.amazonaws.com`), ...change });

/** inferred: API model. */
export const exportTable = (change: Change = {}, table = "orders"): Event =>
  event("ExportTableToPointInTime", { tableArn: tableArn(table), s3Bucket: "elsewhere" }, change);

/** inferred: API model. */
export const continuousBackups = (
  pointInTimeRecoverySpecification: Record<string, unknown>,
  change: Change = {},
  tableName = "orders",
): Event => event("UpdateContinuousBackups", { tableName, pointInTimeRecoverySpecification }, change);

/** inferred: API model. */
export const createBackup = (change: Change = {}, tableName = "orders"): Event =>
  event("CreateBackup", { tableName, backupName: "copy" }, change);

/** inferred: API model. The restore of a backup of one table to another. */
export const restoreFromBackup = (change: Change = {}, source = "orders", targetTableName = "copy"): Event =>
  event(
    "RestoreTableFromBackup",
    { targetTableName, backupArn: `${tableArn(source)}/backup/01234567890123-abcdef01` },
    change,
  );

/**
 * documented: CreateEventSourceMapping20150331 with eventSourceArn in request and response; that the others answer in the
 * same form is inferred.
 */
export const eventSourceMapping = (
  name: string,
  requestParameters: Record<string, unknown>,
  change: Change = {},
  eventSourceArn = streamArn("orders"),
): Event =>
  managementCall("lambda", name, requestParameters, {
    responseElements: { uUID: "a1b2c3d4-5678-90ab-cdef-11111EXAMPLE", eventSourceArn },
    ...change,
  });

/** documented, as `eventSourceMapping`: a function is put onto a stream. */
export const addConsumer = (change: Change = {}, eventSourceArn = streamArn("orders")): Event =>
  eventSourceMapping(
    "CreateEventSourceMapping20150331",
    { eventSourceArn, functionName: "copy", enabled: true },
    change,
    eventSourceArn,
  );

/** inferred: API model; UpdateTable itself is documented. */
export const switchStream = (
  streamEnabled: boolean,
  change: Change = {},
  table = "orders",
  streamViewType = "NEW_AND_OLD_IMAGES",
): Event =>
  updateTable(
    { tableName: table, streamSpecification: { streamEnabled, ...(streamEnabled && { streamViewType }) } },
    change,
    table,
  );

/** documented: GetRecords; GetShardIterator follows it. */
export const streamRead = (name: string, change: Change = {}, table = "orders"): Event =>
  item(
    name,
    name === "GetRecords" ? { shardIterator: `${streamArn(table)}|1|AAAA` } : { streamArn: streamArn(table) },
    {
      resources: [{ accountId: account, type: "AWS::DynamoDB::Stream", ARN: streamArn(table) }],
      ...change,
    },
  );

/** inferred: API model; UpdateTable itself is documented. */
export const addIndex = (projectionType: string, change: Change = {}, table = "orders", position = 0): Event => {
  const update = { create: { indexName: "by-date", projection: { projectionType } } };
  const others = Array.from({ length: position }, () => ({ delete: { indexName: "old" } }));
  return updateTable({ tableName: table, globalSecondaryIndexUpdates: [...others, update] }, change, table);
};
