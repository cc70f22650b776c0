import { by, denied, event, from, identities } from "../../support/events";
import type { Corpus } from "../corpus";

const bought = (change = {}) =>
  event("PurchaseReservedCapacityOfferings", { reservedCapacityOfferingsId: "x" }, change);

export const reservedCapacityBought: Corpus = {
  detection: "reserved-capacity-bought",
  fires: {
    "by a role": bought(),
    "by a user": bought(by(identities.user("eve"))),
    "by root": bought(by(identities.root())),
  },
  quiet: {
    "offerings described": event("DescribeReservedCapacityOfferings", null),
    "what there is described": event("DescribeReservedCapacity", null),
    refused: bought(denied),
    "of another service": event("PurchaseReservedInstancesOffering", { offering: "x" }, from("ec2.amazonaws.com")),
    "the name at another service": bought(from("example.amazonaws.com")),
  },
  evasions: {
    caught: { "in another Region": bought({ awsRegion: "eu-west-1" }) },
    missed: {
      "a savings plan": {
        what: event("CreateSavingsPlan", { commitment: "1" }, from("savingsplans.amazonaws.com")),
        limit: "Savings plans",
      },
    },
  },
};
