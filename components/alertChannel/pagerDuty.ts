import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import type { Names } from "../naming";
import type { TopicKind } from "./topics";

/** A service of PagerDuty with its Amazon CloudWatch integration. It gets the alarms as CloudWatch writes them. */
export interface PagerDutyArgs {
  /** Integration key. A secret: it is in no name, output or log. */
  integrationKey: pulumi.Input<string>;
  /** Service region of the PagerDuty account: `us` or `eu`. Default: us. */
  serviceRegion?: string;
  /** Beginnings of the names of the alarms that page. Default: every alarm of the topics. */
  alarmNamePrefixes?: string[];
}

/** PagerDuty documentation, "Service Regions". */
const hosts: Record<string, string> = { us: "events.pagerduty.com", eu: "events.eu.pagerduty.com" };
/** Most values of one filter policy (Amazon SNS Developer Guide, "Filter policy constraints"). */
const mostValues = 150;

/** Throws `ArgumentError`. A key that is an output is checked when its value is known. */
export function validatePagerDuty({ integrationKey, serviceRegion, alarmNamePrefixes = [] }: PagerDutyArgs): void {
  if (serviceRegion !== undefined && !Object.hasOwn(hosts, serviceRegion)) {
    throw new ArgumentError("pagerDuty.serviceRegion", `${shown(serviceRegion)} is not one of us, eu.`);
  }
  if (typeof integrationKey === "string") checkKey(integrationKey);
  if (alarmNamePrefixes.length > mostValues) {
    throw new ArgumentError(
      "pagerDuty.alarmNamePrefixes",
      `has ${alarmNamePrefixes.length} entries. SNS takes ${mostValues} in one filter.`,
    );
  }
}

/** The error does not show the key. */
function checkKey(key: unknown): string {
  if (typeof key === "string" && /^[A-Za-z0-9]{16,64}$/.test(key)) return key;
  throw new ArgumentError(
    "pagerDuty.integrationKey",
    "is not the key of a PagerDuty integration: 32 letters and digits, from the integration's page.",
  );
}

/** Of detections page those that are filtered for, of failures of the detectors every one. */
export function registerPagerDuty(
  names: Names,
  { integrationKey, serviceRegion = "us", alarmNamePrefixes }: PagerDutyArgs,
  topicOf: { [kind in TopicKind]: aws.sns.Topic },
  redrivePolicy: pulumi.Output<string>,
  inside: pulumi.CustomResourceOptions,
): void {
  const endpoint = pulumi.secret(
    pulumi
      .output(integrationKey)
      .apply((key) => `https://${hosts[serviceRegion]}/integration/${checkKey(key)}/enqueue`),
  );
  // Alarms act on the one topic or the other. What the notifier publishes is no alarm, and does not pass the filter.
  const filter = JSON.stringify({
    AlarmName: (alarmNamePrefixes ?? [""]).map((prefix) => (prefix === "" ? { exists: true } : { prefix })),
  });
  for (const kind of ["alarm", "alert", "health"] as const) {
    new aws.sns.TopicSubscription(
      names.child(kind, "pagerduty"),
      {
        topic: topicOf[kind].arn,
        protocol: "https",
        endpoint,
        endpointAutoConfirms: true,
        rawMessageDelivery: false, // the integration reads the envelope of SNS
        ...(kind !== "health" && { filterPolicyScope: "MessageBody", filterPolicy: filter }),
        redrivePolicy,
      },
      inside,
    );
  }
}
