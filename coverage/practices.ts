import type { EventSource } from "../detections";
import type { RegisteredResource } from "../stack/registered";
import { type AdoptedTrail, adoptedRecorders, adoptedTrails } from "./adopted";
import { type CoverageRow, type Stack, urnsOf } from "./assessment";
import { type Answer, logsData, logsKms, logsManagement } from "./selectors";

interface Practice {
  id: string;
  title: string;
  /** The resources that may put the practice to work. */
  candidates(stack: Stack): Candidate[];
  /** What to do where none does. */
  missing: string;
}

interface Candidate {
  resource: RegisteredResource;
  /** `undefined`: known after deployment only. */
  covers: Answer;
  /** What a person should know where it covers the practice. */
  note?: string;
}

/** AWS: "Detective security best practices for Amazon DynamoDB", DynamoDB developer guide. */
const practices: readonly Practice[] = [
  {
    id: "kms-key-usage",
    title: "Monitor AWS KMS key usage with CloudTrail",
    candidates: trailsThat(logsKms, (adopted) => adopted.managementEvents && adopted.kmsEvents),
    missing: "Let the trail log management events and keep AWS KMS among them (managementEvents, kmsEvents).",
  },
  {
    id: "control-plane-operations",
    title: "Monitor DynamoDB control-plane operations with CloudTrail",
    candidates: trailsThat(logsManagement, (adopted) => adopted.managementEvents),
    missing: "Let the trail log management events (managementEvents).",
  },
  {
    id: "data-plane-operations",
    title: "Monitor DynamoDB data-plane operations with CloudTrail",
    candidates: trailsThat(
      (trail) => logsData(trail, "AWS::DynamoDB::Table"),
      (adopted) => adopted.tableDataEvents,
    ),
    missing:
      "Switch data events of tables on (dataEvents, or tableDataEvents of an adopted trail): CloudTrail does not log them by default.",
  },
  {
    id: "streams",
    title: "Monitor item changes with DynamoDB Streams and AWS Lambda",
    candidates: every("aws:lambda/eventSourceMapping:EventSourceMapping"),
    missing: "Name tables that have a stream (streamMonitor.tables).",
  },
  {
    id: "configuration",
    title: "Monitor DynamoDB configuration with AWS Config",
    candidates: (stack) => [
      ...every("aws:cfg/recorder:Recorder")(stack),
      ...adoptedRecorders(stack).map((resource) => ({
        resource,
        covers: true,
        note: "The recorder is adopted: see that it runs and records AWS::DynamoDB::Table.",
      })),
    ],
    missing: "Record the configuration (config).",
  },
  {
    id: "compliance",
    title: "Monitor DynamoDB compliance with AWS Config rules",
    candidates: every("aws:cfg/rule:Rule"),
    missing: "Deploy the AWS Config rules (config).",
  },
  {
    id: "tags",
    title: "Tag DynamoDB resources for identification and automation",
    candidates: every(
      "aws:cfg/rule:Rule",
      ({ inputs }) => (inputs["source"] as { sourceIdentifier?: string })?.sourceIdentifier === "REQUIRED_TAGS",
    ),
    missing: "Deploy the required-tags rule (requiredTags); the policy pack checks the same at preview.",
  },
];

/** Ids and titles of the practices. */
export const practiceTitles: readonly { id: string; title: string }[] = practices.map(({ id, title }) => ({
  id,
  title,
}));

/** The event sources of the detections that put a practice to use; the others are no matter of events. */
export const practiceSources: Readonly<Record<string, readonly EventSource[]>> = {
  "kms-key-usage": ["kms"],
  "control-plane-operations": ["management"],
  "data-plane-operations": ["table-data", "stream-data"],
  streams: ["item-stream"],
};

/** Resources of a type, which cover by being there. */
function every(type: string, covers: (resource: RegisteredResource) => boolean = () => true) {
  return (stack: Stack): Candidate[] => stack.ofType(type).map((resource) => ({ resource, covers: covers(resource) }));
}

/** Trails that log and deliver to a log group (without one nothing analyses what they log), and adopted ones. */
function trailsThat(logs: (trail: RegisteredResource) => Answer, saysSo: (adopted: AdoptedTrail) => boolean) {
  return (stack: Stack): Candidate[] => [
    ...stack
      .ofType("aws:cloudtrail/trail:Trail")
      .filter(({ inputs }) => inputs["cloudWatchLogsGroupArn"] !== undefined && inputs["enableLogging"] !== false)
      .map((resource) => ({ resource, covers: logs(resource) })),
    ...adoptedTrails(stack).map((adopted) => ({
      resource: adopted.component,
      covers: saysSo(adopted),
      note: "The trail is adopted: what it logs is taken from its description (existing).",
    })),
  ];
}

/** One row per practice. */
export function practiceCoverage(stack: Stack): CoverageRow[] {
  return practices.map(({ id, title, candidates, missing }) => {
    const found = candidates(stack);
    const covering = found.filter(({ covers }) => covers === true);
    const late = found.filter(({ covers }) => covers === undefined).map(({ resource }) => resource.name);
    const notes = new Set(covering.flatMap(({ note }) => note ?? []));
    const note =
      covering.length > 0
        ? [...notes].join(" ")
        : late.length > 0
          ? `Cannot be told before deployment: the event selectors of ${late.join(", ")} are not known yet.`
          : missing;
    const by = urnsOf(covering.map(({ resource }) => resource));
    return { kind: "practice", id, title, covered: covering.length > 0, by, ...(note === "" ? {} : { note }) };
  });
}
