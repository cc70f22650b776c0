import type { Event } from "../support/events";

/** What happens: one event, or several in order of time; `alerts` where their number matters. */
export type Happening = Event | readonly Event[] | { events: readonly Event[]; alerts: number };

/** Named cases of one detection, run through the registered resources. */
export interface Corpus {
  detection: string;
  /** Any call counts, whatever its name. Default: false. */
  anyCall?: boolean;
  /** Must alert. */
  fires: Record<string, Happening>;
  /** Must not. */
  quiet: Record<string, Happening>;
  /** Other ways to do the same, tried to get past the filter. */
  evasions: {
    caught: Record<string, Happening>;
    /** Not caught; `limit` is a part of the sentence among the detection's limits that says so. */
    missed: Record<string, { what: Happening; limit: string }>;
  };
}

export const eventsOf = (what: Happening): readonly Event[] =>
  "events" in what ? (what.events as readonly Event[]) : Array.isArray(what) ? what : [what as Event];

/** How many alerts a case asks for; `undefined`: any number but none. */
export const alertsOf = (what: Happening): number | undefined =>
  "alerts" in what ? (what["alerts"] as number) : undefined;
