import type { Detection } from "../../detection";
import { alarmsSilenced } from "./alarmsSilenced";
import { alertChannelCut } from "./alertChannelCut";
import { configRecorderStopped } from "./configRecorderStopped";
import { configRulesDeleted } from "./configRulesDeleted";
import { detectorFunctionTampered } from "./detectorFunctionTampered";
import { detectorStateTampered } from "./detectorStateTampered";
import { detectorsChanged } from "./detectorsChanged";
import { eventSelectorsChanged } from "./eventSelectorsChanged";
import { logsCut } from "./logsCut";
import { streamDisabled } from "./streamDisabled";
import { streamTriggerStopped } from "./streamTriggerStopped";
import { trailStopped } from "./trailStopped";

/** The detectors themselves, and what they live on. */
export const tampering: readonly Detection[] = [
  alarmsSilenced,
  alertChannelCut,
  configRecorderStopped,
  configRulesDeleted,
  detectorFunctionTampered,
  detectorStateTampered,
  detectorsChanged,
  eventSelectorsChanged,
  logsCut,
  streamDisabled,
  streamTriggerStopped,
  trailStopped,
];
