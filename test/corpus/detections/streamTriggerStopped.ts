import { addConsumer, eventSourceMapping, managementCall, streamArn } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const uUID = "a1b2c3d4-5678-90ab-cdef-11111EXAMPLE";
const queue = "arn:aws:sqs:us-east-1:111122223333:orders";
const deleted = (change = {}, source = streamArn("orders")) =>
  eventSourceMapping("DeleteEventSourceMapping20150331", { uUID }, change, source);
const updated = (parameters: Record<string, unknown>, source = streamArn("orders")) =>
  eventSourceMapping("UpdateEventSourceMapping20150331", { uUID, ...parameters }, {}, source);

export const streamTriggerStopped: Corpus = {
  detection: "stream-trigger-stopped",
  fires: {
    deleted: deleted(),
    disabled: updated({ enabled: false }),
    "disabled with other settings": updated({ enabled: false, batchSize: 10 }),
  },
  quiet: {
    ...notReally(deleted, "iot.amazonaws.com"),
    "of a queue": deleted({}, queue),
    "of a queue, disabled": updated({ enabled: false }, queue),
    enabled: updated({ enabled: true }),
    "another setting": updated({ batchSize: 10 }),
    added: addConsumer(),
  },
  evasions: {
    caught: {
      ...byAnybody(deleted),
      "an event that does not say the source": deleted({ responseElements: undefined }),
      "another version of the API": eventSourceMapping("DeleteEventSourceMapping", { uUID }),
    },
    missed: {
      "a filter that nothing passes": {
        what: updated({ filterCriteria: { filters: [{ pattern: '{"nothing":["x"]}' }] } }),
        limit: "a filter which nothing passes",
      },
      "the function deleted": {
        what: managementCall("lambda", "DeleteFunction20150331", { functionName: "trigger" }),
        limit: "A function that is deleted",
      },
    },
  },
};
