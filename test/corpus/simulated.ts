import { detectionById } from "../../detections";
import type { Simulation } from "../../simulation";
import { by, type Change, type Event, from, identities } from "../support/events";
import { alertsOf, type Corpus, eventsOf, type Happening } from ".";

/** Countries of the addresses in the corpus. What the real database says of them is not asked here. */
export function countryOf(address: string): string | undefined {
  const networks: Record<string, string> = { "81.": "DE", "90.": "FR", "3.": "US", "2a01:": "FR", "2003:": "DE" };
  return Object.entries(networks).find(([start]) => address.startsWith(start))?.[1];
}

/** How many alerts of the detection arrive for these events, by a way on which nothing had to be assumed. */
export function arriving(simulation: Simulation, detection: string, what: Happening): number {
  const inOrder = [...eventsOf(what)].sort((a, b) => Date.parse(a.eventTime) - Date.parse(b.eventTime));
  const { alerts } = simulation.run(inOrder);
  return alerts.filter((alert) => alert.detection === detection && alert.path.every(({ status }) => status === "ok"))
    .length;
}

export interface Case {
  detection: string;
  kind: "fires" | "quiet" | "caught" | "missed";
  name: string;
  what: Happening;
}

/**
 * What fires must not when another service logs it, when the call has another name, or when a service-linked role of AWS
 * makes it; items apart, on which those roles do not call.
 */
function unlike({ detection, anyCall = false, fires }: Corpus): Record<string, Happening> {
  const roleOfAws = identities.autoScaling();
  const changes: [string, Change, boolean][] = [
    ["logged by another service", from("somethingelse.amazonaws.com"), true],
    ["by another call", { eventName: "DescribeLimits" }, !anyCall],
    ["by a service-linked role", by(roleOfAws), detectionById(detection)?.source !== "table-data"],
  ];
  return Object.fromEntries(
    Object.entries(fires).flatMap(([name, what]) =>
      changes
        .filter(([, , applies]) => applies)
        .map(([how, change]) => [`${name}, ${how}`, eventsOf(what).map((event): Event => ({ ...event, ...change }))]),
    ),
  );
}

/** Every case of a corpus: `fires` and `caught` must alert, `quiet` and `missed` must not. */
export function casesOf(corpus: Corpus): Case[] {
  const { detection, fires, quiet, evasions } = corpus;
  const rows = (kind: Case["kind"], cases: Record<string, Happening>): Case[] =>
    Object.entries(cases).map(([name, what]) => ({ detection, kind, name, what }));
  const missed = Object.entries(evasions.missed).map(([name, { what }]) => [name, what] as const);
  return [
    ...rows("fires", fires),
    ...rows("quiet", { ...unlike(corpus), ...quiet }),
    ...rows("caught", evasions.caught),
    ...rows("missed", Object.fromEntries(missed)),
  ];
}

/** What is wrong about a case; `undefined` where it is as labelled. */
export function mistake(simulation: Simulation, { detection, kind, name, what }: Case): string | undefined {
  const alerts = arriving(simulation, detection, what);
  const asked = kind === "quiet" || kind === "missed" ? 0 : alertsOf(what);
  if (asked === undefined ? alerts > 0 : alerts === asked) return undefined;
  return `${detection}, ${kind}: ${name}: ${alerts} alerts instead of ${asked ?? "at least one"}`;
}

/** Missed evasions that the limits of their detection do not state. */
export const unstated = ({ detection, evasions }: Corpus): string[] =>
  Object.entries(evasions.missed)
    .filter(([, { limit }]) => !detectionById(detection)?.limits?.some((text) => text.includes(limit)))
    .map(([name, { limit }]) => `${detection}: ${name}: no limit says "${limit}"`);
