import { logKeyStatement } from "../lambdaFunction";
import { domainOf, keyAdministration, type Place, type PolicyStatement } from "../policyDocument";

/** What a monitor's function works with, as ARNs. */
export interface MonitorResources {
  streamArns: string[];
  /** Keys of the tables, empty where a table has none of its own. */
  tableKeyArns: string[];
  failureBucketArn: string;
  failureKeyArn: string;
  /** Empty: no bus. */
  findingsBusArn: string;
}

/** Lets Lambda read the streams and keep what fails, in the name of the function's role. */
export function streamStatements(resources: MonitorResources, { partition, region }: Place): PolicyStatement[] {
  const { streamArns, tableKeyArns, failureBucketArn, failureKeyArn, findingsBusArn } = resources;
  const keys = [...new Set(tableKeyArns.filter((arn) => arn !== ""))].sort();
  const via = (service: string) => ({
    StringEquals: {
      "kms:ViaService": `${service}.${region}.${domainOf(partition)}`,
    },
  });
  return [
    {
      Sid: "ReadStreams",
      Effect: "Allow",
      Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
      Resource: [...streamArns].sort(),
    },
    {
      Sid: "ListStreams",
      Effect: "Allow",
      Action: "dynamodb:ListStreams",
      Resource: "*", // Takes no resource (Service Authorization Reference, "Actions defined by Amazon DynamoDB").
    },
    ...(keys.length > 0
      ? [
          {
            Sid: "DecryptStreams",
            Effect: "Allow" as const,
            Action: ["kms:Decrypt", "kms:DescribeKey"],
            Resource: keys,
            Condition: via("dynamodb"),
          },
        ]
      : []),
    // AWS Lambda Developer Guide, "Retain discarded records for a DynamoDB event source": the permissions, and the prefix.
    {
      Sid: "KeepFailures",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: `${failureBucketArn}/aws/lambda/*`,
    },
    { Sid: "FindFailureBucket", Effect: "Allow", Action: "s3:ListBucket", Resource: failureBucketArn },
    {
      Sid: "EncryptFailures",
      Effect: "Allow",
      Action: "kms:GenerateDataKey",
      Resource: failureKeyArn,
      Condition: via("s3"),
    },
    ...(findingsBusArn === ""
      ? []
      : [
          {
            Sid: "ReportFindings",
            Effect: "Allow" as const,
            Action: "events:PutEvents",
            Resource: findingsBusArn,
            Condition: { StringEquals: { "events:source": "dynamodb-detective" } },
          },
        ]),
  ];
}

/** Policy of the monitor's own key: the account administers it, CloudWatch Logs encrypts this monitor's log groups with it. */
export function keyStatements(logGroupPrefix: string, place: Place): PolicyStatement[] {
  return [keyAdministration(place), logKeyStatement(logGroupPrefix, place)];
}
