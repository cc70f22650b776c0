/** Why a finding is there, in one word. */
export type Reason =
  /** The emulator does not say what the check reads. */
  | "emulator"
  /** On purpose; the text says why. */
  | "intended"
  /** A setting of this project, off by default. */
  | "opt-in"
  /** About something else than DynamoDB and its detectors. */
  | "out of scope";

/** What this project answers to each check of Prowler that fails on a deployed stack. */
export const explained: { [check: string]: [Reason, string] } = {
  awslambda_function_env_vars_not_encrypted_with_cmk: [
    "intended",
    "The function's environment holds no secret: how keys are shown, a metric namespace, a service name. Lambda encrypts it with a key of AWS.",
  ],
  awslambda_function_inside_vpc: [
    "intended",
    "The function calls AWS APIs only and reads nothing in a network. In a VPC it would need endpoints or a NAT gateway, and would be lost with them.",
  ],
  awslambda_function_invoke_api_operations_cloudtrail_logging_enabled: [
    "out of scope",
    "Lambda data events would log each of the function's own invocations. The trail has those of DynamoDB.",
  ],
  awslambda_function_no_dead_letter_queue: [
    "intended",
    "A dead-letter queue is for asynchronous invocations. A stream's event source mapping has its own destination: the failure bucket, which gets the records themselves.",
  ],
  cloudtrail_bucket_requires_mfa_delete: [
    "intended",
    "Only the root user can switch MFA delete on. `objectLock` holds evidence more firmly.",
  ],
  cloudtrail_cloudwatch_logging_enabled: [
    "emulator",
    "Reads when the trail delivered last; the emulator delivers nothing. The trail has a log group, and an alarm on its silence.",
  ],
  cloudtrail_insights_exist: [
    "intended",
    "CloudTrail Insights are billed per event analysed. The detections count what they need.",
  ],
  cloudtrail_s3_dataevents_read_enabled: ["out of scope", "The trail has the data events of DynamoDB."],
  cloudtrail_s3_dataevents_write_enabled: ["out of scope", "The trail has the data events of DynamoDB."],
  cloudwatch_changes_to_network_acls_alarm_configured: ["out of scope", "CIS filter for networks."],
  cloudwatch_changes_to_network_gateways_alarm_configured: ["out of scope", "CIS filter for networks."],
  cloudwatch_changes_to_network_route_tables_alarm_configured: ["out of scope", "CIS filter for networks."],
  cloudwatch_changes_to_vpcs_alarm_configured: ["out of scope", "CIS filter for networks."],
  cloudwatch_log_metric_filter_and_alarm_for_aws_config_configuration_changes_enabled: [
    "out of scope",
    "CIS filter for AWS Config of the whole account.",
  ],
  cloudwatch_log_metric_filter_and_alarm_for_cloudtrail_configuration_changes_enabled: [
    "out of scope",
    "CIS filter for every trail of the account.",
  ],
  cloudwatch_log_metric_filter_authentication_failures: ["out of scope", "CIS filter for console sign-in."],
  cloudwatch_log_metric_filter_aws_organizations_changes: ["out of scope", "CIS filter for AWS Organizations."],
  cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk: [
    "out of scope",
    "CIS filter for every key of the account.",
  ],
  cloudwatch_log_metric_filter_for_s3_bucket_policy_changes: ["out of scope", "CIS filter for every bucket."],
  cloudwatch_log_metric_filter_policy_changes: ["out of scope", "CIS filter for IAM."],
  cloudwatch_log_metric_filter_root_usage: ["out of scope", "CIS filter for the root user."],
  cloudwatch_log_metric_filter_security_group_changes: ["out of scope", "CIS filter for networks."],
  cloudwatch_log_metric_filter_sign_in_without_mfa: ["out of scope", "CIS filter for console sign-in."],
  cloudwatch_log_metric_filter_unauthorized_api_calls: ["out of scope", "CIS filter for every service."],
  config_delegated_admin_and_org_aggregator_all_regions: ["out of scope", "About an organization, not an account."],
  config_recorder_using_aws_service_role: [
    "emulator",
    "The emulator names the service-linked role `AWSServiceRoleForconfig`; AWS writes it with a capital.",
  ],
  s3_bucket_cross_region_replication: [
    "intended",
    "A second copy in another Region is the organization's decision about its evidence; this project keeps one.",
  ],
  s3_bucket_event_notifications_enabled: ["intended", "Nothing waits for new objects in these buckets."],
  s3_bucket_kms_encryption: [
    "intended",
    "S3 writes access logs only into buckets with SSE-S3. The buckets of evidence and failures use a customer managed key.",
  ],
  s3_bucket_no_mfa_delete: [
    "intended",
    "Only the root user can switch MFA delete on. `objectLock` holds evidence more firmly.",
  ],
  s3_bucket_object_lock: [
    "opt-in",
    "`objectLock` for the evidence bucket; AWS Config cannot deliver to such a bucket. A bucket for access logs cannot have it.",
  ],
  s3_bucket_server_access_logging_enabled: [
    "intended",
    "These are the buckets that the access logs of the others go to; logging them would log each log.",
  ],
};
