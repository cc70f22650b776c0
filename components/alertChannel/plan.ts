import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { email } from "./email";

/**
 * The topics of a channel.
 *
 * - `alarm`: alarms of detections, as CloudWatch writes them.
 * - `alert`: what people and tools subscribe to.
 * - `health`: failures of the detectors themselves; no function of ours stands in its way.
 */
export const topics = ["alarm", "alert", "health"] as const;
export type TopicKind = (typeof topics)[number];

/** Who is told of what. */
export interface Recipients {
  emails?: string[];
  healthEmails?: string[];
}

/** One subscription as data. */
export interface SubscriptionPlan {
  /** Suffix of the logical name. Made of the address, so that adding or removing one leaves the others confirmed. */
  suffix: string[];
  topic: TopicKind;
  protocol: string;
  endpoint: string;
}

/** Throws `ArgumentError` for what is not an address, or is there twice. */
export function validateAlertChannel({ emails = [], healthEmails = [] }: Recipients): void {
  validateEmails("emails", emails);
  validateEmails("healthEmails", healthEmails);
}

/** Subscriptions of the channel. Failures of the detectors reach the people who get alerts, unless others are named. */
export function planSubscriptions({ emails = [], healthEmails = emails }: Recipients): SubscriptionPlan[] {
  return [
    ...emails.map((address) => byEmail("alert", address)),
    ...healthEmails.map((address) => byEmail("health", address)),
  ];
}

function byEmail(topic: TopicKind, address: string): SubscriptionPlan {
  return { suffix: [topic, "email", address.toLowerCase()], topic, protocol: "email", endpoint: address };
}

function validateEmails(argument: string, addresses: string[]): void {
  const seen = new Set<string>();
  addresses.forEach((address, i) => {
    if (!email.pattern.test(address)) {
      throw new ArgumentError(
        `${argument}[${i}]`,
        `${shown(address)} is not an e-mail address. Write one like ${email.example}.`,
      );
    }
    if (seen.has(address.toLowerCase())) {
      throw new ArgumentError(`${argument}[${i}]`, `${shown(address)} is there twice. Write each address once.`);
    }
    seen.add(address.toLowerCase());
  });
}
