import type * as pulumi from "@pulumi/pulumi";
import type { EvidencePolicy } from "../evidence";

export interface AlertNotifierArgs {
  /** Topic that the alarms act on. */
  alarmTopicArn: pulumi.Input<string>;
  /** Topic that people and tools subscribe to. What the notifier fails to tell goes there too, as Lambda writes it. */
  alertTopicArn: pulumi.Input<string>;
  /** Topic that hears when the notifier itself fails. Default: its alarms show that in CloudWatch only. */
  healthTopicArn?: pulumi.Input<string>;
  /** Key of the alert topic. */
  alertKeyArn: pulumi.Input<string>;
  /** Queue for what topics and rules could not hand over; its policy must let them send. */
  deadLetterQueueArn: pulumi.Input<string>;
  /** Event bus that findings come from and that gets every alert. Default: none. */
  findingsBusArn?: pulumi.Input<string>;
  /** Name of that bus. Needed with `findingsBusArn`. */
  findingsBusName?: pulumi.Input<string>;

  /** Log group that the trail delivers to: the events of an alarm are looked up there, and the canary begins there. */
  logGroupName: pulumi.Input<string>;
  /** ARN of that log group, without `:*`. */
  logGroupArn: pulumi.Input<string>;

  /** Name of the table that remembers what was alerted, with keys `pk` and `sk`. */
  stateTableName: pulumi.Input<string>;
  /** ARN of that table. */
  stateTableArn: pulumi.Input<string>;
  /** Key of that table. */
  stateKeyArn: pulumi.Input<string>;

  /** The deployed detections as JSON: `deployedDetections` makes it. */
  detections: string;
  /** Import every alert into AWS Security Hub, which must be enabled in the account and Region. Default: false. */
  securityHub?: boolean;

  /** Concurrent executions kept for the function, which cannot have more. Default: none kept. */
  reservedConcurrency?: number;
  /** Trace the function with AWS X-Ray. Default: false. */
  tracing?: boolean;
  /** Days for which the function's log is kept; 0: for ever. Default: 365. */
  logRetentionDays?: number;
  /** What happens to key and log group when the stack is destroyed. Default: retain. */
  evidence?: EvidencePolicy;
  /** Tags for every resource. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
