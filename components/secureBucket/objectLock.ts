/** How firmly S3 Object Lock holds an object (Amazon S3 User Guide, "S3 Object Lock"). */
export enum ObjectLockMode {
  /** A principal with `s3:BypassGovernanceRetention` can still delete. */
  Governance = "governance",
  /** Nobody can delete before the time is over, not even the root user; nor can the time be shortened. */
  Compliance = "compliance",
}

export interface ObjectLockArgs {
  /** `governance` can be lifted by a privileged principal, `compliance` by nobody. */
  mode: ObjectLockMode;
  /** Days for which a new object cannot be deleted, at least 1. */
  days: number;
}
