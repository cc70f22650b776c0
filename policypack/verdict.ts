import type { Change } from "./change";
import type { Unreadable } from "./declared";
import type { Reading } from "./table/reading";
import type { Setting } from "./table/view";

/** What a policy says of one copy of a table. Silence is never a verdict: what is not compliant is reported. */
export type Verdict = { kind: "compliant" } | { kind: "violation" | "undecided" | "exempt"; message: string };

export const compliant: Verdict = { kind: "compliant" };

/** What cannot be read is never passed in silence. */
export function unreadableVerdict({ title, why, malformed }: Unreadable): Verdict {
  const message = `${title} cannot be judged: ${why}.`;
  return malformed ? violation(message) : undecided(message);
}

/** `message`: one sentence that says what is wrong and which property to write instead. */
export function violation(message: string): Verdict {
  return { kind: "violation", message };
}

/** `message`: one sentence that says which value is open. */
export function undecided(message: string): Verdict {
  return { kind: "undecided", message };
}

/** Judges a setting by its value, or by AWS's default where nothing is written. */
export function judge<T>(
  setting: Setting<T>,
  expected: {
    accepts: (value: T) => boolean;
    /** The copy's label. */
    label: string;
    /** Completes "<label> …": what is wrong. */
    otherwise: string;
    /** What to write instead. */
    write: string;
  },
): Verdict {
  const { label, accepts, otherwise, write } = expected;
  const reading: Reading<T> =
    setting.written.state === "absent" ? { state: "known", value: setting.otherwise } : setting.written;
  switch (reading.state) {
    case "known":
      return accepts(reading.value) ? compliant : violation(`${label} ${otherwise}: set ${write}.`);
    case "malformed":
      return violation(`${label}: ${reading.problem}, set ${write}.`);
    default:
      return undecided(`${label}: ${setting.property} is not known before deployment, it must become ${write}.`);
  }
}

/** What to set where a setting is not as wanted; nothing where that is not known. */
export function mended<T>(setting: Setting<T>, wanted: T): Change[] {
  const { written, property, otherwise } = setting;
  const value = written.state === "known" ? written.value : written.state === "absent" ? otherwise : wanted;
  return value === wanted ? [] : [{ property, value: wanted }];
}

/** What is written does not reach an existing resource where changes are ignored, and what that one has is not seen. */
export function unchanged(label: string, ignored: readonly string[], what = "an existing table"): Verdict[] {
  if (ignored.length === 0) return [];
  const listed = `${ignored.join(", ")} ${ignored.length === 1 ? "is" : "are"} listed in ignoreChanges`;
  return [undecided(`${label}: ${listed}: ${what} keeps what it has, whatever is written.`)];
}
