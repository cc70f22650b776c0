import { catalog, isItemLevel, isStateful } from "../detections";
import { filtersOf } from "./alerts";
import type { Stack } from "./assessment";
import { logsData, logsManagement, selectorsOf } from "./selectors";

/** What would make the deployed controls quieter, cheaper or more useful. Full sentences, each with what to do. */
export function adviceFor(stack: Stack): string[] {
  return [
    ...nobodyIsTold(stack),
    ...applicationsAreNotKnown(stack),
    ...everyTableIsLogged(stack),
    ...streamReadersAreLogged(stack),
    ...managementEventsAreCopied(stack),
  ];
}

/** Subscriptions are told apart by name: at preview a topic's ARN is not known. */
function nobodyIsTold(stack: Stack): string[] {
  const subscribed = (topic: string): boolean =>
    stack.ofType("aws:sns/topicSubscription:TopicSubscription").some(({ name }) => name.includes(`-${topic}-`));
  return [
    ...(subscribed("alert") ? [] : ["Nobody is subscribed to the alerts: set emails to at least one address."]),
    ...(subscribed("health")
      ? []
      : ["Nobody hears when the detectors themselves fail: set emails or healthEmails to at least one address."]),
  ];
}

function applicationsAreNotKnown(stack: Stack): string[] {
  const itemLevel = catalog.filter((detection) => isItemLevel(detection) && !isStateful(detection));
  const noisy = itemLevel.filter((detection) =>
    filtersOf(stack, detection.id).some(({ inputs }) => !/userIdentity[\w.]* ?!=/.test(String(inputs["pattern"]))),
  );
  if (noisy.length === 0) return [];
  return [
    `Item-level detections (${noisy.map(({ id }) => id).join(", ")}) count the applications' own calls and have ` +
      "severity low: set workloadPrincipals to the roles that applications use.",
  ];
}

function everyTableIsLogged(stack: Stack): string[] {
  return logsEvery(stack, "AWS::DynamoDB::Table")
    ? [
        "Data events of every table are logged and paid for: set tableArns to the tables that matter if that is too much.",
      ]
    : [];
}

/** AWS Lambda polls each shard four times a second (Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB"). */
function streamReadersAreLogged(stack: Stack): string[] {
  return logsEvery(stack, "AWS::DynamoDB::Stream")
    ? [
        "Every read of every table stream is logged and paid for, and an AWS Lambda trigger reads each shard four times " +
          "a second: set streamDataEvents to false, or tableArns to the tables that matter, if that is too much.",
      ]
    : [];
}

const logsEvery = (stack: Stack, resourceType: string): boolean =>
  stack.ofType("aws:cloudtrail/trail:Trail").some(
    (trail) =>
      selectorsOf(trail).length > 0 &&
      logsData(trail, resourceType) &&
      !selectorsOf(trail)
        .flat()
        .some(({ field }) => field === "resources.ARN"),
  );

function managementEventsAreCopied(stack: Stack): string[] {
  return stack.ofType("aws:cloudtrail/trail:Trail").some(logsManagement)
    ? [
        "AWS charges for a second copy of management events: if the account has a trail already, adopt it " +
          "(existingTrail) or set managementEvents to false.",
      ]
    : [];
}
