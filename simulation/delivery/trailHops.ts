import type { AccessRequest } from "../../iam/request";
import { keyHop } from "./encryption";
import { assumed, broken, type Hop, ok } from "./hop";
import { accountIn, rolePermission, servicePermission, trustPermission } from "./permission";
import { propertyOf, type ResolvedResource, type Stack, textOf } from "./stack";

/** How a trail's events reach its log group. */
export interface TrailDelivery {
  /** Name of the log group; empty where the trail has none. */
  logGroupName: string;
  /** Before the selectors: the trail cannot exist, or records nothing. */
  before: Hop[];
  /** After them. */
  after: Hop[];
}

const cloudTrail = { service: "cloudtrail.amazonaws.com" };

export function trailDelivery(stack: Stack, trail: ResolvedResource, silent: string | undefined): TrailDelivery {
  const arn = textOf(trail, "arn");
  const context = {
    "aws:SourceArn": arn,
    "aws:SourceAccount": accountIn(arn),
    "aws:SecureTransport": "true",
  };
  const key = keyHop(
    stack,
    "bucket key",
    trail.inputs["kmsKeyId"],
    cloudTrail,
    ["kms:GenerateDataKey", "kms:DescribeKey"],
    {
      ...context,
      "kms:EncryptionContext:aws:cloudtrail:arn": arn,
    },
  );
  const logs = logDelivery(stack, trail, context);
  return {
    logGroupName: logs.logGroupName,
    before: [
      silent === undefined ? ok("trail", trail.name) : broken("trail", trail.name, silent),
      bucketHop(stack, trail, context),
      ...(key ? [key] : []),
    ],
    after: logs.hops,
  };
}

/**
 * CloudTrail tries the bucket policy when the trail is created or changed, and refuses a trail that it cannot deliver for
 * (CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail"): without it there is no trail, so no log group either.
 */
function bucketHop(stack: Stack, trail: ResolvedResource, context: AccessRequest["context"]): Hop {
  const name = textOf(trail, "s3BucketName");
  if (name === "") return broken("bucket policy", trail.name, "the trail has no s3BucketName");
  const bucket = stack.find("bucket", name, "id", "bucket");
  if (!bucket) return assumed("bucket policy", name, "the bucket is not among the resources");
  const policy = stack.all("bucketPolicy").find((each) => each.inputs["bucket"] === name);
  if (!policy) return broken("bucket policy", bucket.name, "the bucket has no policy, so CloudTrail may not write");
  const arn = textOf(bucket, "arn") || `arn:aws:s3:::${name}`;
  const prefix = textOf(trail, "s3KeyPrefix");
  const [, , , region, account] = textOf(trail, "arn").split(":");
  const folder = `${prefix === "" ? "" : `${prefix}/`}AWSLogs/${account}/CloudTrail/${region}`;
  return servicePermission("bucket policy", policy.name, policy.inputs["policy"], [
    { principal: cloudTrail, action: "s3:GetBucketAcl", resource: arn, context },
    {
      principal: cloudTrail,
      action: "s3:PutObject",
      resource: `${arn}/${folder}/2000/01/01/events.json.gz`,
      context: { ...context, "s3:x-amz-acl": "bucket-owner-full-control" },
    },
  ]);
}

function logDelivery(
  stack: Stack,
  trail: ResolvedResource,
  context: AccessRequest["context"],
): { logGroupName: string; hops: Hop[] } {
  const written = textOf(trail, "cloudWatchLogsGroupArn");
  if (written === "") {
    return { logGroupName: "", hops: [broken("log delivery", trail.name, "the trail has no cloudWatchLogsGroupArn")] };
  }
  const logGroupName = written.split(":")[6] ?? "";
  const at = (hop: Hop): { logGroupName: string; hops: Hop[] } => ({ logGroupName, hops: [hop] });
  // CloudTrail API reference, CreateTrail: the ARN ends with `:*`.
  if (!written.endsWith(":*")) {
    return at(broken("log delivery", trail.name, `cloudWatchLogsGroupArn ${written} does not end with ":*"`));
  }
  const logGroupArn = written.slice(0, -":*".length);
  const role = roleHop(stack, trail, logGroupArn, context);
  if (role.status === "broken") return at(role);
  const logGroup = stack.find("logGroup", logGroupArn, "arn");
  if (!logGroup) {
    const reason = `there is no log group ${logGroupName} among the resources, and the trail needs one that exists`;
    return { logGroupName, hops: [role, broken("log group", trail.name, reason)] };
  }
  const { hops } = logGroupHops(stack, logGroup);
  return { logGroupName, hops: [role, ...hops] };
}

/** The log group's class and key. */
export function logGroupHops(stack: Stack, logGroup: ResolvedResource): { hops: Hop[] } {
  const logClass = textOf(logGroup, "logGroupClass");
  // CloudWatch Logs user guide, "Log classes": the others have neither metric filters nor subscription filters.
  if (logClass !== "" && logClass !== "STANDARD") {
    const reason = `a log group of class ${logClass} has no metric filters. Use STANDARD`;
    return { hops: [broken("log group", logGroup.name, reason)] };
  }
  const arn = textOf(logGroup, "arn");
  const [, partition, , region] = arn.split(":");
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const key = keyHop(
    stack,
    "log group key",
    logGroup.inputs["kmsKeyId"],
    { service: `logs.${region}.${domain}` },
    ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
    { "kms:EncryptionContext:aws:logs:arn": arn },
  );
  return { hops: [ok("log group", logGroup.name), ...(key ? [key] : [])] };
}

/** CloudTrail user guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring". */
function roleHop(stack: Stack, trail: ResolvedResource, logGroupArn: string, context: AccessRequest["context"]): Hop {
  const roleArn = textOf(trail, "cloudWatchLogsRoleArn");
  if (roleArn === "") return broken("log delivery", trail.name, "the trail has no cloudWatchLogsRoleArn");
  const role = stack.find("role", roleArn, "arn");
  if (!role) return assumed("log delivery", roleArn, "the role is not among the resources");
  const trust = trustPermission("log delivery", role.name, role.inputs["assumeRolePolicy"], {
    principal: cloudTrail,
    action: "sts:AssumeRole",
    resource: roleArn,
    context,
  });
  if (trust.status === "broken") return trust;
  const policies = rolePolicies(stack, role);
  if (policies === undefined)
    return assumed("log delivery", role.name, "a policy of the role is not among the resources");
  const [, , , region, account] = textOf(trail, "arn").split(":");
  const resource = `${logGroupArn}:log-stream:${account}_CloudTrail_${region}`;
  const principal = { arn: roleArn, accountId: accountIn(roleArn) };
  const written = rolePermission("log delivery", role.name, policies, [
    { principal, action: "logs:CreateLogStream", resource },
    { principal, action: "logs:PutLogEvents", resource },
  ]);
  return written.status === "ok" ? trust : written;
}

/** Policies of a role; `undefined` where one of them is not registered. */
export function rolePolicies(stack: Stack, role: ResolvedResource): unknown[] | undefined {
  const name = textOf(role, "name") || role.id;
  const inline = stack.all("rolePolicy").filter((each) => each.inputs["role"] === name);
  const policies: unknown[] = inline.map((each) => each.inputs["policy"]);
  for (const each of (propertyOf(role, "inlinePolicies") as { policy?: unknown }[] | undefined) ?? []) {
    if (each.policy !== undefined) policies.push(each.policy);
  }
  for (const attachment of stack.all("rolePolicyAttachment").filter((each) => each.inputs["role"] === name)) {
    const policy = stack.find("policy", attachment.inputs["policyArn"], "arn");
    if (!policy) return undefined;
    policies.push(policy.inputs["policy"]);
  }
  return policies;
}
