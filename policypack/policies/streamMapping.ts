import { nativeName } from "../declared/cloudFormation";
import type { Declared } from "../declared/declared";
import { declaredPolicy } from "../declaredPolicy";
import { Properties } from "../table/properties";
import { list, map, mapped } from "../table/reading";
import type { Setting } from "../table/view";
import { compliant, judge, unchanged, undecided, type Verdict, violation } from "../verdict";

interface StreamMappingConfiguration {
  maximumRetryAttempts: number;
  maximumRecordAgeInSeconds: number;
}

export const streamMapping = declaredPolicy<StreamMappingConfiguration>({
  name: "lambda-stream-event-source-mapping",
  description:
    "Checks whether event source mappings of DynamoDB streams have bounded retries, a bounded record age and a failure destination.",
  why: "By default Lambda tries a record again until it leaves the stream: one that fails stops its shard for a day, and what could not be processed is lost without a trace.",
  severity: "medium",
  level: "advisory",
  frameworks: [],
  remediationSteps:
    "Set `maximumRetryAttempts`, `maximumRecordAgeInSeconds` and `destinationConfig.onFailure.destinationArn` (a queue, a topic or a bucket).",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html",
  configuration: {
    maximumRetryAttempts: {
      type: "integer",
      minimum: 0,
      maximum: 10000,
      default: 10000,
      description: "Most retries that pass. Default: any number, but not without end.",
    },
    maximumRecordAgeInSeconds: {
      type: "integer",
      minimum: 60,
      maximum: 604800,
      default: 604800,
      description: "Greatest age of a record that passes. Unit: seconds. Default: any, but not without end.",
    },
  },
  check: (resource, configuration) => {
    const mapping = mappingOf(resource);
    if (!mapping || readsNoTable(mapping)) return undefined;
    const label = `Event source mapping ${resource.title}`;
    const bound = (
      name: "MaximumRetryAttempts" | "MaximumRecordAgeInSeconds",
      most: number,
      otherwise: string,
    ): Verdict => {
      const setting = boundOf(mapping, name);
      return judge(setting, { label, accepts: (given) => given <= most, otherwise, write: setting.write(most) });
    };
    const { maximumRetryAttempts, maximumRecordAgeInSeconds } = configuration;
    const touched = ["MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "DestinationConfig"].map((name) =>
      mapping.pathOf(name),
    );
    return [
      bound("MaximumRetryAttempts", maximumRetryAttempts, `tries more than ${maximumRetryAttempts} times`),
      bound(
        "MaximumRecordAgeInSeconds",
        maximumRecordAgeInSeconds,
        `tries for more than ${maximumRecordAgeInSeconds} seconds`,
      ),
      destination(label, mapping, resource),
      ...unchanged(label, resource.ignored(touched), "an existing mapping"),
    ];
  },
});

/** The AWS provider has CloudFormation's names, spelled as aws-native does. */
function mappingOf(resource: Declared): Properties | undefined {
  if (resource.type === "AWS::Lambda::EventSourceMapping") return new Properties(resource, resource.props);
  if (resource.type !== "aws:lambda/eventSourceMapping:EventSourceMapping") return undefined;
  return new Properties({ ...resource, spelled: nativeName }, resource.props);
}

/**
 * The ARN of a stream is not known before deployment where the table is made in the same program. Only streams have a
 * starting position, and those of Kafka a topic.
 */
function readsNoTable(mapping: Properties): boolean {
  const source = mapping.text("EventSourceArn");
  if (source.state === "known") return source.value.split(":")[2] !== "dynamodb";
  const position = mapping.text("StartingPosition");
  return position.state === "absent" || mapping.read("Topics", list).state !== "absent";
}

/** -1, which is what AWS takes where nothing is written, stands for no bound. */
function boundOf(mapping: Properties, name: string): Setting<number> {
  const written = mapped(mapping.number(name), (value) => (value < 0 ? Infinity : value));
  return mapping.setting(name, written, Infinity);
}

function destination(label: string, mapping: Properties, { type }: Declared): Verdict {
  const onFailure = mapping.block("DestinationConfig").block("OnFailure");
  const name = type.startsWith("aws:") ? "DestinationArn" : "Destination";
  const property = onFailure.pathOf(name);
  const written = onFailure.text(name);
  const write = `set ${property}: <ARN of a queue, topic or bucket>`;
  if (written.state === "malformed") return violation(`${label}: ${written.problem}, ${write}.`);
  if (written.state === "absent")
    return violation(`${label} has nowhere to put what could not be processed: ${write}.`);
  // The ARN alone may be unknown, and is one all the same; not so where it is open whether there is a destination at all.
  const holder = mapping.block("DestinationConfig").read("OnFailure", map);
  return written.state === "unknown" && holder.state === "unknown"
    ? undecided(`${label}: ${mapping.pathOf("DestinationConfig")} is not known before deployment, ${write}.`)
    : compliant;
}
