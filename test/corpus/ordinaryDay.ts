import { account, at, type Change, type Event, event, identities } from "../support/events";

/** mulberry32: small, and the same on every machine. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Call {
  /** How often, among all. */
  weight: number;
  source: string;
  names: readonly string[];
  parameters?: Record<string, unknown>;
  change?: Change;
}

const invoked = (service: string): Change => ({
  userIdentity: identities.service(service),
  sourceIPAddress: service,
});
const dataEvent: Change = { eventCategory: "Data", managementEvent: false };
const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:${account}:${resource}`;

/** What happens all day; the last group are calls of other services by the names of DynamoDB's. */
const calls: readonly Call[] = [
  { weight: 20, source: "sts", names: ["AssumeRole", "GetCallerIdentity"], change: invoked("ec2.amazonaws.com") },
  { weight: 14, source: "kms", names: ["Decrypt", "GenerateDataKey"], change: invoked("s3.amazonaws.com") },
  { weight: 8, source: "ec2", names: ["DescribeInstances", "DescribeVolumes", "RunInstances", "TerminateInstances"] },
  { weight: 8, source: "s3", names: ["GetBucketAcl", "ListBuckets", "PutBucketPolicy", "GetBucketLocation"] },
  {
    weight: 6,
    source: "logs",
    names: ["CreateLogStream", "DescribeLogGroups"],
    change: invoked("lambda.amazonaws.com"),
  },
  {
    weight: 5,
    source: "lambda",
    names: ["UpdateFunctionCode20150331v2", "ListFunctions20150331", "GetFunction20150331v2"],
  },
  { weight: 4, source: "iam", names: ["GetRole", "ListRoles", "CreateRole", "PassRole", "GetUser"] },
  { weight: 4, source: "cloudformation", names: ["DescribeStacks", "UpdateStack", "ListStacks"] },
  { weight: 3, source: "monitoring", names: ["DescribeAlarms", "PutMetricAlarm", "GetMetricData"] },
  { weight: 3, source: "signin", names: ["ConsoleLogin"], change: { eventType: "AwsConsoleSignIn" } },
  { weight: 3, source: "ssm", names: ["GetParameter", "UpdateInstanceInformation"] },
  {
    weight: 3,
    source: "config",
    names: ["PutEvaluations", "DescribeConfigRules"],
    change: invoked("config.amazonaws.com"),
  },
  { weight: 2, source: "ecr", names: ["BatchGetImage", "GetAuthorizationToken"] },
  { weight: 2, source: "eks", names: ["DescribeCluster", "ListClusters"] },
  { weight: 2, source: "sns", names: ["Publish", "ListTopics"], change: dataEvent },
  { weight: 2, source: "sqs", names: ["GetQueueAttributes", "ListQueues"] },
  { weight: 2, source: "elasticloadbalancing", names: ["DescribeTargetHealth", "DescribeLoadBalancers"] },
  { weight: 1, source: "cloudtrail", names: ["LookupEvents", "DescribeTrails", "GetTrailStatus"] },
  { weight: 1, source: "route53", names: ["ListHostedZones", "ChangeResourceRecordSets"] },
  { weight: 1, source: "health", names: ["DescribeEvents"] },
  {
    weight: 1,
    source: "backup",
    names: ["BackupJobCompleted", "BackupDeleted"],
    change: { eventType: "AwsServiceEvent" },
  },
  {
    weight: 1,
    source: "backup",
    names: ["DeleteRecoveryPoint"],
    parameters: {
      backupVaultName: "Default",
      recoveryPointArn: "arn:aws:ec2:us-east-1::snapshot/snap-0123456789abcdef0",
    },
  },
  {
    weight: 1,
    source: "backup",
    names: ["ListRecoveryPointsByResource"],
    parameters: { resourceArn: arn("rds", "db:orders") },
  },
  {
    weight: 1,
    source: "rds",
    names: ["ModifyDBInstance", "CreateDBSnapshot"],
    parameters: { deletionProtection: false },
  },

  { weight: 3, source: "glue", names: ["CreateTable", "UpdateTable", "DeleteTable", "GetTable"] },
  { weight: 2, source: "cassandra", names: ["CreateTable", "UpdateTable", "DeleteTable", "Select", "RestoreTable"] },
  {
    weight: 3,
    source: "rdsdata",
    names: ["ExecuteStatement", "BatchExecuteStatement"],
    parameters: { sql: "DELETE FROM a" },
  },
  {
    weight: 1,
    source: "redshift-data",
    names: ["ExecuteStatement", "BatchExecuteStatement"],
    parameters: { sql: "SELECT 1" },
  },
  { weight: 1, source: "fsx", names: ["CreateBackup", "DeleteBackup", "DescribeBackups"] },
  { weight: 1, source: "kinesis", names: ["GetRecords", "GetShardIterator"], change: dataEvent },
  { weight: 1, source: "secretsmanager", names: ["PutResourcePolicy", "GetSecretValue"] },
  { weight: 1, source: "s3tables", names: ["CreateTable", "DeleteTable"] },
];

const callers = [
  identities.role("deploy/pipeline", "build-1"),
  identities.role("app/web", "i-0123456789abcdef0"),
  identities.role("admin", "alice"),
  identities.user("bob"),
  identities.webIdentity("deploy/ci"),
  identities.throughService("deploy/pipeline", "cloudformation.amazonaws.com"),
];
const errors = ["AccessDenied", "Client.UnauthorizedOperation", "ThrottlingException", "NoSuchEntityException"];

/** Events of one day in order, from a seed, of an account that does not use DynamoDB. */
export function dayWithoutDynamodb({ seed, events }: { seed: number; events: number }): Event[] {
  const random = randomOf(seed);
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const weighted = calls.flatMap((call) => Array<Call>(call.weight).fill(call));
  const seconds = Array.from({ length: events }, () => Math.floor(random() * 86_400)).sort((a, b) => a - b);
  return seconds.map((second) => {
    const { source, names, parameters = { name: "orders", tableName: "orders" }, change = {} } = oneOf(weighted);
    return event(oneOf(names), parameters, {
      eventTime: at(`0:${second}`),
      eventSource: `${source}.amazonaws.com`,
      userIdentity: oneOf(callers),
      sourceIPAddress: `198.51.100.${Math.floor(random() * 256)}`,
      ...(random() < 0.04 && { errorCode: oneOf(errors) }),
      ...change,
    });
  });
}
