import { addConsumer, createTable, event, switchStream, tableArn, tooLarge, updateTable } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const on = (change = {}) => switchStream(true, change);

export const streamEnabled: Corpus = {
  detection: "stream-enabled",
  fires: {
    "with old and new images": on(),
    "with new images": switchStream(true, {}, "orders", "NEW_IMAGE"),
    "with old images": switchStream(true, {}, "orders", "OLD_IMAGE"),
    "among other settings": updateTable({
      billingMode: "PAY_PER_REQUEST",
      streamSpecification: { streamEnabled: true, streamViewType: "NEW_IMAGE" },
    }),
  },
  quiet: {
    ...notReally(on, "cassandra.amazonaws.com"),
    "keys only": switchStream(true, {}, "orders", "KEYS_ONLY"),
    "switched off": switchStream(false),
    "another setting": updateTable({ tableName: "orders", billingMode: "PAY_PER_REQUEST" }),
    "streams listed": event("ListStreams", null),
    "a consumer": addConsumer(),
  },
  evasions: {
    caught: {
      ...byAnybody(on),
      "by the table's ARN": updateTable({
        tableName: tableArn("orders"),
        streamSpecification: { streamEnabled: true, streamViewType: "NEW_IMAGE" },
      }),
      "without a view type": updateTable({ streamSpecification: { streamEnabled: true } }),
      "with parameters too large to be logged": updateTable({}, tooLarge),
    },
    missed: {
      "a stream of keys": { what: switchStream(true, {}, "orders", "KEYS_ONLY"), limit: "A stream of keys only" },
      "a table created with a stream": {
        what: createTable("CreateTable", { requestParameters: { streamSpecification: { streamEnabled: true } } }),
        limit: "created with a stream",
      },
    },
  },
};
