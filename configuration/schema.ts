import { z } from "zod";
import { email } from "../components/alertChannel/email";
import { type ArnShape, arns } from "../components/arns";
import { EvidencePolicy } from "../components/evidence";
import { ObjectLockMode } from "../components/secureBucket/objectLock";
import { KeyDisplay } from "../components/streamMonitor/args";
import { DetectionProfile } from "../detections/profile";

/**
 * The configuration keys of the program, in the order of the reference page that is generated from them. Scalar keys
 * are declared in Pulumi.yaml too, where `pulumi config` checks them; a test holds the two together.
 */

const arnOf = ({ pattern, what, example }: ArnShape) =>
  z.string().regex(pattern, `the ARN of ${what}, for example ${example}`);
const principals = z.array(arnOf(arns.principals));
const emails = z.array(z.string().regex(email.pattern, `an e-mail address, for example ${email.example}`));
const days = z.int().min(1);
const daysOrNever = z.int().min(0);

const detectionSettings = z.strictObject({
  enabled: z.boolean().optional().describe("Deploy this detection, whatever the profile."),
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

const monitoredTable = z.strictObject({
  name: z.string().min(1).optional().describe("Name of the table among the outputs. Default: from the ARN."),
  streamArn: arnOf(arns.stream).optional().describe("ARN of the table's stream. Give this or `tableArn`."),
  tableArn: arnOf(arns.table).optional().describe("ARN of the table; its stream is looked up."),
  keyArn: arnOf(arns.key).optional().describe("Customer managed key of the table, if it has one."),
});

export const configurationSchema = z.strictObject({
  emails: emails.optional().describe("Addresses that get alerts. Each must confirm AWS's message once."),
  healthEmails: emails
    .optional()
    .describe("Addresses that hear of failures of the detectors themselves. Default: `emails`."),
  workloadPrincipals: principals
    .optional()
    .describe(
      "Principals that applications use; their item-level calls do not count. Until it is set, item-level detections have severity low.",
    ),
  profile: z
    .enum(DetectionProfile)
    .default(DetectionProfile.Essential)
    .describe(
      "How many detections are deployed: `published` (the ten published alerts), `essential` (what every account should hear of, those ten among it) or `full`.",
    ),
  tableKeyArns: z
    .array(arnOf(arns.key))
    .optional()
    .describe(
      "Keys that encrypt tables. Detections of keys then count these alone; until it is set, some of them have severity low.",
    ),
  decoyTableArns: z
    .array(arnOf(arns.table))
    .optional()
    .describe("Tables that nobody has a reason to touch: any call on their items alerts."),
  trustedAccounts: z
    .array(z.string().regex(/^\d{12}$/, "the id of an account: 12 digits, in quotation marks"))
    .optional()
    .describe("Ids of other accounts that may use tables."),
  detections: z
    .record(z.string(), detectionSettings)
    .optional()
    .describe("Changes to single detections, by detection id."),
  cisFilters: z
    .boolean()
    .default(false)
    .describe(
      "Also register the literal metric filters that Security Hub's CloudWatch.1, .2, .5, .7 and .9 demand, each with an alarm of severity low: those controls fail where a filter is tuned.",
    ),
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
  disabledConfigRules: z.array(z.string()).optional().describe("AWS Config rules to leave out."),
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
