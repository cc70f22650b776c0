import type { Detection } from "../../detection";
import { detectorStateTampered } from "./detectorStateTampered";

/** The detectors themselves, and what they live on. */
export const tampering: readonly Detection[] = [detectorStateTampered];
