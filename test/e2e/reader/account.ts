import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";
import { region } from "../engine/stack";

/** One statement of a policy as boto3 read it. */
export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: string | { Service?: string | string[]; AWS?: string | string[] };
  Action: string | string[];
  Resource?: string | string[];
  Condition?: { [operator: string]: { [key: string]: string | string[] } };
}
export interface Policy {
  Version: string;
  Statement: Statement[];
}

/** The account as `read_account.py` writes it; what each thing is named by comes first. */
export interface AccountContents {
  trails: {
    [arn: string]: {
      Name: string;
      S3BucketName: string;
      KmsKeyId: string;
      CloudWatchLogsLogGroupArn: string;
      CloudWatchLogsRoleArn: string;
      IsMultiRegionTrail: boolean;
      LogFileValidationEnabled: boolean;
      IsLogging: boolean;
      Selectors: { Name: string; FieldSelectors: { Field: string; Equals?: string[]; NotEquals?: string[] }[] }[];
    };
  };
  buckets: {
    [name: string]: {
      Policy: Policy | null;
      Encryption: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: string; KMSMasterKeyID?: string } }[] | null;
      PublicAccessBlock: { [setting: string]: boolean } | null;
      Versioning: string | null;
      Logging: { TargetBucket: string; TargetPrefix: string } | null;
      Lifecycle: object | null;
    };
  };
  keys: { [arn: string]: { State: string; Description: string; Rotation: boolean; Policy: Policy } };
  aliases: { [name: string]: string };
  topics: { [arn: string]: { KmsMasterKeyId: string; Policy: Policy } };
  subscriptions: {
    [arn: string]: {
      TopicArn: string;
      Protocol: string;
      Endpoint: string;
      RedrivePolicy?: string;
      FilterPolicy?: string;
      FilterPolicyScope?: string;
    };
  };
  queues: { [arn: string]: { KmsMasterKeyId: string; Policy: Policy | null; RedrivePolicy: string | null } };
  logGroups: { [name: string]: { arn: string; kmsKeyId?: string; retentionInDays?: number } };
  metricFilters: {
    [name: string]: {
      logGroupName: string;
      filterPattern: string;
      metricTransformations: { metricName: string; metricNamespace: string }[];
    };
  };
  subscriptionFilters: { [name: string]: { logGroupName: string; filterPattern: string; destinationArn: string } };
  alarms: {
    [name: string]: {
      AlarmActions: string[];
      OKActions: string[];
      ActionsEnabled: boolean;
      Namespace?: string;
      MetricName?: string;
      Metrics?: { Expression?: string; MetricStat?: { Metric: { Dimensions?: { Name: string; Value: string }[] } } }[];
      Dimensions?: { Name: string; Value: string }[];
    };
  };
  /** Without the default one. */
  eventBuses: {
    [name: string]: {
      Arn: string;
      Policy: Policy | null;
      KmsKeyIdentifier?: string;
      DeadLetterConfig?: { Arn: string };
    };
  };
  /** Rules of other buses than the default one have their bus in front. */
  eventRules: {
    [name: string]: {
      Arn: string;
      State: string;
      EventPattern?: string;
      ScheduleExpression?: string;
      Targets: { Arn: string; Input?: string; RoleArn?: string; DeadLetterConfig?: { Arn: string } }[];
    };
  };
  roles: { [name: string]: { Arn: string; Trust: Policy; Policies: { [name: string]: Policy } } };
  functions: {
    [name: string]: {
      FunctionArn: string;
      Role: string;
      Runtime: string;
      CodeSize: number;
      Environment: { Variables: { [name: string]: string } };
    };
  };
  /** Statements of the functions' policies, by id. */
  permissions: { [id: string]: Statement & { FunctionName: string } };
  eventInvokeConfigs: {
    [functionName: string]: {
      MaximumRetryAttempts: number;
      MaximumEventAgeInSeconds: number;
      DestinationConfig: { OnFailure?: { Destination?: string } };
    };
  };
  mappings: {
    [uuid: string]: {
      EventSourceArn: string;
      FunctionArn: string;
      State: string;
      DestinationConfig: { OnFailure: { Destination: string } };
    };
  };
  configRecorders: { [name: string]: { Recording: boolean; recordingGroup: { resourceTypes: string[] } } };
  deliveryChannels: { [name: string]: { s3BucketName: string } };
  configRules: { [name: string]: { Source: { SourceIdentifier: string } } };
  tables: {
    [name: string]: {
      TableArn: string;
      LatestStreamArn?: string;
      DeletionProtectionEnabled: boolean;
      SSEDescription?: { Status: string; SSEType: string; KMSMasterKeyArn: string };
      TimeToLive: { TimeToLiveStatus: string; AttributeName?: string };
      Backups: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: string } };
      Tags: { [key: string]: string };
    };
  };
}

/** Who has an emulated account. */
interface Emulated {
  endpoint: string;
}

/** Everything in the account, read by boto3 in a process of its own. */
export async function readAccount({ endpoint }: Emulated): Promise<AccountContents> {
  const script = join(__dirname, "read_account.py");
  const { stdout } = await promisify(execFile)(inject("python"), [script, endpoint, region], {
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  });
  return JSON.parse(stdout) as AccountContents;
}

/** The names of everything in the account, by kind; kinds of which there is nothing are left out. Keys that wait for deletion are gone. */
export function inventory(account: AccountContents): { [kind: string]: string[] } {
  const entries = Object.entries(account).map(([kind, things]) => {
    const names = Object.entries(things as { [name: string]: { State?: string } })
      .filter(([, thing]) => kind !== "keys" || thing.State !== "PendingDeletion")
      .map(([name]) => name);
    return [kind, names.sort()] as const;
  });
  return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}

/** Empties the emulated account. */
export async function emptyAccount({ endpoint }: Emulated): Promise<void> {
  const answer = await fetch(`${endpoint}/moto-api/reset`, { method: "POST" });
  if (!answer.ok) throw new Error(`the emulator did not forget: ${answer.status}`);
}
