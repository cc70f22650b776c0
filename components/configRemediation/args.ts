import type * as pulumi from "@pulumi/pulumi";

/** How a table that fails a rule is mended, without naming rule and action. */
export interface RemediationSettingsArgs {
  /**
   * Mend without being asked, whenever a table fails. What is changed so is not what the table's own program says: see
   * "Remediation and Pulumi" in docs/compliance.md. Default: false, somebody starts it in AWS Config.
   */
  automatic?: boolean;
  /** Failed attempts on one table after which AWS Config gives up, 1 to 25; only with `automatic`. Default: 3. */
  maximumAutomaticAttempts?: number;
  /** Seconds within which these attempts are made, 1 to 2,678,000; only with `automatic`. Default: 600. */
  retryAttemptSeconds?: number;
  /** Share of the failing tables that are mended at the same time, 1 to 100 percent. Default: 10. */
  concurrentExecutionPercentage?: number;
  /** Share of failed attempts at which the whole stops, 1 to 100 percent. Default: 10. */
  errorPercentage?: number;
  /** Names of the tables that may be changed. Default: every table of the Region. */
  tableNames?: string[];
  /** ARN of the customer managed key that a table gets; needed for `encryption`, and only there. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Tags that a table gets where it lacks their keys; needed for `tags`, and only there. Tags that it has are never changed. */
  missingTags?: { [key: string]: string };
}

export interface ConfigRemediationArgs extends RemediationSettingsArgs {
  /** What is done: `point-in-time-recovery`, `encryption`, `deletion-protection` or `tags`. */
  action: string;
  /** Names of the Config rules that tables fail, by a key for the logical names. */
  configRuleNames: { [key: string]: pulumi.Input<string> };
  /** Tags for role and document. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
