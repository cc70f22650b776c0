/**
 * The hops from an API call to a person, in order. An alert of an alarm goes through a `metric filter`, or through a
 * `subscription filter` or `event rule` and the `detector`. With a `notifier` there are two topics, and two subscriptions:
 * the notifier's to the alarms and people's to what it says. Reports name hops by these words.
 */
export const hopNames = [
  "trail",
  "bucket policy",
  "bucket key",
  "event selector",
  "log delivery",
  "log group",
  "log group key",
  "subscription filter",
  "event rule",
  "detector",
  "metric filter",
  "alarm",
  "alarm action",
  "topic policy",
  "topic key",
  "subscription",
  "notifier",
  "failure destination",
] as const;
export type HopName = (typeof hopNames)[number];

export interface Hop {
  hop: HopName;
  /**
   * `ok`; `assumed`: it lies outside the registered resources, or a policy cannot be decided without the account;
   * `broken`: what arrives here goes no further.
   */
  status: "ok" | "assumed" | "broken";
  /** The resource, or what stands for it. */
  at: string;
  /** Why it is broken, or what is assumed. */
  reason?: string;
}

export const ok = (hop: HopName, at: string): Hop => ({ hop, status: "ok", at });
export const assumed = (hop: HopName, at: string, reason: string): Hop => ({ hop, status: "assumed", at, reason });
export const broken = (hop: HopName, at: string, reason: string): Hop => ({ hop, status: "broken", at, reason });

/** Where what goes this way stops. */
export const breakOf = (path: readonly Hop[]): Hop | undefined => path.find(({ status }) => status === "broken");
