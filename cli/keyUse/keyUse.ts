import { actorOf, type CloudTrailRecord, tablesOf } from "../../simulation";

/** One call of AWS KMS on the key of a table. */
export interface KeyUse {
  /** `eventTime` as written. */
  time: string;
  operation: string;
  /** The role for its sessions, else the caller's own ARN, else the AWS service. */
  requester: string;
  /** The service that made the call for the requester; absent for a direct call. */
  via?: string;
  /** Address that the request came from; absent where CloudTrail records the host of a service instead. */
  ip?: string;
  /** Table in the encryption context; absent where the call names none. A direct caller may name any. */
  table?: string;
  /** ARN of the key; absent where the event names none. */
  key?: string;
  errorCode?: string;
}

const dynamodb = "dynamodb.amazonaws.com";

/**
 * Collects the use of table keys: what DynamoDB does with them, calls that name a table in their encryption context, and every
 * direct call on a key that DynamoDB was seen to use, or that is listed.
 */
export class KeyUses {
  private readonly keys: Set<string>;
  private readonly certain: KeyUse[] = [];
  /** Direct calls on keys of which it is not known yet whether they are a table's. */
  private readonly open: KeyUse[] = [];

  constructor(keyArns: readonly string[] = []) {
    this.keys = new Set(keyArns);
  }

  add(record: CloudTrailRecord): void {
    if (record.eventSource !== "kms.amazonaws.com") return;
    const use = useOf(record);
    const isDynamodbs = use.via === dynamodb;
    if (isDynamodbs && use.key) this.keys.add(use.key);
    if (isDynamodbs || use.table !== undefined || (use.key !== undefined && this.keys.has(use.key)))
      this.certain.push(use);
    else if (use.via === undefined && use.key !== undefined) this.open.push(use);
  }

  /** All of them, in order of time. */
  list(): KeyUse[] {
    const settled = this.open.filter(({ key }) => this.keys.has(key!));
    return [...this.certain, ...settled].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  }
}

function useOf(record: CloudTrailRecord): KeyUse {
  const { eventTime, eventName, sourceIPAddress, errorCode, userIdentity } = record;
  const via = userIdentity?.invokedBy;
  const table = tablesOf(record)[0];
  const key = keyOf(record);
  return {
    time: String(eventTime),
    operation: String(eventName),
    requester: actorOf(record),
    ...(typeof via === "string" && { via }),
    ...(typeof sourceIPAddress === "string" &&
      /^[\da-f]*[.:][\da-f.:]*$/i.test(sourceIPAddress) && { ip: sourceIPAddress }),
    ...(table !== undefined && { table }),
    ...(key !== undefined && { key }),
    ...(typeof errorCode === "string" && { errorCode }),
  };
}

const keyArn = /^arn:[^:]*:kms:[^:]*:\d*:key\//;

/** Of the resources; AWS prints events in which their ARN is empty, so else of the request. */
function keyOf({ resources, requestParameters }: CloudTrailRecord): string | undefined {
  const arns = Array.isArray(resources) ? resources.map((each: { ARN?: unknown } | null) => each?.ARN) : [];
  return [...arns, requestParameters?.["keyId"]].find(
    (arn): arn is string => typeof arn === "string" && keyArn.test(arn),
  );
}
