import type { RegisteredResource } from "../stack/registered";
import { type CoverageRow, type Stack, urnsOf } from "./assessment";
import { leavesOutKms, logs } from "./selectors";

interface Practice {
  id: string;
  title: string;
  /** The resources that put the practice to work. */
  by(stack: Stack): RegisteredResource[];
  /** What to do where none does. */
  missing: string;
}

/** AWS: "Detective security best practices for Amazon DynamoDB", DynamoDB developer guide. */
const practices: readonly Practice[] = [
  {
    id: "kms-key-usage",
    title: "Monitor AWS KMS key usage with CloudTrail",
    by: (stack) => loggedTrails(stack).filter((trail) => logs(trail, "Management") && !leavesOutKms(trail)),
    missing: "Let the trail log management events and keep AWS KMS among them (managementEvents, kmsEvents).",
  },
  {
    id: "control-plane-operations",
    title: "Monitor DynamoDB control-plane operations with CloudTrail",
    by: (stack) => loggedTrails(stack).filter((trail) => logs(trail, "Management")),
    missing: "Let the trail log management events (managementEvents).",
  },
  {
    id: "data-plane-operations",
    title: "Monitor DynamoDB data-plane operations with CloudTrail",
    by: (stack) => loggedTrails(stack).filter((trail) => logs(trail, "Data", "AWS::DynamoDB::Table")),
    missing: "Switch data events of tables on (dataEvents): CloudTrail does not log them by default.",
  },
  {
    id: "streams",
    title: "Monitor item changes with DynamoDB Streams and AWS Lambda",
    by: (stack) => stack.ofType("aws:lambda/eventSourceMapping:EventSourceMapping"),
    missing: "Name tables that have a stream (streamMonitor.tables).",
  },
  {
    id: "configuration",
    title: "Monitor DynamoDB configuration with AWS Config",
    by: (stack) => stack.ofType("aws:cfg/recorder:Recorder"),
    missing: "Record the configuration (config), or see that the adopted recorder records AWS::DynamoDB::Table.",
  },
  {
    id: "compliance",
    title: "Monitor DynamoDB compliance with AWS Config rules",
    by: (stack) => stack.ofType("aws:cfg/rule:Rule"),
    missing: "Deploy the AWS Config rules (config).",
  },
  {
    id: "tags",
    title: "Tag DynamoDB resources for identification and automation",
    by: (stack) =>
      stack
        .ofType("aws:cfg/rule:Rule")
        .filter(
          (rule) => (rule.inputs["source"] as { sourceIdentifier?: string })?.sourceIdentifier === "REQUIRED_TAGS",
        ),
    missing: "Deploy the required-tags rule (requiredTags); the policy pack checks the same at preview.",
  },
];

/** Trails that deliver to a log group: without one nothing analyses what they log. */
const loggedTrails = (stack: Stack): RegisteredResource[] =>
  stack.ofType("aws:cloudtrail/trail:Trail").filter((trail) => trail.inputs["cloudWatchLogsGroupArn"] !== undefined);

/** One row per practice. */
export function practiceCoverage(stack: Stack): CoverageRow[] {
  return practices.map(({ id, title, by, missing }) => {
    const resources = by(stack);
    const covered = resources.length > 0;
    return { kind: "practice", id, title, covered, by: urnsOf(resources), ...(covered ? {} : { note: missing }) };
  });
}
