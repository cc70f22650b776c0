import { addConsumer, event, eventSourceMapping, managementCall, streamArn, streamRead } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

/** inferred: API model, in either case of its letters. */
const pipe = (parameter: string, source: string) =>
  managementCall("pipes", "CreatePipe", { name: "copy", [parameter]: source });
const queue = "arn:aws:sqs:us-east-1:111122223333:orders";

export const streamConsumerAdded: Corpus = {
  detection: "stream-consumer-added",
  fires: {
    "a function": addConsumer(),
    "a pipe": pipe("source", streamArn("orders")),
    "another function for a mapping": eventSourceMapping("UpdateEventSourceMapping20150331", {
      uUID: "a1b2c3d4-5678-90ab-cdef-11111EXAMPLE",
      functionName: "copy",
    }),
  },
  quiet: {
    ...notReally(addConsumer, "iot.amazonaws.com"),
    "a queue": addConsumer({}, queue),
    "a Kinesis data stream": addConsumer({}, "arn:aws:kinesis:us-east-1:111122223333:stream/orders"),
    "a stream of Amazon Keyspaces": addConsumer(
      {},
      "arn:aws:cassandra:us-east-1:111122223333:/keyspace/k/table/orders/stream/2026-01-05T00:00:00.000",
    ),
    "a pipe from a queue": pipe("source", queue),
    "a mapping switched off": eventSourceMapping("UpdateEventSourceMapping20150331", { enabled: false }),
    "a mapping looked at": eventSourceMapping("GetEventSourceMapping20150331", {}),
    "a function created": managementCall("lambda", "CreateFunction20150331", { functionName: "copy" }),
  },
  evasions: {
    caught: {
      ...byAnybody(addConsumer),
      "of another partition": addConsumer(
        {},
        "arn:aws-cn:dynamodb:cn-north-1:111122223333:table/orders/stream/2026-01-05T00:00:00.000",
      ),
      "another version of the API": eventSourceMapping("CreateEventSourceMapping", {
        eventSourceArn: streamArn("orders"),
      }),
      "a pipe, its parameters in capitals": pipe("Source", streamArn("orders")),
    },
    missed: {
      "new code for the function": {
        what: managementCall("lambda", "UpdateFunctionCode20150331v2", { functionName: "trigger" }),
        limit: "New code in a function",
      },
      "read directly": { what: streamRead("GetRecords"), limit: "Who reads the stream directly" },
      "to Kinesis": {
        what: event("EnableKinesisStreamingDestination", { tableName: "orders", streamArn: "s" }),
        limit: "Kinesis Data Streams for DynamoDB",
      },
    },
  },
};
