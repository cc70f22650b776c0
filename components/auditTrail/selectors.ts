import type { EventSource } from "../../detections/detection";
import type { AuditTrailArgs, ExistingTrailArgs } from "./args";

/** Values that AWS allows over all advanced event selectors of one trail; not adjustable (CloudTrail User Guide, "Quotas"). */
export const selectorValueLimit = 500;

/** The whole API of DynamoDB Streams that is logged as data events (DynamoDB Developer Guide, "Logging DynamoDB operations"). */
const streamCalls = ["GetRecords", "GetShardIterator"];

/** The console's own name for it: scanners (Prowler among them) know by it that a trail logs management events. */
export const managementSelectorName = "Management events selector";

/** One field and its values. ARNs may be known after deployment only; everything else is text. */
export interface FieldSelector<Arn = string> {
  field: string;
  equals?: (string | Arn)[];
  notEquals?: string[];
  startsWiths?: (string | Arn)[];
}

export interface EventSelector<Arn = string> {
  name: string;
  fieldSelectors: FieldSelector<Arn>[];
}

/** What the trail is to log. */
export interface Selection<Arn = string> {
  managementEvents: boolean;
  kmsEvents: boolean;
  dataEvents: boolean;
  streamDataEvents: boolean;
  writeOnly: boolean;
  /** Absent: all tables. */
  tableArns?: Arn[];
}

/** The selection that a user's arguments mean. */
export function selectionOf<Arn>(args: Omit<AuditTrailArgs, "tableArns">, tableArns?: Arn[]): Selection<Arn> {
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

/** What is under a table, as a start of its ARN: an index, a stream. */
export type Under<Arn> = (tableArn: Arn, path: string) => Arn;

/**
 * Advanced event selectors of the trail. No event is taken by two of them, so none is logged or billed twice.
 *
 * @param under Appends to an ARN that is no text yet.
 */
export function planSelectors<Arn = string>(
  selection: Selection<Arn>,
  under: Under<Arn> = (tableArn, path) => `${tableArn}${path}` as Arn,
): EventSelector<Arn>[] {
  const selectors: EventSelector<Arn>[] = [];
  if (selection.managementEvents) selectors.push(managementSelector(selection.kmsEvents));
  if (selection.dataEvents) selectors.push(tableSelector(selection, under));
  if (selection.streamDataEvents) selectors.push(streamSelector(under, selection.tableArns));
  return selectors;
}

/** Values as AWS counts them against `selectorValueLimit`: all values of all fields. */
export function countValues(selectors: readonly EventSelector<unknown>[]): number {
  return selectors
    .flatMap(({ fieldSelectors }) => fieldSelectors)
    .flatMap(({ equals = [], notEquals = [], startsWiths = [] }) => [...equals, ...notEquals, ...startsWiths]).length;
}

/** Event sources that the trail carries. A detection that reads another one can never fire. */
export function sourcesOf(args: AuditTrailArgs): EventSource[] {
  const adopted = args.existing && asAdopted(args.existing);
  const carried = adopted ? { ...adopted, dataEvents: adopted.tableDataEvents } : selectionOf(args);
  const sources: [EventSource, boolean][] = [
    ["management", carried.managementEvents],
    ["table-data", carried.dataEvents],
    ["stream-data", carried.streamDataEvents],
    ["kms", carried.managementEvents && carried.kmsEvents],
  ];
  return sources.filter(([, logged]) => logged).map(([source]) => source);
}

/** An adopted trail with what AWS does by default where its owner does not say otherwise. */
export function asAdopted(existing: ExistingTrailArgs) {
  return {
    ...existing,
    managementEvents: existing.managementEvents ?? true,
    tableDataEvents: existing.tableDataEvents ?? false,
    streamDataEvents: existing.streamDataEvents ?? false,
    kmsEvents: existing.kmsEvents ?? true,
    metricFilterCount: existing.metricFilterCount ?? 0,
    subscriptionFilterCount: existing.subscriptionFilterCount ?? 0,
    regexCount: existing.regexCount ?? 0,
  };
}

/** What the user should know that the selection does not see, one sentence each. */
export function notesOf(args: AuditTrailArgs): string[] {
  if (args.existing || !args.writeOnly || args.dataEvents === false) return [];
  return [
    "writeOnly: reads (GetItem, BatchGetItem, Query, Scan, TransactGetItems) are not logged, and detections of reads " +
      "cannot fire on them. PartiQL statements, SELECT included, are logged: CloudTrail records them with readOnly false.",
  ];
}

function managementSelector(kmsEvents: boolean): EventSelector<never> {
  const fieldSelectors: FieldSelector<never>[] = [{ field: "eventCategory", equals: ["Management"] }];
  if (!kmsEvents) fieldSelectors.push({ field: "eventSource", notEquals: ["kms.amazonaws.com"] });
  return { name: managementSelectorName, fieldSelectors };
}

/**
 * Item-level calls. A selector of this type records stream calls too (CloudTrail User Guide, "Logging data events"),
 * so those are left to the stream selector, or out.
 */
function tableSelector<Arn>({ tableArns, writeOnly }: Selection<Arn>, under: Under<Arn>): EventSelector<Arn> {
  const fieldSelectors: FieldSelector<Arn>[] = [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: ["AWS::DynamoDB::Table"] },
    { field: "eventName", notEquals: streamCalls },
  ];
  if (writeOnly) fieldSelectors.push({ field: "readOnly", equals: ["false"] });
  if (tableArns) {
    // `orders` itself and what is under it (an index), but not `orders-old`. The two operators are OR-ed.
    const startsWiths = tableArns.map((arn) => under(arn, "/"));
    fieldSelectors.push({ field: "resources.ARN", equals: tableArns, startsWiths });
  }
  return { name: "table-data", fieldSelectors };
}

/** Reads of streams. Named by call as well, since a call on a table with a stream lists both as resources. */
function streamSelector<Arn>(under: Under<Arn>, tableArns?: Arn[]): EventSelector<Arn> {
  const fieldSelectors: FieldSelector<Arn>[] = [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: ["AWS::DynamoDB::Stream"] },
    { field: "eventName", equals: streamCalls },
  ];
  if (tableArns) {
    fieldSelectors.push({ field: "resources.ARN", startsWiths: tableArns.map((arn) => under(arn, "/stream/")) });
  }
  return { name: "stream-data", fieldSelectors };
}
