import { trailOf } from "../cloudTrail/trail";
import { declaredPolicy } from "../declaredPolicy";
import { compliant, unchanged, undecided, violation } from "../verdict";

export const trailDataEvents = declaredPolicy({
  name: "cloudtrail-dynamodb-data-events",
  description: "Checks whether trails record data events of DynamoDB tables.",
  why: "Who read or changed which item is in data events only, and a trail records none unless it is told to.",
  severity: "medium",
  level: "advisory",
  frameworks: [],
  remediationSteps:
    "Add an advanced event selector with `eventCategory` equal to `Data` and `resources.type` equal to `AWS::DynamoDB::Table`. Data events cost money: narrow them to the tables that matter.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html",
  configuration: {},
  check: (resource) => {
    const trail = trailOf(resource);
    if (!trail) return undefined;
    const { label, recordsTables, selectorProperties, ignored } = trail;
    const write = `add resources.type AWS::DynamoDB::Table to ${selectorProperties[1]}`;
    const verdict =
      recordsTables === undefined
        ? undecided(`${label}: whether it records data events of tables is not known before deployment, ${write}.`)
        : recordsTables
          ? compliant
          : violation(`${label} records no data events of DynamoDB tables: ${write}.`);
    return [verdict, ...unchanged(label, ignored(selectorProperties), "an existing trail")];
  },
});
