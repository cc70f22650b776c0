import type { AlarmRule, CatalogEntry, GroupKey } from "./detection";
import type { Observed, SequenceStep, StatefulRule } from "./statefulRule";

/** When a detection alerts, for people: what its alarm counts, or what its rule remembers. */
export const describeDetection = ({ stateful, alarm }: CatalogEntry & { stateful?: StatefulRule }): string =>
  stateful ? describeRule(stateful) : describeAlarm(alarm);

/** What an alarm counts, for people: "more than 5 in 10 minutes per principal and table". */
export function describeAlarm({ moreThan, withinSeconds, per = [] }: AlarmRule): string {
  const count = moreThan === 0 ? "at least 1" : `more than ${moreThan}`;
  return `${count} in ${duration(withinSeconds)}${perGroup(per)}`;
}

/** A rule in which steps may be conditions or what was made of them. */
type AnyRule =
  | Exclude<StatefulRule, { kind: "sequence" }>
  | {
      kind: "sequence";
      steps: readonly Pick<SequenceStep, "title">[];
      per: readonly GroupKey[];
      withinSeconds: number;
    };

/** A stateful rule in words: "a country not seen in 72 hours per principal; learns for 72 hours first". */
export function describeRule(rule: AnyRule): string {
  switch (rule.kind) {
    case "first-seen":
      return `a ${nouns[rule.value][0]} not seen in ${duration(rule.rememberSeconds)}${perGroup(rule.per)}; learns for ${duration(rule.learnSeconds)} first`;
    case "distinct":
      return `more than ${rule.moreThan} different ${nouns[rule.value][1]} in ${duration(rule.withinSeconds)}${perGroup(rule.per)}`;
    case "rate":
      return (
        `${rule.atLeast} or more in ${duration(rule.windowSeconds)}${perGroup(rule.per)}, ` +
        `and more than ${rule.factor} times the usual of ${rule.baselineWindows} earlier windows`
      );
    case "sequence":
      return `${rule.steps.map(({ title }) => title).join(", then ")}: within ${duration(rule.withinSeconds)}${sameGroup(rule.per)}`;
  }
}

const nouns: Record<Observed, [singular: string, plural: string]> = {
  country: ["country", "countries"],
  principal: ["principal", "principals"],
  table: ["table", "tables"],
  region: ["Region", "Regions"],
  eventName: ["call", "calls"],
};

const perGroup = (per: readonly GroupKey[]): string => (per.length === 0 ? "" : ` per ${per.join(" and ")}`);
const sameGroup = (per: readonly GroupKey[]): string =>
  per.length === 0 ? "" : `, the same ${per.join(" and the same ")}`;

/** "90 seconds" stays so; "3600" is "1 hour". Days only from three on, since "24 hours" says more than "1 day". */
export function duration(seconds: number): string {
  const [amount, unit] =
    seconds % 86_400 === 0 && seconds > 3 * 86_400
      ? [seconds / 86_400, "day"]
      : seconds % 3600 === 0
        ? [seconds / 3600, "hour"]
        : seconds % 60 === 0
          ? [seconds / 60, "minute"]
          : [seconds, "second"];
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
