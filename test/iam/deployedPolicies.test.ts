// Proves: the policies that AWS prints for CloudTrail, CloudWatch, EventBridge, CloudWatch Logs and Lambda let the right
// service in, and nobody through it from another account. Does not prove: the context keys that each service really
// sends; they are taken from its page.
import { describe, expect, it } from "vitest";
import { type AccessRequest, type Decision, evaluate, exposure, unknownValue } from "../../iam";
import { allow, deny, identityPolicy, owner, policy, request, service, stranger, topic } from "./support/policies";

const trail = (account: string, name = "main") => `arn:aws:cloudtrail:eu-west-1:${account}:trail/${name}`;
const bucket = "arn:aws:s3:::evidence";
const cloudtrail = { Service: "cloudtrail.amazonaws.com" };

// CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail".
const bucketPolicy = policy(
  allow({
    Sid: "AclCheck",
    Principal: cloudtrail,
    Action: "s3:GetBucketAcl",
    Resource: bucket,
    Condition: { StringEquals: { "aws:SourceArn": trail(owner) } },
  }),
  allow({
    Sid: "Write",
    Principal: cloudtrail,
    Action: "s3:PutObject",
    Resource: `${bucket}/AWSLogs/${owner}/*`,
    Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trail(owner) } },
  }),
  deny({
    Sid: "TlsOnly",
    Action: "s3:*",
    Resource: [bucket, `${bucket}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  }),
);

// CloudTrail user guide, "Configure AWS KMS key policies for CloudTrail".
const keyPolicy = policy(
  allow({ Sid: "Account", Principal: { AWS: `arn:aws:iam::${owner}:root` }, Action: "kms:*" }),
  allow({
    Sid: "Encrypt",
    Principal: cloudtrail,
    Action: "kms:GenerateDataKey*",
    Condition: {
      StringEquals: { "aws:SourceArn": trail(owner) },
      StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${owner}:trail/*` },
    },
  }),
  allow({
    Sid: "LogGroup",
    Principal: { Service: "logs.eu-west-1.amazonaws.com" },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:${owner}:log-group:trail` } },
  }),
);

// CloudWatch user guide and EventBridge user guide: alarms and rules that publish to a topic.
const topicPolicy = policy(
  allow({
    Sid: "Alarms",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topic,
    Condition: {
      ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${owner}:alarm:*` },
      StringEquals: { "aws:SourceAccount": owner },
    },
  }),
  allow({ Sid: "Events", Principal: { Service: "events.amazonaws.com" }, Action: "sns:Publish", Resource: topic }),
  deny({
    Sid: "TlsOnly",
    Action: "sns:Publish",
    Resource: topic,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  }),
);

const secure = { "aws:SecureTransport": "true" };
const write = (account: string, fields: Partial<AccessRequest> = {}) =>
  request({
    principal: service("cloudtrail.amazonaws.com"),
    action: "s3:PutObject",
    resource: `${bucket}/AWSLogs/${owner}/CloudTrail/eu-west-1/2026/11/22/a.json.gz`,
    context: { ...secure, "aws:SourceArn": trail(account), "s3:x-amz-acl": "bucket-owner-full-control" },
    ...fields,
  });
const encrypt = (account: string) =>
  request({
    principal: service("cloudtrail.amazonaws.com"),
    action: "kms:GenerateDataKey",
    resource: `arn:aws:kms:eu-west-1:${owner}:key/1`,
    context: { "aws:SourceArn": trail(account), "kms:EncryptionContext:aws:cloudtrail:arn": trail(account) },
  });
const alarm = (account: string, fields: Partial<AccessRequest> = {}) =>
  request({
    principal: service("cloudwatch.amazonaws.com"),
    action: "sns:Publish",
    resource: topic,
    context: {
      ...secure,
      "aws:SourceAccount": account,
      "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${account}:alarm:a`,
    },
    ...fields,
  });

it.each<[string, Decision, Decision["decision"], string?]>([
  ["the trail writes", evaluate(bucketPolicy, write(owner)), "allow", '"Write"'],
  ["another account's trail does not", evaluate(bucketPolicy, write(stranger)), "implicitDeny"],
  [
    "nor into another prefix",
    evaluate(bucketPolicy, write(owner, { resource: `${bucket}/AWSLogs/${stranger}/x` })),
    "implicitDeny",
  ],
  [
    "nor without TLS",
    evaluate(bucketPolicy, write(owner, { context: { ...write(owner).context, "aws:SecureTransport": "false" } })),
    "explicitDeny",
    '"TlsOnly"',
  ],
  [
    "nor another service",
    evaluate(bucketPolicy, write(owner, { principal: service("config.amazonaws.com") })),
    "implicitDeny",
  ],
  ["the trail encrypts", evaluate(keyPolicy, encrypt(owner)), "allow", '"Encrypt"'],
  ["another account's trail does not encrypt", evaluate(keyPolicy, encrypt(stranger)), "implicitDeny"],
  ["an alarm publishes", evaluate(topicPolicy, alarm(owner)), "allow", '"Alarms"'],
  ["another account's alarm does not", evaluate(topicPolicy, alarm(stranger)), "implicitDeny"],
  [
    "an alarm of unknown account may not be known to",
    evaluate(topicPolicy, alarm(owner, { context: { ...alarm(owner).context, "aws:SourceAccount": unknownValue } })),
    "undecided",
    '"Alarms"',
  ],
  [
    "a rule publishes",
    evaluate(topicPolicy, alarm(owner, { principal: service("events.amazonaws.com"), context: secure })),
    "allow",
    '"Events"',
  ],
])("%s", (_, found, decision, statement) => {
  expect(found.decision).toBe(decision);
  expect(found.statement).toBe(statement);
});

describe("the log group's key", () => {
  const use = (group: string) =>
    evaluate(
      keyPolicy,
      request({
        principal: service("logs.eu-west-1.amazonaws.com"),
        action: "kms:Encrypt",
        resource: `arn:aws:kms:eu-west-1:${owner}:key/1`,
        context: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:${owner}:log-group:${group}` },
      }),
    ).decision;

  it("serves the named log group alone", () => {
    expect([use("trail"), use("trail-2")]).toEqual(["allow", "implicitDeny"]);
  });
});

describe("the trail's role", () => {
  // CloudTrail user guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring".
  const streams = `arn:aws:logs:eu-west-1:${owner}:log-group:trail:log-stream:${owner}_CloudTrail_eu-west-1*`;
  const document = identityPolicy(allow({ Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: streams }));
  const put = (group: string) =>
    evaluate(
      document,
      request({
        principal: { arn: `arn:aws:sts::${owner}:assumed-role/trail/CloudTrail`, accountId: owner },
        action: "logs:PutLogEvents",
        resource: `arn:aws:logs:eu-west-1:${owner}:log-group:${group}:log-stream:${owner}_CloudTrail_eu-west-1_2`,
      }),
    ).decision;

  it("writes to its log group alone", () => {
    expect([put("trail"), put("trial")]).toEqual(["allow", "implicitDeny"]);
  });
});

describe("seen from outside", () => {
  it.each([
    ["bucket", bucketPolicy, "s3", []],
    ["key", keyPolicy, "kms", ["logs.eu-west-1.amazonaws.com"]],
    // A topic policy could name the rule; a key policy could not: EventBridge sends no source keys to KMS.
    ["topic", topicPolicy, "sns", ["events.amazonaws.com"]],
  ] as const)("the %s policy is private", (_, document, of, deputies) => {
    const report = exposure(document, { ownerAccount: owner, service: of });
    expect(report.verdict).toBe("private");
    expect(report.findings.filter((each) => each.confusedDeputy).map((each) => each.principal)).toEqual(deputies);
  });
});
