import { catalog, DetectionProfile, isInProfile } from "../detections";
import { profileOf } from "./alerts";
import type { ProfileRow, Stack } from "./assessment";

/** What each profile would bring, and which one is deployed. Single detections that are switched on or off are not counted. */
export function profileRows(stack: Stack): ProfileRow[] {
  const deployed = profileOf(stack);
  if (deployed === undefined) return [];
  return Object.values(DetectionProfile).map((profile) => ({
    profile,
    alarms: catalog.filter((detection) => isInProfile(detection, profile)).length,
    deployed: profile === deployed,
  }));
}
