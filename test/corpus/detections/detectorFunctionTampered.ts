import { managementCall } from "../../support/events";
import { ownState } from "../../support/ownState";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const ours = `${ownState.namesBegin}detector-abc123`;
/** documented by name; parameters: API model. */
const call = (name: string, parameters: Record<string, unknown>, change = {}) =>
  managementCall("lambda", name, { functionName: ours, ...parameters }, change);
const deleted = (change = {}) => call("DeleteFunction20150331", {}, change);

export const detectorFunctionTampered: Corpus = {
  detection: "detector-function-tampered",
  fires: {
    deleted: deleted(),
    "no concurrency left": call("PutFunctionConcurrency20171031", { reservedConcurrentExecutions: 0 }),
    "nobody may invoke it": call("RemovePermission20150331v2", { statementId: "s" }),
  },
  quiet: {
    ...notReally(deleted, "robomaker.amazonaws.com"),
    "a function of others": call("DeleteFunction20150331", { functionName: "app" }),
    "some concurrency": call("PutFunctionConcurrency20171031", { reservedConcurrentExecutions: 5 }),
    "its concurrency freed": call("DeleteFunctionConcurrency20171031", {}),
    invoked: call("Invoke", {}),
    read: call("GetFunction20150331v2", {}),
  },
  evasions: {
    caught: {
      ...byAnybody(deleted),
      "by ARN": call("DeleteFunction20150331", {
        functionName: `arn:aws:lambda:us-east-1:111122223333:function:${ours}`,
      }),
      "by a part of the ARN": call("DeleteFunction20150331", { functionName: `111122223333:function:${ours}` }),
      "a version of it": call("DeleteFunction20150331", { qualifier: "1" }),
    },
    missed: {
      "new code": { what: call("UpdateFunctionCode20150331v2", {}), limit: "New code or another role" },
      "a function of the user's own": {
        what: call("DeleteFunction20150331", { functionName: "changes" }),
        limit: "A function of your own",
      },
    },
  },
};
