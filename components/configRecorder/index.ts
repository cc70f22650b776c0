import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";
import { Names } from "../naming";
import { type Place, placeOf } from "../policyDocument";
import { SecureBucket } from "../secureBucket";
import type { ConfigRecorderArgs } from "./args";
import { configBucketUse } from "./delivery";
import { planRecording } from "./plan";

export { type ConfigRecorderArgs, RecordingFrequency } from "./args";

/** Throws ArgumentError for arguments that cannot be deployed. */
export function validateConfigRecorder(args: ConfigRecorderArgs): void {
  const { existingRecorderName, bucketName, evidence } = args;
  if (existingRecorderName !== undefined) {
    if (existingRecorderName === "") {
      throw new ArgumentError("existingRecorderName", "is empty. Write the recorder's name, or leave it out.");
    }
    const { existingRecorderName: _, tags: __, ...others } = args;
    const other = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
    if (other) {
      throw new ArgumentError(other, "changes nothing about a recorder that exists already. Leave out one of the two.");
    }
  }
  if (bucketName !== undefined && evidence !== undefined) {
    throw new ArgumentError(
      "evidence",
      "is about the bucket that is created without bucketName. Leave out one of the two.",
    );
  }
  if (typeof args.keyArn === "string") readArn("keyArn", arns.key, args.keyArn);
  planRecording(args);
}

/** Records the configuration of tables with AWS Config. One per account and Region. */
export class ConfigRecorder extends pulumi.ComponentResource {
  /** Name of the recorder, known once it records: a rule that takes it waits for that. */
  public readonly recorderName: pulumi.Output<string>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args What to record and where to deliver.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: ConfigRecorderArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const names = new Names(name);
    validateConfigRecorder(args);
    const { existingRecorderName } = args;
    // Which recorder was adopted is an input: coverage is read from what is registered.
    const adopted = existingRecorderName === undefined ? {} : { existingRecorderName };
    super("dynamodb-detective:index:ConfigRecorder", name, adopted, opts);
    this.recorderName =
      existingRecorderName === undefined ? this.record(names, args) : pulumi.output(existingRecorderName);
    this.registerOutputs({ recorderName: this.recorderName });
  }

  private record(names: Names, args: ConfigRecorderArgs): pulumi.Output<string> {
    const place = placeOf(this);
    const recorder = new aws.cfg.Recorder(
      names.child("recorder"),
      {
        name: names.physical("configName", "recorder"),
        roleArn: this.roleArn(names, args, place),
        ...planRecording(args),
      },
      { parent: this },
    );
    const own = args.bucketName === undefined ? this.bucket(names, args, place) : undefined;
    // A channel needs a recorder, and a recorder starts only with a channel (AWS Config API Reference,
    // PutDeliveryChannel and StartConfigurationRecorder). Destroyed in the opposite order, as AWS requires.
    const channel = new aws.cfg.DeliveryChannel(
      names.child("channel"),
      {
        name: names.physical("configName", "channel"),
        s3BucketName: own?.bucketName ?? args.bucketName!,
        s3KmsKeyArn: args.keyArn,
      },
      { parent: this, dependsOn: own ? [recorder, own.policy] : [recorder] },
    );
    const status = new aws.cfg.RecorderStatus(
      names.child("status"),
      { name: recorder.name, isEnabled: true },
      { parent: this, dependsOn: [channel] },
    );
    return status.name;
  }

  private roleArn(names: Names, args: ConfigRecorderArgs, place: pulumi.Output<Place>): pulumi.Output<string> {
    if (!args.createServiceLinkedRole) {
      const path = "role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";
      return place.apply(({ partition, accountId }) => `arn:${partition}:iam::${accountId}:${path}`);
    }
    pulumi.log.info(
      "The role AWSServiceRoleForConfig stays in the account from its creation on, also when this stack is destroyed. Leave " +
        "the setting that creates it out of later deployments: AWS refuses to create it a second time.",
      this,
    );
    return new aws.iam.ServiceLinkedRole(
      names.child("role"),
      { awsServiceName: "config.amazonaws.com", tags: args.tags },
      { parent: this, retainOnDelete: true },
    ).arn;
  }

  private bucket(names: Names, args: ConfigRecorderArgs, place: pulumi.Output<Place>): SecureBucket {
    return new SecureBucket(
      names.child("history"),
      {
        purpose: "config",
        kmsKeyArn: args.keyArn,
        evidence: args.evidence,
        statements: (bucketArn) => place.apply((known) => configBucketUse(bucketArn, known)),
        tags: args.tags,
      },
      { parent: this },
    );
  }
}
