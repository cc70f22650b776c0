import { eventsOf, type Happening } from "../../../corpus";
import type { Event } from "../../../support/events";
import { ownState } from "../../../support/ownState";
import type { Deployed } from "./check";

/** Labelled events, on the detectors' own table and by their own role as they are called in this account. */
export function bound(what: Happening, { called }: Deployed): Event[] {
  const table = called("-state-table").split("/").pop()!;
  const text = JSON.stringify(eventsOf(what))
    .replaceAll(ownState.tableName, table)
    .replaceAll(ownState.roleName, called("-detector-role"));
  return JSON.parse(text) as Event[];
}
