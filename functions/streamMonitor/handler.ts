import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { ItemChangeKind } from "../../detections/itemRule";
import { tablesFile, type WatchedTable } from "../../detections/watchedTable";
import { FindingsBus } from "../findingsBus";
import { readEnvironment } from "./environment";
import { Findings } from "./findings";
import { MalformedRecord, toItemChange } from "./itemChange";
import { StreamMonitor } from "./monitor";

const environment = readEnvironment(process.env);
const logger = new Logger({ serviceName: environment.serviceName });
const metrics = new Metrics({ namespace: environment.metricNamespace });
metrics.clearDefaultDimensions(); // the namespace says whose metrics they are; the table is the only dimension

const tables = JSON.parse(readFileSync(join(environment.folder, tablesFile), "utf8")) as WatchedTable[];
const findings = new Findings(tables, environment.keyDisplay, environment.trailLogGroup);
const monitor = new StreamMonitor(environment.keyDisplay, findings);
const processor = new BatchProcessor(EventType.DynamoDBStreams);
// Our own attempts are the retries, and a connection that hangs must not cost the whole invocation.
const client = () =>
  new EventBridgeClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 2000, requestTimeout: 4000 } });
const bus = environment.findingsBus === "" ? undefined : new FindingsBus(client(), environment.findingsBus);

const metricNames: Record<ItemChangeKind, string> = {
  INSERT: "ItemsInserted",
  MODIFY: "ItemsModified",
  REMOVE: "ItemsRemoved",
  EXPIRE: "ItemsExpired",
};

/**
 * Logs one redacted line per item change; counts the changes by kind and by detection, with dimension `TableName`; and
 * puts findings onto the bus. Records whose finding was not taken are reported as failed, and found again when they come
 * again.
 */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  let response: DynamoDBBatchResponse;
  try {
    response = await processPartialResponse(event, observe, processor, {
      context,
      // A failed record is reported and ends in the failure destination; the function's Errors stay for its own faults.
      throwOnFullBatchFailure: false,
    });
  } finally {
    publishCounts(); // first: the alarms tell people even where the bus is out of order
    warnOfBlindness();
  }
  const undelivered = await deliver();
  if (event.Records.some((record) => !record.dynamodb?.SequenceNumber)) {
    throw new Error("A record has no sequence number to report it by, so the whole batch is given back.");
  }
  const known = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const more = [...new Set(undelivered)].filter((number) => !known.has(number));
  return { batchItemFailures: [...response.batchItemFailures, ...more.map((itemIdentifier) => ({ itemIdentifier }))] };
}

async function observe(record: DynamoDBRecord): Promise<void> {
  try {
    const line = monitor.observe(toItemChange(record));
    if (line) logger.info("item change", { ...line });
  } catch (error) {
    logger.error("record not processed", {
      sequenceNumber: record?.dynamodb?.SequenceNumber,
      // Only our own messages are known to hold no value of an item.
      reason: error instanceof MalformedRecord ? error.message : "unexpected error",
    });
    throw error;
  }
}

/** Returns the sequence numbers of the records to come back for. */
async function deliver(): Promise<string[]> {
  const open = findings.take();
  const refused = bus ? await bus.offer(open.map(({ finding }) => finding)) : new Map<string, string>();
  return open.flatMap(({ finding, sequenceNumbers, delivered }) => {
    const reason = refused.get(finding.id);
    if (reason === undefined) {
      delivered();
      logger.info("finding", { finding });
      return [];
    }
    logger.error("finding not delivered", { finding: finding.id, reason });
    return sequenceNumbers;
  });
}

function publishCounts(): void {
  for (const [table, { kinds, detections }] of monitor.takeCounts()) {
    metrics.addDimension("TableName", table);
    for (const [kind, count] of Object.entries(kinds)) {
      if (count > 0) metrics.addMetric(metricNames[kind as ItemChangeKind], MetricUnit.Count, count);
    }
    for (const [id, count] of detections) metrics.addMetric(id, MetricUnit.Count, count);
    metrics.publishStoredMetrics();
  }
}

const warned = new Set<string>();

/** Once per table and environment of the function. */
function warnOfBlindness(): void {
  for (const table of findings.takeBlindTables()) {
    if (warned.has(table)) continue;
    warned.add(table);
    logger.warn("the stream carries too little for a detection: set streamViewType to NEW_AND_OLD_IMAGES", { table });
  }
}
