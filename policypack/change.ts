/** An input of a Pulumi resource that a remediation sets. */
export interface Change {
  /** From the resource's arguments, for example `replicas[0].deletionProtectionEnabled`. */
  property: string;
  value: unknown;
}
