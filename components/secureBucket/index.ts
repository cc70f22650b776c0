import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EvidencePolicy } from "../evidence";
import { Names } from "../naming";
import { type PolicyStatement, placeOf, policyDocument } from "../policyDocument";
import type { ObjectLockArgs } from "./objectLock";
import { accessLogStatements, bucketStatements, lifecycleRule, validateRetention } from "./plan";

export { type ObjectLockArgs, ObjectLockMode } from "./objectLock";

/** Internal: other components give these, users do not. So a callback is allowed. */
export interface SecureBucketArgs {
  /** What is kept, for example `logs`: the last part of the physical name before the provider's suffix. */
  purpose: string;
  /** Customer managed key for new objects. Default: SSE-S3. */
  kmsKeyArn?: pulumi.Input<string>;
  /** What happens to the bucket when the stack is destroyed. Default: retain. */
  evidence?: EvidencePolicy;
  /** Days after which objects move to archive storage; 0: never. Default: 0. */
  archiveAfterDays?: number;
  /** Days after which objects are deleted; 0: never. Default: 0. */
  expireAfterDays?: number;
  /** S3 Object Lock with this default retention. Default: none. */
  objectLock?: ObjectLockArgs;
  /** Keep the bucket's access logs in a second bucket beside it. Default: false. */
  accessLogs?: boolean;
  /** What the policy allows, given the bucket's ARN. TLS is required in any case. Default: nothing. */
  statements?: (bucketArn: string) => pulumi.Input<PolicyStatement[]>;
  /** Tags for the bucket. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** A private, versioned and encrypted bucket whose policy requires TLS. */
export class SecureBucket extends pulumi.ComponentResource {
  /** Name with the provider's random suffix. */
  public readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket, without `/*`. */
  public readonly bucketArn: pulumi.Output<string>;
  /** For `dependsOn`: who delivers into the bucket waits for its policy. */
  public readonly policy: aws.s3.BucketPolicy;

  /**
   * @param name Logical name.
   * @param args What is kept, how long, and who may deliver.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: SecureBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    const names = new Names(name);
    validateRetention(args);
    super("dynamodb-detective:index:SecureBucket", name, {}, opts);
    const { kmsKeyArn, objectLock, evidence = EvidencePolicy.Retain } = args;
    // Versioning, encryption, policy and the rest share the bucket's fate: deleting one would weaken a kept bucket.
    const kept = { parent: this, retainOnDelete: evidence === EvidencePolicy.Retain };

    const resource = new aws.s3.Bucket(
      names.child("bucket"),
      {
        // A random suffix: what was retained never collides with what a later deployment makes.
        bucketPrefix: ownerNames(name, args.purpose).physical("bucketPrefix", args.purpose),
        forceDestroy: evidence === EvidencePolicy.Delete,
        objectLockEnabled: objectLock ? true : undefined, // possible at creation only
        tags: args.tags,
      },
      kept,
    );
    const bucket = resource.bucket;

    const publicAccess = new aws.s3.BucketPublicAccessBlock(
      names.child("public-access"),
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      kept,
    );
    const ownership = new aws.s3.BucketOwnershipControls(
      names.child("ownership"),
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      // S3 refuses two such changes at a time (OperationAborted).
      { ...kept, dependsOn: [publicAccess] },
    );
    const versioning = new aws.s3.BucketVersioning(
      names.child("versioning"),
      { bucket, versioningConfiguration: { status: "Enabled" } },
      kept,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      names.child("encryption"),
      {
        bucket,
        rules: [
          kmsKeyArn === undefined
            ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
            : {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
                bucketKeyEnabled: true,
              },
        ],
      },
      kept,
    );
    new aws.s3.BucketLifecycleConfiguration(
      names.child("lifecycle"),
      { bucket, rules: [lifecycleRule(args)] },
      { ...kept, dependsOn: [versioning] }, // the rule speaks of versions
    );
    if (objectLock) {
      new aws.s3.BucketObjectLockConfiguration(
        names.child("object-lock"),
        { bucket, rule: { defaultRetention: { mode: objectLock.mode.toUpperCase(), days: objectLock.days } } },
        { ...kept, dependsOn: [versioning] },
      );
    }
    this.policy = new aws.s3.BucketPolicy(
      names.child("policy"),
      {
        bucket,
        policy: resource.arn.apply((arn) =>
          pulumi.output(args.statements?.(arn) ?? []).apply((more) => policyDocument(bucketStatements(arn, more))),
        ),
      },
      { ...kept, dependsOn: [publicAccess, ownership] },
    );
    if (args.accessLogs) this.keepAccessLogs(names, args, resource, kept);

    this.bucketName = bucket;
    this.bucketArn = resource.arn;
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn, policy: this.policy });
  }

  private keepAccessLogs(
    names: Names,
    { purpose, evidence, archiveAfterDays, expireAfterDays, tags }: SecureBucketArgs,
    source: aws.s3.Bucket,
    kept: pulumi.CustomResourceOptions,
  ): void {
    const place = placeOf(this);
    const logs = new SecureBucket(
      names.child("access"),
      {
        purpose: "access",
        // No customer managed key: S3 delivers access logs to buckets with SSE-S3 only. No Object Lock either
        // (Amazon S3 User Guide, "Enabling Amazon S3 server access logging").
        evidence,
        archiveAfterDays,
        expireAfterDays,
        statements: (arn) => pulumi.all([source.arn, place]).apply(([from, at]) => accessLogStatements(arn, from, at)),
        tags,
      },
      { parent: this },
    );
    new aws.s3.BucketLogging(
      names.child("access-logging"),
      { bucket: source.bucket, targetBucket: logs.bucketName, targetPrefix: `${purpose}/` },
      { ...kept, dependsOn: [logs.policy] },
    );
  }
}

/** Names of the component that owns the bucket: `trail-logs` for `logs` is named `…-trail-logs-…`, not `…-logs-logs-…`. */
function ownerNames(name: string, purpose: string): Names {
  return new Names(name.endsWith(`-${purpose}`) ? name.slice(0, -purpose.length - 1) : name);
}
