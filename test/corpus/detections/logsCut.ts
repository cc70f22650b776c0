import { managementCall } from "../../support/events";
import { ownState } from "../../support/ownState";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const ours = `${ownState.namesBegin}trail-logs-0a1b2c3d`;
const filter = `${ownState.namesBegin}detections-abc123-backup-deleted-filter`;
/** inferred: API model. */
const call = (name: string, parameters: Record<string, unknown>, change = {}) =>
  managementCall("logs", name, parameters, change);
const deleted = (change = {}) => call("DeleteLogGroup", { logGroupName: ours }, change);

export const logsCut: Corpus = {
  detection: "logs-cut",
  fires: {
    "the log group": deleted(),
    "one of its streams": call("DeleteLogStream", { logGroupName: ours, logStreamName: "s" }),
    "a metric filter": call("DeleteMetricFilter", { logGroupName: ours, filterName: filter }),
    "the subscription": call("DeleteSubscriptionFilter", { logGroupName: ours, filterName: filter }),
    "a day of retention": call("PutRetentionPolicy", { logGroupName: ours, retentionInDays: 1 }),
  },
  quiet: {
    ...notReally(deleted, "iotanalytics.amazonaws.com"),
    "a log group of others": call("DeleteLogGroup", { logGroupName: "/aws/lambda/app" }),
    "a year of retention": call("PutRetentionPolicy", { logGroupName: ours, retentionInDays: 365 }),
    "a day of retention of others": call("PutRetentionPolicy", { logGroupName: "app", retentionInDays: 1 }),
    "a filter made": call("PutMetricFilter", { logGroupName: ours, filterName: filter }),
    "a stream made": call("CreateLogStream", { logGroupName: ours, logStreamName: "s" }),
    "filters read": call("DescribeMetricFilters", { logGroupName: ours }),
  },
  evasions: {
    caught: {
      ...byAnybody(deleted),
      "our filter on a log group of others": call("DeleteMetricFilter", {
        logGroupName: "organization",
        filterName: filter,
      }),
    },
    missed: {
      "a pattern that matches nothing": {
        what: call("PutMetricFilter", { logGroupName: ours, filterName: filter, filterPattern: "nothing" }),
        limit: "overwritten with a pattern",
      },
      "an adopted log group": {
        what: call("DeleteLogGroup", { logGroupName: "organization" }),
        limit: "Resources that were there before",
      },
      "a month of retention": {
        what: call("PutRetentionPolicy", { logGroupName: ours, retentionInDays: 30 }),
        limit: "A retention of 30 days",
      },
    },
  },
};
