import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bundleFunction } from "../functionBundle";
import type { Names } from "../naming";
import { type PolicyStatement, policyDocument } from "../policyDocument";
import { KeyDisplay } from "./args";
import { lambdaTrust, logStatement, tracingStatement } from "./permissions";

interface OwnFunctionArgs {
  /** What the function's role may do besides writing its log. */
  statements: pulumi.Output<PolicyStatement[]>;
  /** Key of the log group. */
  keyArn: pulumi.Output<string>;
  logGroupPrefix: string;
  keyDisplay?: KeyDisplay;
  reservedConcurrency?: number;
  tracing?: boolean;
  logRetentionDays?: number;
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** The function `functions/streamMonitor` with its role and its log group. */
export function ownFunction(
  names: Names,
  args: OwnFunctionArgs,
  inside: pulumi.CustomResourceOptions,
  kept: pulumi.CustomResourceOptions,
) {
  const { keyDisplay = KeyDisplay.Hashed, reservedConcurrency, tracing = false, logRetentionDays = 365, tags } = args;
  const { code, handler } = bundleFunction("streamMonitor");

  const logGroup = new aws.cloudwatch.LogGroup(
    names.child("log-group"),
    {
      // Random suffix by the provider: a log group that was retained never collides with that of a later deployment.
      namePrefix: args.logGroupPrefix,
      logGroupClass: "STANDARD", // others extract no metrics from log lines, and the class cannot be changed
      retentionInDays: logRetentionDays,
      kmsKeyId: args.keyArn,
      tags,
    },
    kept,
  );
  const role = new aws.iam.Role(
    names.child("role"),
    {
      name: names.physical("role", "function"),
      description: "Reads table streams, writes its log, keeps records that it could not process",
      assumeRolePolicy: policyDocument([lambdaTrust]),
      tags,
    },
    inside,
  );
  const policy = new aws.iam.RolePolicy(
    names.child("policy"),
    {
      role: role.name,
      policy: pulumi
        .all([args.statements, logGroup.arn])
        .apply(([statements, logGroupArn]) =>
          policyDocument([...statements, logStatement(logGroupArn), ...(tracing ? [tracingStatement] : [])]),
        ),
    },
    inside,
  );
  const lambda = new aws.lambda.Function(
    names.child("function"),
    {
      name: names.physical("function"),
      description: "Logs one redacted line per item change and counts the changes by kind",
      role: role.arn,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      code,
      handler,
      memorySize: 256,
      timeout: 60,
      reservedConcurrentExecutions: reservedConcurrency,
      environment: {
        variables: {
          KEY_DISPLAY: keyDisplay,
          POWERTOOLS_METRICS_NAMESPACE: names.metricNamespace(),
          POWERTOOLS_SERVICE_NAME: "stream-monitor",
          NODE_OPTIONS: "--enable-source-maps",
        },
      },
      // System lines at WARN: START, END and REPORT of each batch would drown the item changes.
      loggingConfig: {
        logFormat: "JSON",
        applicationLogLevel: "INFO",
        systemLogLevel: "WARN",
        logGroup: logGroup.name,
      },
      tracingConfig: { mode: tracing ? "Active" : "PassThrough" },
      tags,
    },
    { ...inside, dependsOn: [policy] },
  );
  return { lambda, policy, logGroup };
}
