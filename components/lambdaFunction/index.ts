import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bundleFunction, type FunctionName } from "../functionBundle";
import type { Names } from "../naming";
import { type PolicyStatement, policyDocument } from "../policyDocument";
import { lambdaTrust, logStatement, tracingStatement } from "./permissions";

export { logKeyStatement } from "./permissions";

export interface LambdaFunctionArgs {
  /** Folder of `functions/` that holds it. */
  function: FunctionName;
  /** What it does, in one line. */
  description: string;
  /** What its role may do, in one line. */
  roleDescription: string;
  /** What the function's role may do besides writing its log. */
  statements: pulumi.Output<PolicyStatement[]>;
  /** Environment variables; `NODE_OPTIONS` is added. Never a secret: who may read the function's configuration sees them. */
  variables: Record<string, pulumi.Input<string>>;
  /** More files beside the bundle, by name. Default: none. */
  files?: Record<string, pulumi.asset.Asset>;
  /** More text files beside the bundle, by name, whose text may be known after deployment only. Default: none. */
  texts?: Record<string, pulumi.Input<string>>;
  /** Key of the log group. */
  keyArn: pulumi.Input<string>;
  logGroupPrefix: string;
  /** MB. Default: 256. */
  memorySize?: number;
  /** Seconds. Default: 60. */
  timeout?: number;
  reservedConcurrency?: number;
  /** Default: false. */
  tracing?: boolean;
  /** Days for which the log is kept. Default: 365. */
  logRetentionDays?: number;
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** A function of `functions/` with its role and its log group: children `log-group`, `role`, `policy` and `function`. */
export function lambdaFunction(
  names: Names,
  args: LambdaFunctionArgs,
  inside: pulumi.CustomResourceOptions,
  /** Options of what is kept as evidence: the log group. */
  kept: pulumi.CustomResourceOptions,
) {
  const { memorySize = 256, timeout = 60, tracing = false, logRetentionDays = 365, tags } = args;
  const { assets, handler } = bundleFunction(args.function);

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
      description: args.roleDescription,
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
      description: args.description,
      role: role.arn,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      code: args.texts
        ? pulumi.output(args.texts).apply((texts) => archive({ ...assets, ...args.files }, texts))
        : archive({ ...assets, ...args.files }),
      handler,
      memorySize,
      timeout,
      reservedConcurrentExecutions: args.reservedConcurrency,
      environment: { variables: { ...args.variables, NODE_OPTIONS: "--enable-source-maps" } },
      // System lines at WARN: START, END and REPORT of each batch would drown what the function has to say.
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
  return { lambda, role, policy, logGroup };
}

function archive(assets: Record<string, pulumi.asset.Asset>, texts: Record<string, string> = {}) {
  const more = Object.entries(texts).map(([name, text]) => [name, new pulumi.asset.StringAsset(text)]);
  return new pulumi.asset.AssetArchive({ ...assets, ...Object.fromEntries(more) });
}
