import { hasTag } from "../table/scope";
import type { TableSettings, TableView } from "../table/view";
import { settingsPolicy } from "../tablePolicy";
import { compliant, judge, undecided, type Verdict } from "../verdict";

const viewTypes = ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"] as const;

interface StreamConfiguration {
  viewTypeByTag: Record<string, Record<string, string>>;
}

export const stream = settingsPolicy<StreamConfiguration>({
  name: "dynamodb-stream",
  description: "Checks whether DynamoDB tables whose tags ask for it have a stream of the wanted view type.",
  why: "A stream monitor sees what changes in a table only where the table has a stream, and what it was before only where the view type holds old images.",
  severity: "medium",
  frameworks: [],
  remediationSteps:
    "Set `streamEnabled: true` and `streamViewType` on the table. Another view type of an existing stream means a new stream, with a new ARN.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html",
  configuration: {
    viewTypeByTag: {
      type: "object",
      additionalProperties: { type: "object", additionalProperties: { type: "string", enum: viewTypes } },
      default: {},
      description:
        'View type by tag key and value: { "Security": { "high": "NEW_AND_OLD_IMAGES" } }. Default: none, and the policy says nothing.',
    },
  },
  applies: ({ viewTypeByTag }) => Object.keys(viewTypeByTag).length > 0,
  properties: ({ stream }) => [stream.property],
  check: (settings, view, { viewTypeByTag }) => {
    const verdicts = Object.entries(viewTypeByTag).flatMap(([key, byValue]) =>
      Object.entries(byValue).map(([value, type]) => checkStream(settings, view, { key, value, type })),
    );
    return verdicts.length > 0 ? verdicts : [compliant];
  },
});

function checkStream(
  { stream: written }: TableSettings,
  { label, copies }: TableView,
  { key, value, type }: { key: string; value: string; type: string },
): Verdict {
  const asked = copies.map((copy) => hasTag(copy, key, [value]));
  const verdict = judge(written, {
    label,
    accepts: (given) => given === type || (given === "NEW_AND_OLD_IMAGES" && type !== "KEYS_ONLY"),
    otherwise: `has tag ${key} ${value}, which asks for a stream of view type ${type} that it does not have`,
    write: written.write(type),
  });
  if (asked.includes(true)) return verdict;
  if (!asked.includes(undefined) || verdict.kind === "compliant") return compliant;
  return undecided(
    `${label}: whether it has tag ${key} ${value}, which asks for a stream, is not known before deployment.`,
  );
}
