import { settingsPolicy } from "../tablePolicy";
import { compliant, undecided, violation } from "../verdict";

interface TimeToLiveConfiguration {
  allowedAttributes?: readonly string[];
}

export const timeToLive = settingsPolicy<TimeToLiveConfiguration>({
  name: "dynamodb-time-to-live",
  description: "Checks whether DynamoDB tables expire items by no other attribute than the allowed ones.",
  why: "Time to live deletes items in silence and at no cost. Pointed at an attribute that holds another time, it empties a table.",
  severity: "medium",
  frameworks: [],
  remediationSteps:
    "Name an allowed attribute in `ttl.attributeName`, or take `ttl` away. AWS takes up to an hour to change it.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html",
  configuration: {
    allowedAttributes: {
      type: "array",
      items: { type: "string" },
      description:
        "Attributes by which items may expire; an empty list for none. Default: any, and the policy says nothing.",
    },
  },
  applies: ({ allowedAttributes }) => allowedAttributes !== undefined,
  properties: ({ timeToLive: { property } }) => [property],
  check: ({ timeToLive: { property, enabled, attribute } }, { label }, { allowedAttributes = [] }) => {
    const allowed = allowedAttributes.map((each) => JSON.stringify(each)).join(" or ") || "none";
    const write = `name an allowed attribute (${allowed}) in ${property}`;
    for (const reading of [enabled, attribute]) {
      if (reading.state === "malformed") return [violation(`${label}: ${reading.problem}, ${write}.`)];
    }
    // The provider takes a block without the flag for one that is off.
    if (enabled.state === "absent" || (enabled.state === "known" && !enabled.value)) return [compliant];
    if (attribute.state === "known") {
      if (allowedAttributes.includes(attribute.value)) return [compliant];
      if (enabled.state === "known") {
        return [violation(`${label} expires items by attribute ${JSON.stringify(attribute.value)}: ${write}.`)];
      }
    }
    if (attribute.state === "absent" && enabled.state === "known") {
      return [violation(`${label} expires items by no attribute that is named: ${write}.`)];
    }
    return [undecided(`${label}: by which attribute items expire is not known before deployment, ${write}.`)];
  },
});
