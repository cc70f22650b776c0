import type { CloudTrailRecord } from "./record";

/** What an alert says of one event: who, what, where and when. Small, so that many can be held. */
export interface EventSummary {
  id: string;
  /** `eventTime` as written. */
  time: string;
  source: string;
  name: string;
  actor: string;
  tables: readonly string[];
  sourceIp: string;
  region: string;
  errorCode?: string;
}

export function summaryOf(record: CloudTrailRecord): EventSummary {
  return {
    id: text(record.eventID),
    time: text(record.eventTime),
    source: text(record.eventSource),
    name: text(record.eventName),
    actor: actorOf(record),
    tables: tablesOf(record),
    sourceIp: text(record.sourceIPAddress),
    region: text(record.awsRegion),
    ...(typeof record.errorCode === "string" && { errorCode: record.errorCode }),
  };
}

/**
 * The principal that calls: a role for its sessions (their ARNs differ by session name), else the caller's own ARN, else
 * the AWS service (CloudTrail user guide, "userIdentity element").
 */
export function actorOf({ userIdentity }: CloudTrailRecord): string {
  if (typeof userIdentity !== "object" || userIdentity === null) return "unknown";
  const { type, arn, invokedBy, principalId, userName } = userIdentity;
  const issuer = type === "FederatedUser" ? undefined : userIdentity.sessionContext?.sessionIssuer?.arn;
  return text(issuer) || text(arn) || text(invokedBy) || text(userName) || text(principalId) || text(type) || "unknown";
}

const tableInArn = /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/([^/]+)/;

/** Names of the tables that an event is about: from its resources, else from request and response. */
export function tablesOf(record: CloudTrailRecord): string[] {
  const found = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value !== "string" || value === "") return;
    const name = tableInArn.exec(value)?.[1] ?? (value.startsWith("arn:") ? undefined : value);
    if (name) found.add(name);
  };
  if (Array.isArray(record.resources)) {
    for (const resource of record.resources) {
      if (typeof resource?.ARN === "string" && tableInArn.test(resource.ARN)) add(resource.ARN);
    }
  }
  if (found.size > 0 || record.eventSource === undefined) return [...found];
  if (!aboutTables.has(record.eventSource)) return [];
  const parameters = object(record.requestParameters);
  for (const key of [
    "tableName",
    "targetTableName",
    "tableArn",
    "backupArn",
    "recoveryPointArn",
    "resourceArn",
    "streamArn",
  ]) {
    add(parameters[key]);
  }
  if (Array.isArray(parameters["requestItems"])) {
    for (const item of parameters["requestItems"]) {
      add(object(item)["tableName"]);
      add(object(item)["TableName"]);
    }
  } else for (const name of Object.keys(object(parameters["requestItems"]))) add(name);
  if (found.size === 0) {
    const description = object(object(record.responseElements)["tableDescription"]);
    add(description["tableArn"] ?? description["tableName"]);
  }
  return [...found];
}

const aboutTables = new Set(["dynamodb.amazonaws.com", "backup.amazonaws.com"]);

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
