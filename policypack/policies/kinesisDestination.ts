import { matchesPattern } from "../pattern";
import { read, string } from "../table/reading";
import type { TableCopy } from "../table/view";
import { viewPolicy } from "../tablePolicy";
import { compliant, unchanged, undecided, type Verdict, violation } from "../verdict";

interface KinesisDestinationConfiguration {
  allowedStreams: readonly string[];
}

export const kinesisDestination = viewPolicy<KinesisDestinationConfiguration>({
  name: "dynamodb-kinesis-destination",
  description:
    "Checks whether DynamoDB tables send their changes to no other Kinesis data stream than the allowed ones.",
  why: "A Kinesis destination copies every change of every item out of the table, for as long as it is there.",
  severity: "medium",
  frameworks: [],
  remediationSteps: "Take the destination away, or add the ARN of its stream to `allowedStreams`.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html",
  configuration: {
    allowedStreams: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "ARNs of Kinesis data streams that may get changes; `*` stands for any text. Default: none.",
    },
  },
  check: ({ copies, ignored }, { allowedStreams }) =>
    copies.flatMap(({ label, kinesisStream }) =>
      kinesisStream
        ? [
            ...checkStream(label, kinesisStream, allowedStreams),
            ...unchanged(label, kinesisStream.arn.state === "absent" ? [] : ignored([kinesisStream.property])),
          ]
        : [],
    ),
  others: ({ type, title, props }, { allowedStreams }) =>
    type === "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination"
      ? checkStream(
          `Kinesis destination ${title}`,
          { property: "streamArn", holder: props, arn: read(props, "streamArn", string) },
          allowedStreams,
        )
      : undefined,
});

function checkStream(
  label: string,
  { property, holder, arn }: NonNullable<TableCopy["kinesisStream"]>,
  allowed: readonly string[],
): Verdict[] {
  const write = "take the destination away, or add its stream to allowedStreams";
  switch (arn.state) {
    case "absent":
      return [compliant];
    case "known":
      return allowed.some((pattern) => matchesPattern(pattern, arn.value))
        ? [compliant]
        : [violation(`${label} sends changes to a Kinesis data stream that is not allowed: ${write}.`)];
    case "malformed":
      return [violation(`${label}: ${arn.problem}, ${write}.`)];
    case "unknown":
      // Whichever it is, it is not allowed; unless it is open whether there is one.
      return allowed.length === 0 && holder.state === "known"
        ? [violation(`${label} sends changes to a Kinesis data stream, and none is allowed: ${write}.`)]
        : allowed.includes("*")
          ? [compliant]
          : [undecided(`${label}: ${property} is not known before deployment, it must be among allowedStreams.`)];
  }
}
