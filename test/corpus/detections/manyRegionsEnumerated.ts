import { by, denied, type Event, event, from, identities, spread } from "../../support/events";
import type { Corpus } from "../corpus";

const listed = (place: number, change = {}, name = "ListTables"): Event =>
  event(name, null, { awsRegion: `region-${place}`, ...change });
const regions = (count: number, seconds: number, make = (i: number) => listed(i)): Event[] =>
  spread(count, seconds, make);

export const manyRegionsEnumerated: Corpus = {
  detection: "many-regions-enumerated",
  fires: {
    "five Regions in a minute": { events: regions(5, 60), alerts: 1 },
    "all Regions are one finding": { events: regions(30, 120), alerts: 1 },
    "refused in most": regions(6, 60, (i) => listed(i, i > 0 ? denied : {})),
  },
  quiet: {
    "four Regions": regions(4, 60),
    "one Region often": regions(30, 60, () => listed(1)),
    slowly: regions(5, 7200),
    "by AWS Config": regions(20, 60, (i) => listed(i, by(identities.throughService("config", "config.amazonaws.com")))),
    "by many principals": regions(10, 60, (i) => listed(i, by(identities.user(`user-${i}`)))),
    "another service": regions(10, 60, (i) => listed(i, from("cassandra.amazonaws.com"))),
  },
  evasions: {
    caught: {
      "by different lists": regions(5, 60, (i) =>
        listed(i, {}, ["ListTables", "ListBackups", "ListExports", "ListStreams"][i % 4]),
      ),
      "sessions of one role": regions(5, 60, (i) => listed(i, by(identities.role("ops", `session-${i}`)))),
    },
    missed: {
      slowly: { what: regions(10, 14_400), limit: "Regions listed slowly" },
      "four Regions": { what: regions(4, 60), limit: "Four Regions or fewer" },
    },
  },
};
