import { type Detection, DetectionProfile, isInProfile } from "../../detections";
import { ArgumentError } from "../argumentError";

/** As much of a plan as is counted here. */
interface Counted {
  detection: Detection;
  filters: readonly { regexes: number }[];
}

/** What a log group has room for, beside what it has already. */
export function checkRoom(
  plans: readonly Counted[],
  what: string,
  limit: number,
  existing = 0,
  countOf: (filter: { regexes: number }) => number,
): void {
  const counts = byProfile(plans).map(({ detection, filters }) => ({
    detection,
    count: filters.reduce((sum, filter) => sum + countOf(filter), 0),
  }));
  const sum = (of: typeof counts): number => of.reduce((total, { count }) => total + count, 0);
  const free = Math.max(limit - existing, 0);
  if (sum(counts) <= free) return;

  const needing = counts.filter(({ count }) => count > 0);
  const listed = (of: typeof counts): string => of.map(({ detection, count }) => `${detection.id} ${count}`).join(", ");
  const by = needing.length <= 5 ? ` (${listed(needing)})` : "";
  const tooMuch = counts.filter(({ count }, i) => count > 0 && sum(counts.slice(0, i + 1)) > free);
  const narrower = [DetectionProfile.Essential, DetectionProfile.Published]
    .map((profile) => ({ profile, needed: sum(counts.filter(({ detection }) => isInProfile(detection, profile))) }))
    .find(({ needed }) => needed <= free && needed < sum(counts));
  throw new ArgumentError(
    "detections",
    `${sum(counts)} ${what} are needed${by}, but the log group has room for ${free} of AWS's ${limit}. What does not fit: ${listed(tooMuch)}. ` +
      `Switch detections off with \`enabled: false\`, ${
        narrower ? `choose the profile ${narrower.profile}, which needs ${narrower.needed}, ` : ""
      }or use another log group.`,
  );
}

/** Those of the narrower profiles first. */
const byProfile = (plans: readonly Counted[]): Counted[] => {
  const rank = ({ detection }: Counted): number =>
    Object.values(DetectionProfile).findIndex((profile) => isInProfile(detection, profile));
  return [...plans].sort((a, b) => rank(a) - rank(b));
};
