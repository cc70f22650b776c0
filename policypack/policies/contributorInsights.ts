import { names, type StackTable } from "../stackLinks";
import { stackPolicy } from "../stackPolicy";
import { known, read, string } from "../table/reading";
import { compliant, judge, undecided, type Verdict, violation } from "../verdict";

const insightsType = "aws:dynamodb/contributorInsights:ContributorInsights";

export const contributorInsights = stackPolicy({
  name: "dynamodb-contributor-insights",
  description: "Checks whether certain DynamoDB tables have CloudWatch Contributor Insights.",
  why: "It shows which keys are read and written most: what a scan, a loop or one greedy customer looks like while it lasts.",
  severity: "low",
  level: "advisory",
  frameworks: [],
  remediationSteps:
    "Add an `aws.dynamodb.ContributorInsights` with the table's name, in the same program. It costs money for each event.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/contributorinsights.html",
  tables: "Tables that must have Contributor Insights",
  check: (table, resources) => {
    const { view } = table;
    const written = view.copies.filter(({ contributorInsights }) => contributorInsights);
    if (written.length > 0) {
      return written.map(({ label, contributorInsights }) =>
        judge(contributorInsights!, {
          label,
          accepts: (enabled) => enabled,
          otherwise: "has no Contributor Insights",
          write: contributorInsights!.write(true),
        }),
      );
    }
    const beside = resources.filter(({ type }) => type === insightsType);
    return [
      besideTable(
        table,
        beside.filter(isOfTable).map((other) => names(other, "tableName", table)),
      ),
    ];
  },
});

/** Insights of an index are not those of its table. */
const isOfTable = ({ props }: { props: object }): boolean => read(known(props), "indexName", string).state === "absent";

function besideTable({ view: { label } }: StackTable, answers: readonly (boolean | undefined)[]): Verdict {
  if (answers.includes(true)) return compliant;
  const write = "add an aws.dynamodb.ContributorInsights with its name";
  return answers.includes(undefined)
    ? undecided(
        `${label}: whether a ContributorInsights of this stack is its is not known before deployment, ${write}.`,
      )
    : violation(`${label} has no Contributor Insights: ${write}.`);
}
