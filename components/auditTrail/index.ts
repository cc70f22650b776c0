import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkArrived } from "../arrived";
import { customerKey } from "../customerKey";
import { EvidencePolicy } from "../evidence";
import { homeRegion } from "../homeRegion";
import { Names } from "../naming";
import { type Place, placeOf, policyDocument } from "../policyDocument";
import { SecureBucket } from "../secureBucket";
import type { AuditTrailArgs, ExistingTrailArgs } from "./args";
import { bucketStatements, deliveryRoleStatements, keyStatements, type TrailPlace, trustStatements } from "./policies";
import { asAdopted, notesOf, planSelectors, selectionOf } from "./selectors";
import { allowsConfigDelivery, checkTableArn, retentionOf, validateAuditTrail } from "./validate";

export { type ObjectLockArgs, ObjectLockMode } from "../secureBucket";
export type { AuditTrailArgs, ExistingTrailArgs } from "./args";
export { notesOf, sourcesOf } from "./selectors";
export { allowsConfigDelivery, validateAuditTrail } from "./validate";

/** Records who did what to the tables, as evidence in a bucket and as events in a log group. */
export class AuditTrail extends pulumi.ComponentResource {
  /** ARN of the trail; undefined where an adopted one was not named. */
  public readonly trailArn: pulumi.Output<string | undefined>;
  /** Log group that the trail delivers to. */
  public readonly logGroupName: pulumi.Output<string>;
  /** ARN of that log group, without the `:*` that some calls want. */
  public readonly logGroupArn: pulumi.Output<string>;
  /** Evidence bucket; undefined where a trail was adopted. */
  public readonly bucketName: pulumi.Output<string | undefined>;
  /** ARN of the evidence bucket; undefined where a trail was adopted. */
  public readonly bucketArn: pulumi.Output<string | undefined>;
  /** Key of bucket and log group; undefined where a trail was adopted. */
  public readonly keyArn: pulumi.Output<string | undefined>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args What to log and how long to keep it, or which trail to adopt.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: AuditTrailArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const names = new Names(name);
    validateAuditTrail(args, homeRegion(opts));
    // What is known about an adopted trail is an input: coverage and quotas are read from what is registered.
    super(
      "dynamodb-detective:index:AuditTrail",
      name,
      args.existing ? { existing: asAdopted(args.existing) } : {},
      opts,
    );
    const place = placeOf(this);
    for (const note of notesOf(args)) pulumi.log.warn(note, this);

    const trail = args.existing ? adopted(args.existing, place) : created(names, args, place, this);
    alarmOnSilence(names, args, trail.logGroupName, this);

    this.trailArn = trail.trailArn;
    this.logGroupName = trail.logGroupName;
    this.logGroupArn = trail.logGroupArn;
    this.bucketName = trail.bucketName;
    this.bucketArn = trail.bucketArn;
    this.keyArn = trail.keyArn;
    this.registerOutputs({
      trailArn: this.trailArn,
      logGroupName: this.logGroupName,
      logGroupArn: this.logGroupArn,
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      keyArn: this.keyArn,
    });
  }
}

type Trail = Pick<AuditTrail, "trailArn" | "logGroupName" | "logGroupArn" | "bucketName" | "bucketArn" | "keyArn">;

function adopted(existing: ExistingTrailArgs, place: pulumi.Output<Place>): Trail {
  const logGroupName = pulumi.output(existing.logGroupName);
  const none = pulumi.output(undefined);
  return {
    trailArn: pulumi.output(existing.trailArn),
    logGroupName,
    logGroupArn: pulumi
      .all([place, logGroupName])
      .apply(([at, group]) => `arn:${at.partition}:logs:${at.region}:${at.accountId}:log-group:${group}`),
    bucketName: none,
    bucketArn: none,
    keyArn: none,
  };
}

function created(names: Names, args: AuditTrailArgs, place: pulumi.Output<Place>, parent: AuditTrail): Trail {
  const { evidence = EvidencePolicy.Retain, tags } = args;
  const kept = { parent, retainOnDelete: evidence === EvidencePolicy.Retain };
  const configDelivery = allowsConfigDelivery(args);
  const trailName = names.physical("trail");
  // Random suffix by the provider: a log group that was retained never collides with that of a later deployment.
  const logGroupPrefix = names.physical("logGroupPrefix");
  const trailPlace = place.apply((at): TrailPlace => ({ ...at, trailName, logGroupPrefix }));

  const key = customerKey(
    names,
    {
      description: `Audit trail ${trailName}: evidence bucket and log group`,
      statements: pulumi
        .all([trailPlace, pulumi.all(args.keyReaderArns ?? [])])
        .apply(([at, readerArns]) => keyStatements(at, { readerArns, configDelivery })),
      aliasSuffix: "evidence",
      tags,
    },
    kept,
    { parent },
  );

  const bucket = new SecureBucket(
    names.child("logs"),
    {
      purpose: "logs",
      kmsKeyArn: key.arn,
      ...retentionOf(args),
      accessLogs: true,
      statements: (arn) => trailPlace.apply((at) => bucketStatements(arn, at, { configDelivery })),
      tags,
    },
    { parent },
  );
  const logGroup = new aws.cloudwatch.LogGroup(
    names.child("log-group"),
    {
      namePrefix: logGroupPrefix,
      logGroupClass: "STANDARD", // others have no metric filters, and the class cannot be changed
      retentionInDays: args.logRetentionDays ?? 365,
      kmsKeyId: key.arn,
      tags,
    },
    kept,
  );

  const role = new aws.iam.Role(
    names.child("delivery-role"),
    {
      name: names.physical("role", "delivery"),
      description: `Delivers events of the trail ${trailName} to its log group`,
      assumeRolePolicy: policyDocument(trustStatements()),
      tags,
    },
    { parent },
  );
  const rolePolicy = new aws.iam.RolePolicy(
    names.child("delivery-policy"),
    {
      role: role.name,
      policy: pulumi
        .all([trailPlace, logGroup.name])
        .apply(([at, group]) => policyDocument(deliveryRoleStatements(at, group))),
    },
    { parent },
  );

  const trail = new aws.cloudtrail.Trail(
    names.child("trail"),
    {
      name: trailName,
      s3BucketName: bucket.bucketName,
      kmsKeyId: key.arn,
      cloudWatchLogsGroupArn: pulumi.interpolate`${logGroup.arn}:*`,
      cloudWatchLogsRoleArn: role.arn,
      isMultiRegionTrail: args.multiRegion ?? true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      advancedEventSelectors: selectorsOf(args, place, parent),
      tags,
    },
    // CloudTrail tries bucket and role before it creates the trail.
    { parent, dependsOn: [bucket.policy, rolePolicy] },
  );

  return {
    trailArn: trail.arn,
    logGroupName: logGroup.name,
    logGroupArn: logGroup.arn,
    bucketName: bucket.bucketName,
    bucketArn: bucket.bucketArn,
    keyArn: key.arn,
  };
}

/** Only ARNs are late where a table is made by the same program: a preview shows the rest. */
function selectorsOf(args: AuditTrailArgs, place: pulumi.Output<Place>, parent: AuditTrail) {
  const { tableArns, ...selection } = selectionOf(args, args.tableArns);
  const arrived = tableArns?.map((written) =>
    pulumi
      .all([written, place])
      .apply(([arn, { region }]) =>
        checkArrived(parent, () => checkTableArn(args, args.tableArns!.indexOf(written), arn, region)),
      ),
  );
  return planSelectors(
    { ...selection, tableArns: arrived },
    (tableArn, path) => pulumi.interpolate`${tableArn}${path}`,
  );
}

/** Who watches the watcher: no event for an hour means that delivery is broken, not that nothing happened. */
function alarmOnSilence(
  names: Names,
  args: AuditTrailArgs,
  logGroupName: pulumi.Output<string>,
  parent: AuditTrail,
): void {
  const { healthTopicArn, tags } = args;
  new aws.cloudwatch.MetricAlarm(
    names.child("log-group-silent"),
    {
      name: names.physical("alarm", "log-group-silent"),
      alarmDescription: pulumi.interpolate`Detectors are blind: no CloudTrail event has reached the log group ${logGroupName} for an hour. Check that the trail is logging (StopLogging, DeleteTrail, UpdateTrail), that its delivery role and key are intact, and that the log group still exists. Right after the first deployment this is expected once, until the first events arrive.`,
      namespace: "AWS/Logs",
      metricName: "IncomingLogEvents",
      dimensions: { LogGroupName: logGroupName },
      statistic: "Sum",
      period: 3600,
      evaluationPeriods: 1,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching", // a log group without events has no data at all
      alarmActions: healthTopicArn === undefined ? undefined : [healthTopicArn],
      okActions: healthTopicArn === undefined ? undefined : [healthTopicArn],
      tags,
    },
    { parent },
  );
}
