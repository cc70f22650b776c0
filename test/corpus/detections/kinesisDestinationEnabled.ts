import { denied, event, tableArn, tooLarge } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

/** inferred: API model. */
const destination = (name: string, change = {}) =>
  event(name, { tableName: "orders", streamArn: "arn:aws:kinesis:us-east-1:444455556666:stream/elsewhere" }, change);
const enabled = (change = {}) => destination("EnableKinesisStreamingDestination", change);

export const kinesisDestinationEnabled: Corpus = {
  detection: "kinesis-destination-enabled",
  fires: {
    enabled: enabled(),
    changed: destination("UpdateKinesisStreamingDestination"),
    "by the table's ARN": enabled({ requestParameters: { tableName: tableArn("orders") } }),
  },
  quiet: {
    ...notReally(enabled, "kinesis.amazonaws.com"),
    disabled: destination("DisableKinesisStreamingDestination"),
    described: destination("DescribeKinesisStreamingDestination"),
    "a limit reached": enabled({ errorCode: "LimitExceededException" }),
  },
  evasions: {
    caught: { ...byAnybody(enabled), "with parameters too large to be logged": enabled(tooLarge) },
    missed: {
      "switched off, to hide": {
        what: destination("DisableKinesisStreamingDestination"),
        limit: "A destination that is disabled",
      },
      "a new reader of the data stream": {
        what: event("RegisterStreamConsumer", null, { eventSource: "kinesis.amazonaws.com" }),
        limit: "New readers of a data stream",
      },
      refused: { what: enabled(denied), limit: "does not count" },
    },
  },
};
