import { managementCall } from "../../support/events";
import { ownState } from "../../support/ownState";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const ours = `${ownState.namesBegin}detections-abc123-high-backup-deleted`;
/** inferred: API model. */
const call = (name: string, parameters: Record<string, unknown>, change = {}) =>
  managementCall("monitoring", name, parameters, change);
const deleted = (change = {}) => call("DeleteAlarms", { alarmNames: [ours] }, change);

export const alarmsSilenced: Corpus = {
  detection: "alarms-silenced",
  fires: {
    deleted: deleted(),
    "actions disabled": call("DisableAlarmActions", { alarmNames: [ours] }),
    "set by hand": call("SetAlarmState", { alarmName: ours, stateValue: "OK" }),
    muted: call("PutAlarmMuteRule", { name: "quiet", muteTargets: { alarmNames: [ours] } }),
  },
  quiet: {
    ...notReally(deleted, "iotevents.amazonaws.com"),
    "alarms of others": call("DeleteAlarms", { alarmNames: ["app-errors", "app-dynamodb-detective-test-x"] }),
    "an alarm of others set": call("SetAlarmState", { alarmName: "app-errors" }),
    "actions enabled": call("EnableAlarmActions", { alarmNames: [ours] }),
    "alarms read": call("DescribeAlarms", { alarmNames: [ours] }),
    "an alarm made": call("PutMetricAlarm", { alarmName: ours }),
  },
  evasions: {
    caught: {
      ...byAnybody(deleted),
      "among alarms of others": call("DeleteAlarms", { alarmNames: ["app-errors", "app-latency", ours] }),
      "muted among others": call("PutAlarmMuteRule", { muteTargets: { alarmNames: ["app-errors", ours] } }),
    },
    missed: {
      "a threshold that nothing reaches": {
        what: call("PutMetricAlarm", { alarmName: ours, threshold: 1e9 }),
        limit: "overwritten with a threshold",
      },
      "of an adopted resource": {
        what: call("DeleteAlarms", { alarmNames: ["organization-trail-silent"] }),
        limit: "Resources that were there before",
      },
    },
  },
};
