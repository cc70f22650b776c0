import { type FrameworkRow, frameworkCoverage, wholeCatalog } from "../../coverage";
import { catalog, type Detection, isStateful } from "../../detections";

/** The page of what the catalog covers, with everything switched on, and what is left out. */
export function coverageReference(): string {
  const coverage = frameworkCoverage(wholeCatalog());
  const { documented, observed, inferred } = coverage.evidence;
  return [
    "# Coverage",
    "",
    "Generated from `detections/` and `coverage/` by `npm run docs`. It shows what there is with everything switched on: all",
    "detections, decoy tables, `cisFilters`, a monitored stream and AWS Config. `dynamodb-detective coverage` prints the same for a",
    "configuration or a deployed stack.",
    "",
    "- `OK`: covered. `PARTIAL`: in part, and the note says what is missing. `N/A`: not covered, and the note says why.",
    "- What each detection cannot see is on its page.",
    "",
    "## Detections",
    "",
    `${catalog.length} detections. The shapes of the events that they read: ${documented} documented by AWS, ${observed} observed in published`,
    `events, ${inferred} inferred from the API.`,
    "",
    "| detection | severity | reads | by | evidence |",
    "|---|---|---|---|---|",
    ...catalog.map(
      (detection) =>
        `| [${detection.id}](detections/${detection.id}.md) | ${detection.severity} | ${detection.source} | ${mechanismOf(detection)} | ${detection.evidence} |`,
    ),
    "",
    ...section("AWS practices", 'AWS: "Detective security best practices for DynamoDB".', coverage.practices),
    ...section("Published alerts", "The ten alerts of a vendor's extension for DynamoDB.", coverage.publishedAlerts),
    ...section(
      "ATT&CK techniques",
      "ATT&CK for Enterprise, with the version of each id. [attack-navigator.json](attack-navigator.json) is the same as a layer of the ATT&CK Navigator.",
      coverage.attack,
    ),
    ...section(
      "CIS AWS Foundations Benchmark",
      "Recommendations on metric filters that bear on tables, their keys and what watches them.",
      coverage.cis,
    ),
    ...section("AWS Security Hub", "Controls on metric filters, and on the settings of tables.", coverage.securityHub),
    ...section(
      "Known behaviours",
      "What published rules, attack write-ups and gaps between them name as worth detecting on DynamoDB, with what is left out.",
      coverage.survey,
    ),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function mechanismOf(detection: Detection): string {
  if (isStateful(detection)) return `detector function (${detection.stateful!.kind})`;
  return detection.alarm.per ? "metric filters with dimensions" : "metric filter";
}

function section(title: string, about: string, rows: readonly FrameworkRow[]): string[] {
  return [
    `## ${title}`,
    "",
    about,
    "",
    "| | | status | by | note |",
    "|---|---|---|---|---|",
    ...rows.map(
      ({ id, title: what, status, by, note }) =>
        `| ${cell(id)} | ${cell(what)} | ${status} | ${by.map(linked).join(", ")} | ${cell(note ?? "")} |`,
    ),
    "",
  ];
}

const ids = new Set(catalog.map(({ id }) => id));
const linked = (name: string): string => (ids.has(name) ? `[${name}](detections/${name}.md)` : `\`${name}\``);
const cell = (text: string): string => text.replaceAll("|", "\\|");
