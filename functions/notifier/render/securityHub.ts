import type { AwsSecurityFinding, BatchUpdateFindingsCommandInput, Resource } from "@aws-sdk/client-securityhub";
import type { Alert } from "../alert";
import type { Place } from "../links";
import { oneLine, shortened } from "./oneLine";
import { callsOf, circumstances } from "./who";

/** Longest texts and lists of the AWS Security Finding Format (Security Hub partner guide, "Guidelines for mapping findings"; user guide, "Resources"). */
const longest = { title: 256, description: 1024, recommendation: 512, fieldValue: 1024 };
const mostResources = 32;

/** ATT&CK tactics as the format's types name them (Security Hub user guide, "Types taxonomy for ASFF"). */
const typeOf: Record<string, string> = {
  TA0001: "TTPs/Initial Access",
  TA0002: "TTPs/Execution",
  TA0003: "TTPs/Persistence",
  TA0004: "TTPs/Privilege Escalation",
  TA0005: "TTPs/Defense Evasion",
  TA0006: "TTPs/Credential Access",
  TA0007: "TTPs/Discovery",
  TA0008: "TTPs/Lateral Movement",
  TA0009: "TTPs/Collection",
  TA0010: "Effects/Data Exfiltration",
  TA0011: "TTPs/Command and Control",
  TA0040: "Effects/Data Destruction",
};

/** The alert as a finding of AWS Security Hub. The same id again updates the finding. */
export function securityHubFinding(alert: Alert, place: Place, now = new Date()): AwsSecurityFinding {
  const { account } = place;
  const types = [...new Set((alert.attack.match(/TA\d{4}/g) ?? []).flatMap((tactic) => typeOf[tactic] ?? []))];
  const label = alert.severity === "info" ? "INFORMATIONAL" : alert.severity.toUpperCase();
  const recommendation = shortened(alert.response.join(" "), longest.recommendation);
  return {
    SchemaVersion: "2018-10-08",
    Id: oneLine(alert.id, 512),
    ProductArn: productArn(place),
    ProductName: "dynamodb-detective",
    GeneratorId: `dynamodb-detective/${oneLine(alert.detection, 200)}`,
    // A finding belongs to the account that imports it.
    AwsAccountId: account,
    CreatedAt: instant(alert.time, now),
    UpdatedAt: now.toISOString(),
    Title: oneLine(alert.title, longest.title),
    Description:
      oneLine([alert.summary, alert.note, alert.impact].filter(Boolean).join(" "), longest.description) || "-",
    Types: types.length > 0 ? types : ["Unusual Behaviors"],
    Severity: { Label: label as "HIGH" },
    Resources: resourcesOf(alert, place),
    RecordState: "ACTIVE",
    ...(recommendation !== "" && {
      Remediation: {
        Recommendation: { Text: recommendation, ...(alert.runbook.startsWith("https://") && { Url: alert.runbook }) },
      },
    }),
    ProductFields: fieldsOf(alert),
  };
}

/** The account's own product, under which it may import findings. */
export const productArn = ({ partition, region, account }: Place): string =>
  `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;

/**
 * What is said of findings whose alarm is over. Those of high and critical severity stay open: that no further event came
 * undoes nothing, and a person closes them.
 */
export function endOf(alert: Alert, findings: readonly string[], place: Place): BatchUpdateFindingsCommandInput {
  return {
    FindingIdentifiers: findings.map((id) => ({ Id: oneLine(id, 512), ProductArn: productArn(place) })),
    Note: { Text: oneLine(alert.summary, 512) || "The alarm is over.", UpdatedBy: "dynamodb-detective" },
    ...(alert.severity !== "high" && alert.severity !== "critical" && { Workflow: { Status: "RESOLVED" } }),
  };
}

function resourcesOf({ tables, account, region }: Alert, place: Place): Resource[] {
  const of = { Partition: place.partition as "aws", Region: oneLine(region, 30) || place.region };
  const inAccount = /^\d{12}$/.test(account) ? account : place.account;
  // Only a name that a table can have makes an ARN.
  const names = tables.filter((name) => /^[A-Za-z0-9_.-]{1,255}$/.test(name)).slice(0, mostResources);
  if (names.length === 0) return [{ Type: "AwsAccount", Id: `AWS::::Account:${inAccount}`, ...of }];
  return names.map((name) => ({
    Type: "AwsDynamoDbTable",
    Id: `arn:${place.partition}:dynamodb:${of.Region}:${inAccount}:table/${name}`,
    ...of,
  }));
}

/** At most 50 fields of text. */
function fieldsOf(alert: Alert): Record<string, string> {
  const [actor] = alert.actors;
  const fields: Record<string, string> = {
    "dynamodb-detective/Detection": alert.detection,
    "dynamodb-detective/Attack": alert.attack,
    "dynamodb-detective/Count": String(alert.count),
    "dynamodb-detective/Events": alert.events.map(({ id }) => id).join(" "),
    "dynamodb-detective/Calls": callsOf(alert)
      .map(({ name, times }) => `${name} x${times}`)
      .join(", "),
    "dynamodb-detective/Actors": alert.actors.map(({ principal }) => principal).join(" "),
    "dynamodb-detective/Circumstances": actor ? circumstances(actor) : "",
    "dynamodb-detective/Alarm": alert.alarm ?? "",
  };
  return Object.fromEntries(
    Object.entries(fields)
      .map(([key, value]) => [key, oneLine(value, longest.fieldValue - 1)] as const)
      .filter(([, value]) => value !== ""),
  );
}

function instant(time: string, otherwise: Date): string {
  const at = Date.parse(time);
  return (Number.isNaN(at) ? otherwise : new Date(at)).toISOString();
}
