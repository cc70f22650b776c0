import type { EventSource } from "../../detections/detection";
import type { AuditTrailArgs } from "./args";

/** Values that AWS allows over all advanced event selectors of one trail; not adjustable (CloudTrail User Guide, "Quotas"). */
export const selectorValueLimit = 500;

/** The whole API of DynamoDB Streams that is logged as data events (DynamoDB Developer Guide, "Logging DynamoDB operations"). */
const streamCalls = ["GetRecords", "GetShardIterator"];

/** The console's own name for it: scanners (Prowler among them) know by it that a trail logs management events. */
export const managementSelectorName = "Management events selector";

export interface FieldSelector {
  field: string;
  equals?: string[];
  notEquals?: string[];
  startsWiths?: string[];
}

export interface EventSelector {
  name: string;
  fieldSelectors: FieldSelector[];
}

/** What the trail is to log. */
export interface Selection {
  managementEvents: boolean;
  kmsEvents: boolean;
  dataEvents: boolean;
  streamDataEvents: boolean;
  writeOnly: boolean;
  /** Absent: all tables. */
  tableArns?: string[];
}

/** The selection that a user's arguments mean. */
export function selectionOf(args: AuditTrailArgs, tableArns?: string[]): Selection {
  const {
    managementEvents = true,
    kmsEvents = true,
    dataEvents = true,
    streamDataEvents = true,
    writeOnly = false,
  } = args;
  return {
    managementEvents,
    kmsEvents,
    dataEvents,
    streamDataEvents,
    writeOnly,
    tableArns: tableArns && [...new Set(tableArns)],
  };
}

/** Advanced event selectors of the trail. No event is taken by two of them, so none is logged or billed twice. */
export function planSelectors(selection: Selection): EventSelector[] {
  const selectors: EventSelector[] = [];
  if (selection.managementEvents) selectors.push(managementSelector(selection.kmsEvents));
  if (selection.dataEvents) selectors.push(tableSelector(selection));
  if (selection.streamDataEvents) selectors.push(streamSelector(selection.tableArns));
  return selectors;
}

/** Values as AWS counts them against `selectorValueLimit`: all values of all fields. */
export function countValues(selectors: readonly EventSelector[]): number {
  return selectors
    .flatMap(({ fieldSelectors }) => fieldSelectors)
    .flatMap(({ equals = [], notEquals = [], startsWiths = [] }) => [...equals, ...notEquals, ...startsWiths]).length;
}

/** Event sources that the trail carries. A detection that reads another one can never fire. */
export function sourcesOf(args: AuditTrailArgs): EventSource[] {
  // A trail that is adopted carries what AWS logs by default, unless its owner says otherwise.
  const carried = args.existing
    ? {
        ...selectionOf(args.existing),
        dataEvents: args.existing.tableDataEvents ?? false,
        streamDataEvents: args.existing.streamDataEvents ?? false,
      }
    : selectionOf(args);
  const sources: [EventSource, boolean][] = [
    ["management", carried.managementEvents],
    ["table-data", carried.dataEvents],
    ["stream-data", carried.streamDataEvents],
    ["kms", carried.managementEvents && carried.kmsEvents],
  ];
  return sources.filter(([, logged]) => logged).map(([source]) => source);
}

/** What the user should know that the selection does not see, one sentence each. */
export function notesOf(args: AuditTrailArgs): string[] {
  if (args.existing || !args.writeOnly || args.dataEvents === false) return [];
  return [
    "writeOnly: reads (GetItem, BatchGetItem, Query, Scan, TransactGetItems) are not logged, and detections of reads " +
      "cannot fire on them. PartiQL statements, SELECT included, are logged: CloudTrail records them with readOnly false.",
  ];
}

function managementSelector(kmsEvents: boolean): EventSelector {
  const fieldSelectors: FieldSelector[] = [{ field: "eventCategory", equals: ["Management"] }];
  if (!kmsEvents) fieldSelectors.push({ field: "eventSource", notEquals: ["kms.amazonaws.com"] });
  return { name: managementSelectorName, fieldSelectors };
}

/**
 * Item-level calls. A selector of this type records stream calls too (CloudTrail User Guide, "Logging data events"),
 * so those are left to the stream selector, or out.
 */
function tableSelector({ tableArns, writeOnly }: Selection): EventSelector {
  const fieldSelectors: FieldSelector[] = [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: ["AWS::DynamoDB::Table"] },
    { field: "eventName", notEquals: streamCalls },
  ];
  if (writeOnly) fieldSelectors.push({ field: "readOnly", equals: ["false"] });
  if (tableArns) {
    // `orders` itself and what is under it (an index), but not `orders-old`. The two operators are OR-ed.
    fieldSelectors.push({ field: "resources.ARN", equals: tableArns, startsWiths: tableArns.map((arn) => `${arn}/`) });
  }
  return { name: "table-data", fieldSelectors };
}

/** Reads of streams. Named by call as well, since a call on a table with a stream lists both as resources. */
function streamSelector(tableArns?: string[]): EventSelector {
  const fieldSelectors: FieldSelector[] = [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: ["AWS::DynamoDB::Stream"] },
    { field: "eventName", equals: streamCalls },
  ];
  if (tableArns) {
    fieldSelectors.push({ field: "resources.ARN", startsWiths: tableArns.map((arn) => `${arn}/stream/`) });
  }
  return { name: "stream-data", fieldSelectors };
}
