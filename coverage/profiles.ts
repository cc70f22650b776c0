import { catalog, DetectionProfile, isInProfile } from "../detections";
import { profileOf } from "./alerts";
import type { ProfileRow, Stack } from "./assessment";

/**
 * What each profile would bring, and which one is deployed. Single detections that are switched on or off are not counted, nor
 * those that wait for a list.
 */
export function profileRows(stack: Stack): ProfileRow[] {
  const deployed = profileOf(stack);
  if (deployed === undefined) return [];
  return Object.values(DetectionProfile).map((profile) => ({
    profile,
    alarms: catalog.filter((detection) => isInProfile(detection, profile) && !detection.requires).length,
    deployed: profile === deployed,
  }));
}
