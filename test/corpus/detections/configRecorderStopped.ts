import { managementCall } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

/** documented: AWS Config developer guide. */
const config = (name: string, change = {}) =>
  managementCall("config", name, { configurationRecorderName: "default" }, change);
const stopped = (change = {}) => config("StopConfigurationRecorder", change);

export const configRecorderStopped: Corpus = {
  detection: "config-recorder-stopped",
  fires: {
    stopped: stopped(),
    deleted: config("DeleteConfigurationRecorder"),
    "a recorder of a service deleted": config("DeleteServiceLinkedConfigurationRecorder"),
    "its channel deleted": config("DeleteDeliveryChannel"),
    changed: config("PutConfigurationRecorder"),
  },
  quiet: {
    ...notReally(stopped, "appconfig.amazonaws.com"),
    started: config("StartConfigurationRecorder"),
    "looked at": config("DescribeConfigurationRecorderStatus"),
    "a channel made": config("PutDeliveryChannel"),
    "no such recorder": stopped({ errorCode: "NoSuchConfigurationRecorderException" }),
  },
  evasions: {
    caught: byAnybody(stopped),
    missed: {
      "a rule deleted": {
        what: managementCall("config", "DeleteConfigRule", { configRuleName: "r" }),
        limit: "Rules that are deleted",
      },
    },
  },
};
