import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { readEnvironment } from "./environment";
import { type ChangeKind, MalformedRecord, toItemChange } from "./itemChange";
import { StreamMonitor } from "./monitor";

const { keyDisplay, metricNamespace: namespace, serviceName } = readEnvironment(process.env);
const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace });
metrics.clearDefaultDimensions(); // the namespace says whose metrics they are; the table is the only dimension
const monitor = new StreamMonitor(keyDisplay);
const processor = new BatchProcessor(EventType.DynamoDBStreams);

const metricNames: Record<ChangeKind, string> = {
  INSERT: "ItemsInserted",
  MODIFY: "ItemsModified",
  REMOVE: "ItemsRemoved",
  EXPIRE: "ItemsExpired",
};

/** Logs one redacted line per item change and counts the changes by kind, with dimension `TableName`. */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  try {
    const response = await processPartialResponse(event, observe, processor, {
      context,
      // A failed record is reported and ends in the failure destination; the function's Errors stay for its own faults.
      throwOnFullBatchFailure: false,
    });
    if (event.Records.some((record) => !record.dynamodb?.SequenceNumber)) {
      throw new Error("A record has no sequence number to report it by, so the whole batch is given back.");
    }
    return response;
  } finally {
    publishCounts();
  }
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

function publishCounts(): void {
  for (const [table, counts] of monitor.takeCounts()) {
    metrics.addDimension("TableName", table);
    for (const [kind, count] of Object.entries(counts)) {
      if (count > 0) metrics.addMetric(metricNames[kind as ChangeKind], MetricUnit.Count, count);
    }
    metrics.publishStoredMetrics();
  }
}
