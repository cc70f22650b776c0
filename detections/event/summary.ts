import type { CloudTrailRecord } from "./record";
import { tableIdentitiesOf } from "./tables";

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

/** Names of the tables that an event is about, each once. */
export const tablesOf = (record: CloudTrailRecord): string[] => [
  ...new Set(tableIdentitiesOf(record).map(({ name }) => name)),
];

const text = (value: unknown): string => (typeof value === "string" ? value : "");
