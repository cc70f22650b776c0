import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { customerKey } from "../customerKey";
import { EvidencePolicy } from "../evidence";
import { homeRegion } from "../homeRegion";
import { lambdaFunction } from "../lambdaFunction";
import { Names } from "../naming";
import { placeOf, policyDocument } from "../policyDocument";
import { SecureBucket } from "../secureBucket";
import type { StreamMonitorArgs } from "./args";
import { registerDetectionAlarms } from "./detectionAlarms";
import { registerHealthAlarms } from "./healthAlarms";
import { ownFunction } from "./ownFunction";
import { keyStatements, streamStatements } from "./permissions";
import { functionName, planMonitor } from "./plan";
import { streamOf } from "./stream";

export { KeyDisplay, type StreamMonitorArgs, StreamStartingPosition } from "./args";
export { GuardedChange, type ItemDetectionSettingsArgs } from "./itemDetectionSettings";
export type { MonitoredTableArgs } from "./tables";

/**
 * Throws ArgumentError for arguments that cannot be deployed.
 *
 * @param region Region of the deployment, where it is known. A table of another one is an error.
 */
export function validateStreamMonitor(args: StreamMonitorArgs, region?: string): void {
  planMonitor(args, region);
}

/** Watches the item changes of tables through their streams. Records that cannot be processed are kept, not lost. */
export class StreamMonitor extends pulumi.ComponentResource {
  /** ARN of the function that gets the records. */
  public readonly functionArn: pulumi.Output<string>;
  /** Bucket of the records that could not be processed. */
  public readonly failureBucketName: pulumi.Output<string>;
  /** Key of the function's log group and of that bucket. */
  public readonly keyArn: pulumi.Output<string>;
  /** UUIDs of the event source mappings, by table name. */
  public readonly mappingIds: pulumi.Output<{ [table: string]: string }>;
  /**
   * Namespace of the metrics `ItemsInserted`, `ItemsModified`, `ItemsRemoved` and `ItemsExpired`, and of one for each
   * detection, named like its id. Dimension: `TableName`.
   * Undefined for a function of the caller's own.
   */
  public readonly metricNamespace: pulumi.Output<string | undefined>;
  /** ARNs of the alarms of detections, by detection id and table: `mass-item-deletes/orders`. */
  public readonly alarmArns: pulumi.Output<{ [detectionAndTable: string]: string }>;
  /** Log group with one line per item change. Undefined for a function of the caller's own. */
  public readonly logGroupName: pulumi.Output<string | undefined>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args Which tables to watch, and how.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: StreamMonitorArgs, opts?: pulumi.ComponentResourceOptions) {
    const names = new Names(name);
    const { tables, mapping, failureRetentionDays, notes } = planMonitor(args, homeRegion(opts));
    super("dynamodb-detective:index:StreamMonitor", name, {}, opts);
    for (const note of notes) pulumi.log.warn(note, this);
    const { evidence = EvidencePolicy.Retain, tags } = args;
    const inside = { parent: this };
    const kept = { parent: this, retainOnDelete: evidence === EvidencePolicy.Retain };
    const place = placeOf(this);

    const logGroupPrefix = names.physical("logGroupPrefix");
    const keyArn = pulumi.output(args.kmsKeyArn ?? ownKey());
    const failures = new SecureBucket(
      names.child("failures"),
      {
        purpose: "failed",
        kmsKeyArn: keyArn,
        evidence,
        expireAfterDays: failureRetentionDays,
        accessLogs: true, // the records hold whole items
        tags,
      },
      inside,
    );
    const watched = tables.map((planned) => ({ ...planned, stream: streamOf(planned.table, place, this) }));
    const streams = watched.map(({ stream }) => stream);
    const statements = pulumi
      .all([
        streams.map(({ arn }) => arn),
        streams.map((stream) => stream.keyArn),
        failures.bucketArn,
        keyArn,
        args.findingsBusArn ?? "",
        place,
      ])
      .apply(([streamArns, tableKeyArns, failureBucketArn, failureKeyArn, findingsBusArn, at]) =>
        streamStatements({ streamArns, tableKeyArns, failureBucketArn, failureKeyArn, findingsBusArn }, at),
      );

    const own =
      args.functionArn === undefined
        ? lambdaFunction(
            names,
            { ...ownFunction(names, args, watched), statements, keyArn, logGroupPrefix },
            inside,
            kept,
          )
        : undefined;
    const functionArn = own?.lambda.arn ?? pulumi.output(args.functionArn!);
    const policy =
      own?.policy ??
      new aws.iam.RolePolicy(
        names.child("policy"),
        { role: args.functionRoleName!, policy: statements.apply(policyDocument) },
        inside,
      );

    const mappings = streams.map(
      (stream) =>
        new aws.lambda.EventSourceMapping(
          // Named after its table, so that another order of the list changes nothing.
          names.child("mapping", stream.table),
          {
            eventSourceArn: stream.arn,
            functionName: functionArn,
            ...mapping,
            // S3 gets the records themselves; a queue or a topic would get their numbers only.
            destinationConfig: { onFailure: { destinationArn: failures.bucketArn } },
            tags,
          },
          { parent: this, dependsOn: [policy, failures.policy] },
        ),
    );
    registerHealthAlarms(
      names,
      {
        functionName: own?.lambda.name ?? functionArn.apply((arn) => functionName(arn) ?? arn),
        mappings: mappings.map(({ uuid }, i) => ({ table: streams[i]!.table, uuid })),
        failureBucketName: failures.bucketName,
        healthTopicArn: args.healthTopicArn,
        tags,
      },
      inside,
    );

    this.alarmArns = registerDetectionAlarms(names, own ? watched : [], place, args, inside);
    this.functionArn = functionArn;
    this.failureBucketName = failures.bucketName;
    this.keyArn = keyArn;
    this.mappingIds = pulumi.output(Object.fromEntries(mappings.map(({ uuid }, i) => [streams[i]!.table, uuid])));
    this.metricNamespace = pulumi.output(own && names.metricNamespace());
    this.logGroupName = pulumi.output(own?.logGroup.name);
    this.registerOutputs({
      functionArn: this.functionArn,
      failureBucketName: this.failureBucketName,
      keyArn: this.keyArn,
      mappingIds: this.mappingIds,
      metricNamespace: this.metricNamespace,
      alarmArns: this.alarmArns,
      logGroupName: this.logGroupName,
    });

    function ownKey(): pulumi.Output<string> {
      return customerKey(
        names,
        {
          description: `Stream monitor ${name}: log group and records that could not be processed`,
          statements: place.apply((at) => keyStatements(logGroupPrefix, at)),
          aliasSuffix: "items",
          tags,
        },
        kept,
        inside,
      ).arn;
    }
  }
}
