import { domainOf, type Place, type PolicyStatement } from "../policyDocument";

/** Lets the function made here write its log. */
export function logStatement(logGroupArn: string): PolicyStatement {
  return {
    Sid: "WriteLog",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logGroupArn}:*`,
  };
}

export const tracingStatement: PolicyStatement = {
  Sid: "Trace",
  Effect: "Allow",
  Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  Resource: "*", // Take no resource (Service Authorization Reference, "Actions defined by AWS X-Ray").
};

export const lambdaTrust: PolicyStatement = {
  Sid: "Lambda",
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};

/** In a key policy: CloudWatch Logs encrypts the log groups of this prefix with the key. */
export function logKeyStatement(logGroupPrefix: string, { partition, region, accountId }: Place): PolicyStatement {
  return {
    Sid: "Logs",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.${domainOf(partition)}` },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*", // In a key policy: this key.
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupPrefix}*`,
      },
    },
  };
}
