import type * as pulumi from "@pulumi/pulumi";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { type SlackArgs, type TeamsArgs, validateChat } from "./chat";
import { email } from "./email";
import { type PagerDutyArgs, validatePagerDuty } from "./pagerDuty";
import { alertFilter, checkSeverities, type SqsArgs, validateEventBus } from "./targets";
import type { TopicKind } from "./topics";

export { type TopicKind, topics } from "./topics";

/** Who is told of what. */
export interface Recipients {
  emails?: string[];
  healthEmails?: string[];
  emailSeverities?: string[];
  slack?: SlackArgs;
  teams?: TeamsArgs;
  pagerDuty?: PagerDutyArgs;
  sqs?: SqsArgs;
  eventBusArn?: pulumi.Input<string>;
}

/** One subscription as data. */
export interface SubscriptionPlan {
  /** Suffix of the logical name. Made of the address, so that adding or removing one leaves the others confirmed. */
  suffix: string[];
  topic: TopicKind;
  protocol: string;
  endpoint: string;
  /** Which messages come through; absent: all. */
  filterPolicy?: string;
}

/** Throws `ArgumentError` for what is not an address, or is there twice, and for what a channel would refuse. */
export function validateAlertChannel(recipients: Recipients): void {
  const { emails = [], healthEmails = [], emailSeverities, pagerDuty, sqs, eventBusArn } = recipients;
  validateEmails("emails", emails);
  validateEmails("healthEmails", healthEmails);
  checkSeverities("emailSeverities", emailSeverities);
  validateChat(recipients);
  if (pagerDuty) validatePagerDuty(pagerDuty);
  if (sqs) checkSeverities("sqs.severities", sqs.severities);
  if (eventBusArn !== undefined) validateEventBus(eventBusArn);
}

/** Subscriptions of the channel. Failures of the detectors reach the people who get alerts, unless others are named. */
export function planSubscriptions(recipients: Recipients): SubscriptionPlan[] {
  const { emails = [], healthEmails = emails, emailSeverities } = recipients;
  const filterPolicy = alertFilter(checkSeverities("emailSeverities", emailSeverities));
  return [
    ...emails.map((address) => ({ ...byEmail("alert", address), filterPolicy })),
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
