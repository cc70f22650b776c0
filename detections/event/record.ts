/**
 * A CloudTrail record, as far as it is read here. Every field may be missing or of another type: real files hold
 * events of many versions and services (CloudTrail user guide, "CloudTrail record contents").
 */
export interface CloudTrailRecord {
  eventID?: string;
  eventTime?: string;
  eventSource?: string;
  eventName?: string;
  eventType?: string;
  eventCategory?: string;
  managementEvent?: boolean;
  readOnly?: boolean | string;
  awsRegion?: string;
  sourceIPAddress?: string;
  errorCode?: string;
  recipientAccountId?: string;
  vpcEndpointId?: string;
  sessionCredentialFromConsole?: string | boolean;
  userIdentity?: {
    type?: string;
    arn?: string;
    principalId?: string;
    userName?: string;
    accountId?: string;
    invokedBy?: string;
    sessionContext?: { sessionIssuer?: { arn?: string } };
  } | null;
  resources?: readonly { type?: string; ARN?: string; accountId?: string }[] | null;
  requestParameters?: Record<string, unknown> | null;
  responseElements?: Record<string, unknown> | null;
  [field: string]: unknown;
}

/** An object that names its API call and its time: what every CloudTrail event does. */
export function isRecord(value: unknown): value is CloudTrailRecord {
  if (typeof value !== "object" || value === null) return false;
  const record = value as CloudTrailRecord;
  return typeof record.eventName === "string" && !Number.isNaN(timeOf(record));
}

/** `eventTime` in milliseconds; NaN where it is missing or no time. It may be anything: logs hold what was written there. */
export function timeOf({ eventTime }: { eventTime?: unknown }): number {
  return typeof eventTime === "string" ? Date.parse(eventTime) : Number.NaN;
}
