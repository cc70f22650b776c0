import type { AttributeValue } from "aws-lambda";
import type { WatchedRule } from "../../detections/watchedTable";
import { DocumentPath } from "./documentPath";
import type { ItemChange } from "./itemChange";

/** That a change matches a rule, and by which attributes. */
export interface Match {
  attributes?: string[];
}

/** `no-image`: the rule compares images, and the stream does not carry them. */
export type Answer = Match | "no" | "no-image";

/** A rule, ready to be asked about changes. */
export function matcherOf(rule: WatchedRule): (change: ItemChange) => Answer {
  switch (rule.kind) {
    case "counted":
      return ({ kind }) => (rule.changes.includes(kind) ? {} : "no");
    case "guarded-attributes": {
      const paths = rule.attributes.map((text) => new DocumentPath(text));
      return (change) => (rule.changes.includes(change.kind) ? guarded(paths, change) : "no");
    }
    case "expiry-lowered":
      return (change) => (change.kind === "MODIFY" ? expiryLowered(rule, change) : "no");
  }
}

function guarded(paths: readonly DocumentPath[], { kind, before, after }: ItemChange): Answer {
  const touched = (isTouched: (path: DocumentPath) => boolean): Answer => {
    const attributes = paths.filter(isTouched).map(({ text }) => text);
    return attributes.length > 0 ? { attributes } : "no";
  };
  if (kind === "MODIFY") return before && after ? touched((path) => path.differs(before, after)) : "no-image";
  const image = kind === "INSERT" ? after : before;
  return image ? touched((path) => path.isIn(image)) : "no-image";
}

/** DynamoDB deletes no item whose time is more than five years past (Developer Guide, "Using time to live"). */
const forgottenSeconds = 5 * 365 * 86_400;

function expiryLowered(
  { attribute, withinSeconds }: Extract<WatchedRule, { kind: "expiry-lowered" }>,
  { before, after, changedAt }: ItemChange,
): Answer {
  if (!before || !after) return "no-image";
  const now = Date.parse(changedAt) / 1000;
  const [old, set] = [before, after].map((image) => secondsIn(image[attribute], now - forgottenSeconds));
  const soon = set !== undefined && set <= now + withinSeconds;
  return soon && (old === undefined || old > set) ? { attributes: [attribute] } : "no";
}

/** A time at which DynamoDB would delete the item. */
function secondsIn(value: AttributeValue | undefined, after: number): number | undefined {
  const seconds = Number(value?.N);
  return seconds > after ? seconds : undefined;
}
