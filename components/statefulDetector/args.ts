import type * as pulumi from "@pulumi/pulumi";
import type { EvidencePolicy } from "../evidence";

export interface StatefulDetectorArgs {
  /** Log group that the trail delivers to. */
  logGroupName: pulumi.Input<string>;
  /** ARN of that log group, without `:*`. */
  logGroupArn: pulumi.Input<string>;
  /**
   * Get the events from EventBridge and not from the log group, where AWS's two subscription filters of a log group are
   * taken. EventBridge carries the events of its own Region only, and gives no guarantee that it delivers each. Default:
   * false.
   */
  eventBridge?: boolean;

  /** Name of the table in which the rules remember, with keys `pk` and `sk`. */
  stateTableName: pulumi.Input<string>;
  /** ARN of that table. */
  stateTableArn: pulumi.Input<string>;
  /** Key of that table. */
  stateKeyArn: pulumi.Input<string>;
  /**
   * Names of the roles whose own calls are left out, since they are made all day: those of the functions that use the
   * table. Default: the detector's own.
   */
  ownRoleNames?: string[];

  /** Namespace of the metrics, one for each detection: that of the alarms. */
  metricNamespace: string;
  /**
   * The detections with their patterns and rules, as JSON: `deployedDetections` makes it. Only those with a stateful rule
   * are used.
   */
  detections: string;
  /** Event bus that gets the findings. Default: none does, and the alarms alone tell. */
  findingsBusArn?: pulumi.Input<string>;
  /** MMDB file of countries by address. Default: the DB-IP database that this package brings. */
  countryDatabase?: string;

  /** Topic that hears when the detector itself fails. Default: its alarms show that in CloudWatch only. */
  healthTopicArn?: pulumi.Input<string>;
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
