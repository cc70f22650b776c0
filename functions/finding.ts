import type { Severity } from "../detections/detection";

/** `source` of the events that this project puts on its event bus. */
export const findingSource = "dynamodb-detective";
/** `detail-type` of a finding on its way to the notifier. */
export const findingDetailType = "DynamoDB Finding";
/** `detail-type` of an alert as it went out to people: what other tools should follow. */
export const alertDetailType = "DynamoDB Alert";

/** Who called. Every field may be missing in CloudTrail's record. */
export interface Actor {
  /** The role for its sessions, else the caller's own ARN, else the AWS service. */
  principal: string;
  /** Name of the role session: often the person or the instance. */
  session?: string;
  /** `userIdentity.type`. */
  type?: string;
  sourceIp?: string;
  /** ISO 3166 alpha-2 code of the country of `sourceIp`. */
  country?: string;
  /** Whether the session was opened with MFA; absent where the record does not say. */
  mfa?: boolean;
  /** The call came from the AWS console. */
  console?: boolean;
  userAgent?: string;
}

/** A call or an item change that a finding is about. */
export interface FindingEvent {
  /** CloudTrail's `eventID`, or that of the stream record. */
  id: string;
  name: string;
  /** ISO 8601. */
  time: string;
  /** Key of the item that changed, as `keyDisplay` shows it: a digest by default. */
  item?: string;
  /** Names of the attributes that matter: never their values. */
  attributes?: string[];
}

/** What a detection found. One shape, whoever found it: a metric filter's alarm, a stateful rule, a table's stream. */
export interface Finding {
  /** The same for the same occurrence, however often and by whomever it is reported. */
  id: string;
  /** Id of the detection in the catalog. */
  detection: string;
  title: string;
  severity: Severity;
  /** When it happened, ISO 8601: the time of the newest event. */
  time: string;
  account: string;
  region: string;
  /** What was found, in one sentence. Holds no attribute value of an item. */
  summary: string;
  /** Absent where the source does not say who: a stream carries no caller. */
  actors: Actor[];
  tables: string[];
  /** At most 50, newest first. */
  events: FindingEvent[];
  /** All events, those included that `events` leaves out. */
  count: number;
  /** What a reader must know, for example that a stream names no caller and where to find it. */
  note?: string;
}
