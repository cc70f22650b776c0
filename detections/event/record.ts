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

/** ISO 8601 with date, time and zone; CloudTrail writes `2026-01-05T10:00:00Z`. */
const iso = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * `eventTime` in milliseconds; NaN where it is missing or no time of the calendar. It may be anything: logs hold what was
 * written there.
 */
export function timeOf({ eventTime }: { eventTime?: unknown }): number {
  if (typeof eventTime !== "string") return Number.NaN;
  const [, year, month, day] = iso.exec(eventTime) ?? [];
  // Date.parse takes the 30th of February for the 2nd of March.
  if (day === undefined || (Number(day) > 28 && Number(day) > daysIn(Number(year), Number(month)))) return Number.NaN;
  return Date.parse(eventTime);
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
