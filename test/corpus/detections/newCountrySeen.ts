import { after, by, denied, type Event, event, from, identities, itemCall } from "../../support/events";
import type { Corpus } from "../corpus";

// Addresses and countries are those of test/corpus/simulated.ts. `hours` after the detector's first event.
const germany = "81.2.69.160";
const france = "90.0.0.1";
const states = "3.5.140.2";
const call = (hours: number, sourceIPAddress: string, change = {}): Event =>
  after(String(hours * 60), event("DescribeTable", { tableName: "orders" }, { sourceIPAddress, ...change }));

/** The detector begins to learn, with an event of somebody else. */
const begun = call(0, germany, by(identities.user("somebody")));
const learnt = [begun, call(70, germany)];
const quietly = (...events: Event[]): Event[] => [...learnt, ...events];

export const newCountrySeen: Corpus = {
  detection: "new-country-seen",
  anyCall: true,
  fires: {
    "another country": { events: quietly(call(73, france)), alerts: 1 },
    "once for the second event of it": {
      events: quietly(call(73, france), call(74, france), call(90, france)),
      alerts: 1,
    },
    "again after 72 hours of absence": {
      events: quietly(call(73, france), call(120, germany), call(146, france)),
      alerts: 2,
    },
    "again when the principal was away too": { events: quietly(call(73, france), call(146, france)), alerts: 2 },
    "two new countries": { events: quietly(call(73, france), call(80, states)), alerts: 2 },
    "refused calls count": quietly(call(73, france, denied)),
    "item-level calls": [
      begun,
      ...[germany, france].map((sourceIPAddress, i) =>
        after(String((100 + i) * 60), itemCall("GetItem", { sourceIPAddress })),
      ),
    ],
    "an IPv6 address": quietly(call(73, "2a01:e0a::1")),
    "an IPv4 address written as IPv6": quietly(call(73, "::ffff:90.0.0.1")),
  },
  quiet: {
    "while learning": [begun, call(1, germany), call(2, france), call(71, states)],
    "the first country of a principal": [begun, call(80, france, by(identities.user("new")))],
    "the same country": quietly(call(73, germany), call(74, "81.2.69.1"), call(75, "2003:1::1")),
    "a country that was learnt": [begun, call(60, germany), call(61, france), call(90, france)],
    "the same country by another session of the role": quietly(
      call(73, germany, by(identities.role("ops", "another"))),
    ),
    "private, loopback, link-local and shared addresses": quietly(
      ...["10.0.0.1", "127.0.0.1", "169.254.1.1", "100.64.0.1", "192.168.1.1", "fe80::1", "fd00::1", "::1"].map(
        (ip, i) => call(73 + i / 10, ip),
      ),
    ),
    "addresses for documentation": quietly(call(73, "192.0.2.1"), call(74, "203.0.113.9"), call(75, "2001:db8::1")),
    "through a VPC endpoint": quietly(call(73, france, { vpcEndpointId: "vpce-0123456789abcdef0" })),
    "AWS services": quietly(call(73, "dynamodb.amazonaws.com"), call(74, "AWS Internal")),
    "no address at all": quietly(call(73, "90.0.0"), call(74, "90.0.0.1.5"), call(75, ""), call(76, "fe80::1%eth0")),
    "an address of no country": quietly(call(73, "200.1.2.3")),
    "another service": quietly(call(73, france, from("s3.amazonaws.com"))),
  },
  evasions: {
    caught: {
      "another session name": quietly(call(73, france, by(identities.role("ops", "x")))),
      "a table that does not exist": quietly(call(73, france, { errorCode: "ResourceNotFoundException" })),
      "an event of another Region": quietly(call(73, france, { awsRegion: "ap-southeast-4" })),
    },
    missed: {
      "through the usual country": {
        what: quietly(call(73, "81.2.69.99")),
        limit: "A VPN or proxy in the usual country",
      },
      "while learning": {
        what: [begun, call(1, germany), call(2, france)],
        limit: "Until 72 hours after the detector's first event",
      },
    },
  },
};
