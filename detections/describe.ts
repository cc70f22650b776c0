import type { AlarmRule } from "./detection";

/** What an alarm counts, for people: "more than 5 in 10 minutes per principal and table". */
export function describeAlarm({ moreThan, withinSeconds, per = [] }: AlarmRule): string {
  const count = moreThan === 0 ? "at least 1" : `more than ${moreThan}`;
  const groups = per.length === 0 ? "" : ` per ${per.join(" and ")}`;
  return `${count} in ${duration(withinSeconds)}${groups}`;
}

function duration(seconds: number): string {
  const [amount, unit] =
    seconds % 3600 === 0
      ? [seconds / 3600, "hour"]
      : seconds % 60 === 0
        ? [seconds / 60, "minute"]
        : [seconds, "second"];
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
