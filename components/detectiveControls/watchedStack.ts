import type * as pulumi from "@pulumi/pulumi";
import type { AuditTrailArgs } from "../auditTrail";
import type { WatchedStackArgs } from "../configRules";
import { Names } from "../naming";

/** What the stack has made, and AWS Config rules watch. */
export interface MadeStack {
  trailArn: pulumi.Input<string>;
  bucketName: pulumi.Input<string>;
  logGroupName: pulumi.Input<string>;
  /** As CloudTrail has it. */
  logGroupArn: pulumi.Input<string>;
  trailKeyArn: pulumi.Input<string>;
  /** Keys of the parts other than the trail. */
  keyArns: pulumi.Input<string>[];
  topicArns: pulumi.Input<string>[];
  /** Functions of the stack's own. */
  functionArns: pulumi.Input<string>[];
}

/** Stands for the stack where only what there will be counts. */
export const notMadeYet: MadeStack = {
  trailArn: "",
  bucketName: "",
  logGroupName: "",
  logGroupArn: "",
  trailKeyArn: "",
  keyArns: [""],
  topicArns: [""],
  functionArns: [],
};

/** What is watched of the stack. An adopted trail is watched where its ARN is known; its bucket and key are another's. */
export function watchedStack({ existing }: AuditTrailArgs, names: Names, made: MadeStack): WatchedStackArgs {
  const { logGroupName, logGroupArn, keyArns, topicArns, functionArns } = made;
  const parts = ["alerts", "trail", "detections", "detector", "notifier", "streams", "rules"];
  const alarmNamePrefixes = parts.map((part) => new Names(names.child(part)).alarmPrefix());
  const common = { logGroupName, logGroupArn, topicArns, functionArns, alarmNamePrefixes };
  if (existing) return { ...common, trailArn: existing.trailArn, keyArns };
  const { trailArn, bucketName, trailKeyArn } = made;
  return { ...common, trailArn, trailBucketName: bucketName, keyArns: [trailKeyArn, ...keyArns] };
}
