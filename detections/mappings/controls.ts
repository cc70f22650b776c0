/** A control of AWS Security Hub that asks for a metric filter and an alarm, and what it derives from. */
export interface FilterControl {
  id: string;
  title: string;
  /** Recommendations of the CIS AWS Foundations Benchmark, with their version. */
  cis: readonly string[];
  /**
   * The pattern that the control demands to the letter: "This control fails if the exact metric filters prescribed by CIS are
   * not used" (AWS Security Hub user guide, "Amazon CloudWatch controls").
   */
  pattern: string;
}

/** Those of Security Hub's CloudWatch controls that bear on tables, their keys and what watches them. */
export const filterControls = [
  {
    id: "CloudWatch.1",
    title: "Usage of the root user",
    cis: ["1.2.0/1.1", "1.2.0/3.3", "1.4.0/1.7", "1.4.0/4.3"],
    pattern: '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
  },
  {
    id: "CloudWatch.2",
    title: "Unauthorized API calls",
    cis: ["1.2.0/3.1"],
    pattern: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
  },
  {
    id: "CloudWatch.5",
    title: "CloudTrail configuration changes",
    cis: ["1.2.0/3.5", "1.4.0/4.5"],
    pattern:
      "{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}",
  },
  {
    id: "CloudWatch.7",
    title: "Disabling or scheduled deletion of customer managed keys",
    cis: ["1.2.0/3.7", "1.4.0/4.7"],
    pattern: "{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}",
  },
  {
    id: "CloudWatch.9",
    title: "AWS Config configuration changes",
    cis: ["1.2.0/3.9", "1.4.0/4.9"],
    pattern:
      "{($.eventSource=config.amazonaws.com) && (($.eventName=StopConfigurationRecorder) || ($.eventName=DeleteDeliveryChannel) || ($.eventName=PutDeliveryChannel) || ($.eventName=PutConfigurationRecorder))}",
  },
] as const satisfies readonly FilterControl[];

export type SecurityHubControl = (typeof filterControls)[number]["id"];
