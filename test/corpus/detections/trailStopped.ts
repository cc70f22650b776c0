import { managementCall } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

/** observed: by name or by ARN. */
const trail = (name: string, change = {}, called = "audit") =>
  managementCall("cloudtrail", name, { name: called }, change);
const stopped = (change = {}) => trail("StopLogging", change);

export const trailStopped: Corpus = {
  detection: "trail-stopped",
  fires: { stopped: stopped(), deleted: trail("DeleteTrail"), changed: trail("UpdateTrail") },
  quiet: {
    ...notReally(stopped, "iotanalytics.amazonaws.com"),
    started: trail("StartLogging"),
    created: trail("CreateTrail"),
    "looked at": trail("GetTrailStatus"),
    "no such trail": stopped({ errorCode: "TrailNotFoundException" }),
  },
  evasions: {
    caught: {
      ...byAnybody(stopped),
      "by ARN": trail("StopLogging", {}, "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit"),
    },
    missed: {
      "logging less": {
        what: managementCall("cloudtrail", "PutEventSelectors", { trailName: "audit" }),
        limit: "A trail that logs less",
      },
      "the bucket's policy": {
        what: managementCall("s3", "PutBucketPolicy", { bucketName: "evidence" }),
        limit: "The trail's bucket and its key",
      },
    },
  },
};
