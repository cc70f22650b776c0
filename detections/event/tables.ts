import type { CloudTrailRecord } from "./record";

/** A table, and not only its name: tables of two Regions or accounts may share one. */
export interface TableIdentity {
  account: string;
  region: string;
  name: string;
}

const tableInArn = /^arn:[^:]*:dynamodb:([^:]*):([^:]*):table\/([^/]+)/;

/** Parameters that name a table, a backup or a stream of it. Each may hold a name or an ARN. */
const namingParameters = [
  "tableName",
  "targetTableName",
  "sourceTableName",
  "globalTableName",
  "tableArn",
  "sourceTableArn",
  "backupArn",
  "recoveryPointArn",
  "resourceArn",
  "streamArn",
  "eventSourceArn",
  // Of a pipe; nobody has published which letter its events use.
  "source",
  "Source",
];

/** Parts of a response that describe a table, for requests whose parameters are missing. */
const describedIn: readonly (readonly string[])[] = [
  ["tableDescription", "tableArn"],
  ["tableDescription", "tableName"],
  ["backupDescription", "sourceTableDetails", "tableArn"],
  ["backupDescription", "sourceTableDetails", "tableName"],
  ["backupDetails", "backupArn"],
  ["exportDescription", "tableArn"],
  ["eventSourceArn"],
];

/** DynamoDB names the table to AWS KMS in the encryption context (DynamoDB developer guide, "DynamoDB encryption context"). */
const encryptionContexts: readonly (readonly string[])[] = [
  ["encryptionContext"],
  ["sourceEncryptionContext"],
  ["constraints", "encryptionContextSubset"],
  ["constraints", "encryptionContextEquals"],
];

const aboutTables = new Set([
  "dynamodb.amazonaws.com",
  "backup.amazonaws.com",
  "lambda.amazonaws.com",
  "pipes.amazonaws.com",
]);

/**
 * The tables that an event is about, each once: from its resources; of a call of AWS KMS from the encryption context; else, and
 * of a restore also, from wherever the request names one, by name or by the ARN of a table, an index, a stream or a backup;
 * else from the response. A name stands for the table of the event's own Region and account.
 */
export function tableIdentitiesOf(record: CloudTrailRecord): TableIdentity[] {
  const found = new Map<string, TableIdentity>();
  const add = (value: unknown): void => {
    const table = tableOf(value, record);
    if (table) found.set(tableKey(table), table);
  };
  if (Array.isArray(record.resources)) {
    for (const resource of record.resources) {
      if (typeof resource?.ARN === "string" && tableInArn.test(resource.ARN)) add(resource.ARN);
    }
  }
  if (record.eventSource === "kms.amazonaws.com") {
    for (const path of encryptionContexts) {
      const context = object(path.reduce<unknown>((at, key) => object(at)[key], record.requestParameters));
      add(context["aws:dynamodb:tableName"]);
    }
  }
  // A restore is about two tables, and nobody has published which of them its resources name.
  const isRestore = typeof record.eventName === "string" && record.eventName.startsWith("RestoreTable");
  if ((found.size > 0 && !isRestore) || record.eventSource === undefined || !aboutTables.has(record.eventSource)) {
    return [...found.values()];
  }
  const parameters = object(record.requestParameters);
  for (const key of namingParameters) add(parameters[key]);
  // A transaction lists its entries, a batch names its tables. AWS prints members with a small and with a large letter.
  const { requestItems } = parameters;
  if (Array.isArray(requestItems)) {
    for (const item of requestItems) {
      add(object(item)["tableName"]);
      add(object(item)["TableName"]);
    }
  } else for (const name of Object.keys(object(requestItems))) add(name);
  for (const path of describedIn) {
    if (found.size > 0) break;
    add(path.reduce<unknown>((at, key) => object(at)[key], record.responseElements));
  }
  return [...found.values()];
}

/** One text for one table: `111122223333/eu-west-1/orders`. */
export const tableKey = ({ account, region, name }: TableIdentity): string => `${account}/${region}/${name}`;

function tableOf(value: unknown, record: CloudTrailRecord): TableIdentity | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  const [, region = "", account = "", name] = tableInArn.exec(value) ?? [];
  if (name !== undefined) return { account, region, name };
  if (value.startsWith("arn:")) return undefined;
  return { account: text(record.recipientAccountId), region: text(record.awsRegion), name: value };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
