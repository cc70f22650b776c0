import { by, type Change, type Event, from, identities, inRegion, oldForm } from "../support/events";
import type { Corpus } from "./corpus";

type Make = (change: Change) => Event;

/** Whoever calls, and from wherever: a detection of single calls must not lose any of them. */
export const byAnybody = (make: Make): Corpus["evasions"]["caught"] => ({
  "by root": make(by(identities.root())),
  "by a federated user": make(by(identities.federated("eve"))),
  "by a web identity": make(by(identities.webIdentity("deploy"))),
  "by an identity without an ARN": make(by(identities.identityCenter())),
  "by a principal of another account": make(by(identities.otherAccount())),
  "through CloudFormation": make({
    ...by(identities.throughService("ops", "cloudformation.amazonaws.com")),
    sourceIPAddress: "cloudformation.amazonaws.com",
  }),
  "by a role that is called like a service-linked one": make(by(identities.role("AWSServiceRoleForEve"))),
  "in another Region": make(inRegion("ap-southeast-4")),
  "an event of an old form": make(oldForm),
});

/** What is no call of anybody, or not this one. */
export const notReally = (make: Make, otherService: string): Corpus["quiet"] => ({
  refused: make({ errorCode: "AccessDenied" }),
  "not valid": make({ errorCode: "ValidationException" }),
  "by a service-linked role": make(by(identities.autoScaling())),
  [`the call of ${otherService} by that name`]: make(from(otherService)),
});
