import { catalog, type Detection, type DetectionProfile, type EventSource, isInProfile } from "../../detections";
import { ArgumentError } from "../argumentError";
import { checkProfile, checkSources, type DetectionSettings } from "./settings";

export function requireSources(wanted: readonly Detection[], sources: readonly EventSource[]): void {
  const [first, ...others] = wanted.filter(({ source }) => !sources.includes(source));
  if (!first) return;
  throw new ArgumentError(
    `detections.${first.id}`,
    `needs ${first.source} events, which the trail does not carry (it carries ${sources.join(", ") || "nothing"}). ` +
      "Let the trail log them (of an adopted trail, say that it does where it is described), or set " +
      `detections.${first.id}.enabled to false.${theSameOf(others)}`,
  );
}

/**
 * Whoever takes AWS KMS out of a trail decides on its detections with it: they are left out, unless something is said of one.
 * Data events that are missing are a mistake more often, since most of the published alerts read them.
 */
export const isLeftOut = (
  { id, source }: Detection,
  settings: DetectionSettings,
  sources: readonly EventSource[],
): boolean => source === "kms" && !sources.includes("kms") && settings[id] === undefined;

/** What the person who deploys should know of detections that are not deployed. */
export function notesOnLeftOut(request: {
  profile?: DetectionProfile;
  sources?: readonly string[];
  detections?: DetectionSettings;
}): string[] {
  const profile = checkProfile(request.profile);
  const sources = checkSources(request.sources);
  const settings = request.detections ?? {};
  const ids = catalog
    .filter((detection) => isInProfile(detection, profile) && isLeftOut(detection, settings, sources))
    .map(({ id }) => id);
  return ids.length === 0 ? [] : [`The trail carries no events of AWS KMS, so these are left out: ${ids.join(", ")}.`];
}

export function refuseReads(wanted: readonly Detection[]): void {
  const [first, ...others] = wanted.filter(({ reads }) => reads);
  if (!first) return;
  throw new ArgumentError(
    `detections.${first.id}`,
    "needs table-data events that read, and the trail logs only those that write (writeOnly). Log reads too, or set " +
      `detections.${first.id}.enabled to false.${theSameOf(others)}`,
  );
}

/** So that one error is enough for all of them. */
const theSameOf = (others: readonly Detection[]): string =>
  others.length === 0 ? "" : ` The same holds for ${others.map(({ id }) => id).join(", ")}.`;
