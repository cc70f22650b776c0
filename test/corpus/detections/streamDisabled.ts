import {
  deleteTable,
  event,
  eventSourceMapping,
  switchStream,
  tableArn,
  tooLarge,
  updateTable,
} from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const off = (change = {}) => switchStream(false, change);

export const streamDisabled: Corpus = {
  detection: "stream-disabled",
  fires: {
    "switched off": off(),
    "of another table": switchStream(false, {}, "users"),
    "among other settings": updateTable({
      billingMode: "PAY_PER_REQUEST",
      streamSpecification: { streamEnabled: false },
    }),
  },
  quiet: {
    ...notReally(off, "cassandra.amazonaws.com"),
    "switched on": switchStream(true),
    "another setting": updateTable({ tableName: "orders", billingMode: "PAY_PER_REQUEST" }),
    described: event("DescribeStream", { streamArn: "s" }),
    "already off": off({ errorCode: "ResourceNotFoundException" }),
    "the text false": updateTable({ streamSpecification: { streamEnabled: "false" } }),
  },
  evasions: {
    caught: {
      ...byAnybody(off),
      "by the table's ARN": switchStream(false, {}, tableArn("orders")),
      "with parameters too large to be logged": updateTable({}, tooLarge),
    },
    missed: {
      "the trigger disabled": {
        what: eventSourceMapping("UpdateEventSourceMapping20150331", { enabled: false }),
        limit: "A trigger that is disabled",
      },
      "with the table": { what: deleteTable(), limit: "A deleted table takes its stream along" },
    },
  },
};
