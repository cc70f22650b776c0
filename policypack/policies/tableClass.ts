import { tablePolicy } from "../tablePolicy";
import { judge } from "../verdict";

const tableClasses = ["STANDARD", "STANDARD_INFREQUENT_ACCESS"] as const;

interface TableClassConfiguration {
  allowedClasses: readonly string[];
}

export const tableClass = tablePolicy<TableClassConfiguration>({
  name: "dynamodb-table-class",
  description: "Checks whether DynamoDB tables have an allowed table class.",
  why: "The class decides what storage and requests cost, and can be changed twice in thirty days only.",
  severity: "low",
  level: "advisory",
  frameworks: [],
  remediationSteps: "Set `tableClass` to an allowed class. The change is made in place, twice in thirty days at most.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.TableClasses.html",
  configuration: {
    allowedClasses: {
      type: "array",
      items: { type: "string", enum: tableClasses },
      default: [...tableClasses],
      description: "Table classes that pass. Default: both, and the policy says nothing.",
    },
  },
  applies: ({ allowedClasses }) => allowedClasses.length < tableClasses.length,
  properties: ({ tableClass: setting }) => (setting ? [setting.property] : []),
  check: ({ label, tableClass: setting }, { allowedClasses }) =>
    setting
      ? [
          judge(setting, {
            label,
            accepts: (name) => allowedClasses.includes(name),
            otherwise: "has a table class that is not allowed",
            write: allowedClasses.map((name) => setting.write(name)).join(" or "),
          }),
        ]
      : [],
});
