import { z } from "zod";
import { email } from "../components/alertChannel/email";
import { type ArnShape, arns } from "../components/arns";
import { RecordingFrequency } from "../components/configRecorder/args";
import { EvaluationFrequency } from "../components/configRules/args";
import { EvidencePolicy } from "../components/evidence";
import { ObjectLockMode } from "../components/secureBucket/objectLock";
import { KeyDisplay } from "../components/streamMonitor/args";
import { GuardedChange } from "../components/streamMonitor/itemDetectionSettings";
import { severities } from "../detections";

/**
 * The configuration keys of the program, in the order of the reference page that is generated from them. Scalar keys
 * are declared in Pulumi.yaml too, where `pulumi config` checks them; a test holds the two together.
 */

const arnOf = ({ pattern, what, example }: ArnShape) =>
  z.string().regex(pattern, `the ARN of ${what}, for example ${example}`);
const principals = z.array(arnOf(arns.principals));
const emails = z.array(z.string().regex(email.pattern, `an e-mail address, for example ${email.example}`));
const severitiesOf = z.array(z.enum(severities)).min(1);
const days = z.int().min(1);
const daysOrNever = z.int().min(0);

const detectionSettings = z.strictObject({
  enabled: z.boolean().optional().describe("Deploy this detection."),
  threshold: z
    .int()
    .min(0)
    .optional()
    .describe(
      "Alert when more than this many events fall into one period. Stateful: more than this many different values, or at least this many events.",
    ),
  periodSeconds: z
    .int()
    .min(60)
    .max(604_800)
    .multipleOf(60)
    .optional()
    .describe("Length of the period in seconds, at most 86400; 604800 for the steps of a sequence."),
  rememberSeconds: z
    .int()
    .min(3600)
    .max(31_536_000)
    .optional()
    .describe("Seconds after which a value that was not seen again is new again. First-seen detections only."),
  learnSeconds: z
    .int()
    .min(0)
    .max(2_592_000)
    .optional()
    .describe("Seconds after the detector's first event in which nothing alerts. First-seen detections only."),
  factor: z
    .number()
    .gt(1)
    .max(1000)
    .optional()
    .describe("Alert at more than this many times the usual rate. Rate detections only."),
  ignorePrincipals: principals.optional().describe("Principals whose events do not count; `*` is allowed at the end."),
  onlyPrincipals: principals.optional().describe("The only principals whose events count."),
  ignoreSourceIps: z
    .array(z.string())
    .optional()
    .describe("Source addresses whose events do not count: an address, or a network of /8, /16 or /24."),
  ignoreVpcEndpoints: z.array(z.string()).optional().describe("VPC endpoint ids whose events do not count."),
  grouped: z
    .boolean()
    .optional()
    .describe("Count per principal and table; `false` counts for the whole account. Only where the catalog groups."),
});

const itemDetectionSettings = z.strictObject({
  enabled: z.boolean().optional().describe("Deploy this detection."),
  threshold: z.int().min(0).optional().describe("Alert when more than this many changes fall into one period."),
  periodSeconds: z.int().min(60).max(86_400).multipleOf(60).optional().describe("Length of the period in seconds."),
});

const monitoredTable = z.strictObject({
  name: z.string().min(1).optional().describe("Name of the table among the outputs. Default: from the ARN."),
  streamArn: arnOf(arns.stream).optional().describe("ARN of the table's stream. Give this or `tableArn`."),
  tableArn: arnOf(arns.table).optional().describe("ARN of the table; its stream is looked up."),
  keyArn: arnOf(arns.key).optional().describe("Customer managed key of the table, if it has one."),
  streamViewType: z
    .enum(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"])
    .optional()
    .describe("View type of the stream. Default: with `tableArn` it is looked up, otherwise it is not checked."),
  guardedAttributes: z
    .array(z.string().min(1))
    .optional()
    .describe("Attributes whose change is a finding: `status`, inside maps and lists `limits.daily`, `owners[0]`."),
  guardedChanges: z
    .array(z.enum(GuardedChange))
    .min(1)
    .optional()
    .describe("Kinds of changes that count for guarded attributes. Default: `MODIFY`."),
  confidential: z
    .boolean()
    .optional()
    .describe("Each change of the table is worth a finding. Default: what `tags` say, by `confidentialTags`."),
  tags: z.record(z.string(), z.string()).optional().describe("Tags of the table."),
  timeToLiveAttribute: z
    .string()
    .min(1)
    .optional()
    .describe("Attribute of time to live: an existing item that is given an early expiry is a finding."),
  detections: z
    .record(z.string(), itemDetectionSettings)
    .optional()
    .describe("Changes to detections of this table, by detection id."),
});

const recordingFrequency = z.enum(RecordingFrequency);
const percent = z.int().min(1).max(100);

const configRule = z.strictObject({
  enabled: z.boolean().optional().describe("Deploy the rule. To name a rule is to deploy it."),
  parameters: z
    .record(z.string(), z.coerce.string().regex(/^(?!\[object )/, "a text, a number, a boolean or a list"))
    .optional()
    .describe("Parameters, by AWS's names; docs/compliance.md lists them."),
  scope: z
    .strictObject({
      tables: z.array(z.string()).optional().describe("Names of tables: one rule for each. Only for rules on tables."),
      tagKey: z.string().optional().describe("Key of a tag that a resource must have to be judged."),
      tagValue: z.string().optional().describe("Value of that tag. Default: any."),
      regions: z.array(z.string()).optional().describe("Regions in which to deploy the rule. Default: each."),
    })
    .optional()
    .describe("What the rule judges; AWS gives periodic rules no scope but Regions."),
  frequency: z.enum(EvaluationFrequency).optional().describe("How often a periodic rule is evaluated. Default: daily."),
});

const remediation = z.strictObject({
  automatic: z
    .boolean()
    .optional()
    .describe("Mend without being asked; see docs/compliance.md for what that means for Pulumi. Default: `false`."),
  maximumAutomaticAttempts: z
    .int()
    .min(1)
    .max(25)
    .optional()
    .describe("Failed attempts after which it stops. Default: 3."),
  retryAttemptSeconds: z.int().min(1).max(2_678_000).optional().describe("Seconds for these attempts. Default: 600."),
  concurrentExecutionPercentage: percent.optional().describe("Share of tables mended at the same time. Default: 10."),
  errorPercentage: percent.optional().describe("Share of failed attempts at which the whole stops. Default: 10."),
  tableNames: z.array(z.string()).optional().describe("Tables that may be changed. Default: every one of the Region."),
  kmsKeyArn: arnOf(arns.key).optional().describe("Key that a table gets; for `dynamodb-table-encrypted-kms`."),
  missingTags: z
    .record(z.string(), z.string())
    .optional()
    .describe("Tags that a table gets where it lacks their keys; for `required-tags`."),
});

export const configurationSchema = z.strictObject({
  emails: emails.optional().describe("Addresses that get alerts. Each must confirm AWS's message once."),
  healthEmails: emails
    .optional()
    .describe("Addresses that hear of failures of the detectors themselves. Default: `emails`."),
  emailSeverities: severitiesOf.optional().describe("Severities of the alerts that `emails` get. Default: all."),
  slack: z
    .strictObject({
      teamId: z.string().describe("Id of the workspace, for example T07EA123LEP."),
      channelId: z.string().describe("Id of the channel, for example C07EZ1ABC23."),
    })
    .optional()
    .describe(
      "Slack channel that gets alerts and failures. Authorize the workspace once in the console of Amazon Q Developer in chat applications.",
    ),
  teams: z
    .strictObject({
      teamId: z.string().describe("Id of the team, a UUID."),
      tenantId: z.string().describe("Id of the tenant, a UUID."),
      channelId: z.string().describe("Id of the channel, for example 19:abc@thread.tacv2."),
    })
    .optional()
    .describe("Microsoft Teams channel that gets alerts and failures. Authorize the team once in the same console."),
  pagerDuty: z
    .strictObject({
      integrationKey: z
        .string()
        .describe(
          "Key of the service's Amazon CloudWatch integration. Set it with `pulumi config set --secret --path`.",
        ),
      serviceRegion: z
        .enum(["us", "eu"])
        .optional()
        .describe("Service region of the PagerDuty account. Default: `us`."),
      severities: severitiesOf.optional().describe("Severities that page. Default: `high` and `critical`."),
    })
    .optional()
    .describe("PagerDuty service that pages for severe alarms and for failures of the detectors."),
  sqs: z
    .strictObject({ severities: severitiesOf.optional().describe("Severities of the alerts in it. Default: all.") })
    .optional()
    .describe("Make an SQS queue of alerts as JSON, for a SIEM."),
  securityHub: z
    .boolean()
    .default(false)
    .describe("Import every alert into AWS Security Hub, which must be enabled in the account and Region."),
  eventBusArn: z
    .string()
    .regex(/^(arn:[a-z-]+:events:.+)?$/, "the ARN of an event bus, or empty")
    .default("")
    .describe("Event bus that gets alerts as events with detail type `DynamoDB Alert`. Empty: none."),
  notifier: z
    .boolean()
    .default(true)
    .describe(
      "Deploy the notifier, which tells who did what. Without it people get the alarms as CloudWatch writes them.",
    ),
  workloadPrincipals: principals
    .optional()
    .describe(
      "Principals that applications use; their item-level calls do not count. Until it is set, item-level detections have severity low.",
    ),
  detections: z
    .record(z.string(), detectionSettings)
    .optional()
    .describe("Changes to single detections, by detection id."),
  runbookUrl: z
    .string()
    .default("")
    .describe("Address under which the runbook pages are published; alarms link to it. Empty: alarms name the page."),

  tableArns: z
    .array(arnOf(arns.table))
    .optional()
    .describe("Tables whose data events are logged. Default: all tables of the account."),
  dataEvents: z.boolean().default(true).describe("Log item-level calls on tables (paid by AWS per event)."),
  streamDataEvents: z.boolean().default(true).describe("Log reads of table streams."),
  writeOnly: z
    .boolean()
    .default(false)
    .describe("Log only data events that write. Cheaper, but reads such as Scan are not seen."),
  managementEvents: z
    .boolean()
    .default(true)
    .describe("Log control-plane calls. The first copy in an account is free; a second one is not."),
  kmsEvents: z.boolean().default(true).describe("Keep AWS KMS events among the management events."),
  multiRegion: z.boolean().default(true).describe("Log all Regions, not only the home Region."),
  logRetentionDays: daysOrNever.default(365).describe("Days for which the log group keeps events. 0: for ever."),
  archiveAfterDays: daysOrNever.default(90).describe("Days after which evidence moves to archive storage. 0: never."),
  expireAfterDays: daysOrNever.default(0).describe("Days after which evidence is deleted. 0: never."),
  evidence: z
    .enum(EvidencePolicy)
    .default(EvidencePolicy.Retain)
    .describe("What happens to bucket, key and log group when the stack is destroyed."),
  objectLock: z
    .strictObject({
      mode: z
        .enum(ObjectLockMode)
        .describe("`governance` can be lifted by a privileged principal, `compliance` by nobody."),
      days: days.describe("Days for which evidence cannot be deleted."),
    })
    .optional()
    .describe("S3 Object Lock on the evidence bucket."),
  keyReaderArns: z.array(arnOf(arns.principal)).optional().describe("Principals that may decrypt the evidence."),
  existingTrail: z
    .strictObject({
      logGroupName: z.string().describe("Log group that the trail delivers to, of class STANDARD."),
      trailArn: arnOf(arns.trail).optional().describe("ARN of the trail."),
      managementEvents: z.boolean().optional().describe("The trail logs management events."),
      tableDataEvents: z.boolean().optional().describe("The trail logs data events of tables."),
      streamDataEvents: z.boolean().optional().describe("The trail logs data events of streams."),
      kmsEvents: z.boolean().optional().describe("The trail logs AWS KMS events."),
      metricFilterCount: z.int().min(0).optional().describe("Metric filters that the log group has already."),
      subscriptionFilterCount: z
        .int()
        .min(0)
        .optional()
        .describe("Subscription filters that the log group has already."),
      regexCount: z
        .int()
        .min(0)
        .optional()
        .describe("Regular expressions in the filters that the log group has already."),
    })
    .optional()
    .describe("Adopt a trail instead of creating one."),

  statefulDetector: z
    .boolean()
    .default(true)
    .describe("Deploy the function of the stateful detections: new countries, new principals, sequences, rates."),
  countryDatabase: z
    .string()
    .default("")
    .describe("Path of an MMDB file of countries by address. Empty: the DB-IP database that comes along."),

  streamMonitor: z
    .strictObject({
      tables: z.array(monitoredTable).min(1).describe("Tables whose item changes are watched through their streams."),
      keyDisplay: z
        .enum(KeyDisplay)
        .optional()
        .describe("How the built-in function logs primary keys. Default: `hashed`. Other values are never logged."),
      confidentialTags: z
        .record(z.string(), z.array(z.string()))
        .optional()
        .describe(
          "Tags that mark a table as confidential, values by key. Default: `Confidentiality` with `confidential`, `restricted` or `secret`.",
        ),
      functionArn: arnOf(arns.function).optional().describe("A function of your own instead of the built-in one."),
      functionRoleName: z.string().optional().describe("Role of that function, which gets the stream's permissions."),
    })
    .optional()
    .describe("Watch item changes through DynamoDB Streams."),

  config: z.boolean().default(true).describe("Record configuration with AWS Config and evaluate rules."),
  existingConfigRecorder: z
    .string()
    .default("")
    .describe("Name of the recorder that the account has already; AWS allows one per Region. Empty: create one."),
  createConfigServiceLinkedRole: z
    .boolean()
    .default(false)
    .describe(
      "Create AWS Config's service-linked role: once, in an account that never used AWS Config. The role stays when the stack is destroyed, and AWS refuses to create it twice: set this back to false after the first deployment.",
    ),
  configRecording: z
    .strictObject({
      resourceTypes: z
        .array(z.string())
        .optional()
        .describe("Types to record. Default: tables, and what is deployed here."),
      allResourceTypes: z.boolean().optional().describe("Record every type. Default: `false`."),
      globalResourceTypes: z.boolean().optional().describe("With `allResourceTypes`: IAM too. Default: `false`."),
      recordingFrequency: recordingFrequency
        .optional()
        .describe(
          "When changes are recorded. With `daily`, rules hear of a change up to a day late. Default: `continuous`.",
        ),
      recordingFrequencyOverrides: z
        .record(z.string(), recordingFrequency)
        .optional()
        .describe("Types that are recorded at the other frequency."),
      ownBucket: z
        .boolean()
        .optional()
        .describe("Deliver to a bucket of its own. Default: where the evidence bucket has Object Lock or is not ours."),
    })
    .optional()
    .describe("What AWS Config records, and where to."),
  configRules: z.record(z.string(), configRule).optional().describe("Changes to single AWS Config rules, by name."),
  disabledConfigRules: z
    .array(z.string())
    .optional()
    .describe("AWS Config rules to leave out; the same as `enabled: false` in `configRules`."),
  remediation: z
    .record(z.string(), remediation)
    .optional()
    .describe("What mends tables that fail an AWS Config rule, by rule. Default: nothing is changed by itself."),
  requiredTags: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe(
      "Tag keys that every table must have, with allowed values (empty: any). Default: Security, Confidentiality, Environment.",
    ),

  tags: z.record(z.string(), z.string()).optional().describe("Tags for every resource of the stack."),
});

export type Configuration = z.infer<typeof configurationSchema>;

/** A key of which `pulumi config` can check type and default by itself, as declared in Pulumi.yaml. */
export interface ScalarKey {
  key: string;
  type: "string" | "boolean" | "integer";
  default: string | boolean | number;
  description: string;
}

/** The keys to declare in Pulumi.yaml. Each has a default: Pulumi takes a declared key without one for a required key. */
export function scalarKeys(): ScalarKey[] {
  return Object.entries(configurationSchema.shape).flatMap(([key, schema]) => {
    const { type, default: fallback, description } = z.toJSONSchema(schema) as Partial<ScalarKey> & { type?: string };
    const scalar = type === "string" || type === "boolean" || type === "integer";
    return scalar ? [{ key, type, default: fallback!, description: description! }] : [];
  });
}

/** Keys whose values are text even where they look like a number. */
export const textKeys: ReadonlySet<string> = new Set(
  Object.entries(configurationSchema.shape).flatMap(([key, schema]) => {
    const inner = "unwrap" in schema && typeof schema.unwrap === "function" ? schema.unwrap() : schema;
    return inner.def.type === "string" || inner.def.type === "enum" ? [key] : [];
  }),
);
