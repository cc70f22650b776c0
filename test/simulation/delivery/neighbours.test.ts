// Proves: policies, permissions, subscriptions and targets of other resources neither help nor harm, and of one resource the
// right one is taken, by its name, id or ARN. Does not prove: what the policies say (wiring.test.ts, test/iam).
import { describe, expect, it } from "vitest";
import { type ResolvedResource, simulate } from "../../../simulation";
import { account, management, region } from "../support/records";
import { allow, arns, changed, policy, resource, stackOf } from "../support/stack";

const id = "deletion-protection-disabled";
const event = management("UpdateTable", "0", {
  requestParameters: { tableName: "orders", deletionProtectionEnabled: false },
});
const whole = stackOf(id);
const anything = policy({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });
const everything = policy({ Effect: "Allow", Action: "*", Resource: "*" });
const nothing = policy({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" });

const stoppedAt = (stack: readonly ResolvedResource[]) => {
  const { alerts, undelivered } = simulate(stack).run([event]);
  expect(alerts.length + undelivered.length).toBe(1);
  return undelivered[0]?.stoppedAt?.hop;
};
const statusOf = (stack: readonly ResolvedResource[], hop: string) => {
  const { alerts, undelivered } = simulate(stack).run([event]);
  return [...alerts, ...undelivered][0]!.path.find((each) => each.hop === hop)?.status;
};

/** Resources of another system in the same stack, each before and after ours. */
const neighbours = (statement: string): ResolvedResource[] => [
  resource("aws:s3/bucket:Bucket", "other-bucket", { bucket: "other" }, { id: "other", arn: "arn:aws:s3:::other" }),
  resource("aws:s3/bucketPolicy:BucketPolicy", "other-bucket-policy", { bucket: "other", policy: statement }),
  resource("aws:sns/topic:Topic", "other-topic", {}, { arn: `${arns.topic}-other` }),
  resource("aws:sns/topicPolicy:TopicPolicy", "other-topic-policy", { arn: `${arns.topic}-other`, policy: statement }),
  resource("aws:sns/topicSubscription:TopicSubscription", "other-subscription", {
    topic: `${arns.topic}-other`,
    protocol: "email",
    endpoint: "other@example.com",
  }),
  resource("aws:iam/role:Role", "other-role", { name: "other", assumeRolePolicy: statement }, { arn: `${arns.role}2` }),
  resource("aws:iam/rolePolicy:RolePolicy", "other-role-policy", { role: "other", policy: everything }),
  resource("aws:kms/key:Key", "other-key", { policy: statement }, { arn: "arn:aws:kms:us-east-1:1:key/o", keyId: "o" }),
  resource("aws:cloudwatch/logGroup:LogGroup", "other-group", { name: "other" }, { arn: `${arns.logGroup}-other` }),
  resource("aws:sqs/queue:Queue", "other-queue", {}, { arn: "arn:aws:sqs:us-east-1:1:other", id: "other-url" }),
  resource("aws:sqs/queuePolicy:QueuePolicy", "other-queue-policy", { queueUrl: "other-url", policy: statement }),
  resource("aws:lambda/function:Function", "other-function", { name: "other" }, { arn: "arn:other" }),
  resource("aws:lambda/permission:Permission", "other-permission", {
    action: "lambda:InvokeFunction",
    function: "other",
    principal: "sns.amazonaws.com",
  }),
];
const among = (stack: readonly ResolvedResource[], statement: string) => [
  [...neighbours(statement), ...stack],
  [...stack, ...neighbours(statement)],
];

it.each([
  ["that allow nothing do not stop an alert", nothing],
  ["that allow everything do not stop an alert", anything],
])("neighbours %s", (_, statement) => {
  expect(among(whole, statement).map(stoppedAt)).toEqual([undefined, undefined]);
});

describe("neighbours that allow everything do not help", () => {
  const queueArn = `arn:aws:sqs:${region}:${account}:queue`;
  const queue = resource("aws:sqs/queue:Queue", "queue", {}, { arn: queueArn, id: "url" });
  const enricher = resource("aws:lambda/function:Function", "enricher", { name: "enricher" }, { arn: "arn:fn" });

  it.each<[string, ResolvedResource[], string]>([
    ["a bucket without a policy", changed(whole, "bucket-policy", undefined), "bucket policy"],
    ["a topic whose policy allows nothing", changed(whole, "topic-policy", { policy: nothing }), "topic policy"],
    ["a role without a policy", changed(whole, "role-policy", undefined), "log delivery"],
    ["a key whose policy allows nothing", changed(whole, "topic-key", { policy: nothing }), "topic key"],
    [
      "a subscription without an endpoint",
      changed(whole, "subscription", { protocol: "email", endpoint: undefined }),
      "subscription",
    ],
    [
      "a queue without a policy",
      [...changed(whole, "subscription", { protocol: "sqs", endpoint: queueArn }), queue],
      "subscription",
    ],
    [
      "a function without a permission",
      [...changed(whole, "subscription", { protocol: "lambda", endpoint: "arn:fn" }), enricher],
      "subscription",
    ],
  ])("%s", (_, stack, hop) => expect(among(stack, anything).map(stoppedAt)).toEqual([hop, hop]));

  it("nobody subscribed to this topic is still nobody", () => {
    for (const stack of among(changed(whole, "subscription", undefined), anything)) {
      expect(statusOf(stack, "subscription")).toBe("assumed");
    }
  });
});

describe("a permission of a function is for", () => {
  const lambda = [
    resource("aws:lambda/function:Function", "enricher", { name: "enricher" }, { arn: "arn:fn", id: "enricher-id" }),
  ];
  const permission = (change: Record<string, unknown>) =>
    resource("aws:lambda/permission:Permission", "permission", {
      action: "lambda:InvokeFunction",
      function: "enricher",
      principal: "sns.amazonaws.com",
      sourceArn: arns.topic,
      ...change,
    });
  const subscribed = changed(whole, "subscription", { protocol: "lambda", endpoint: "arn:fn" });

  it.each<[string, Record<string, unknown>, boolean]>([
    ["its name", {}, true],
    ["its ARN", { function: "arn:fn" }, true],
    ["its id", { function: "enricher-id" }, true],
    ["another function", { function: "other" }, false],
    ["every action", { action: "lambda:*" }, true],
    ["another action", { action: "lambda:GetFunction" }, false],
    ["another service", { principal: "events.amazonaws.com" }, false],
    ["any source", { sourceArn: undefined }, true],
    ["sources of a pattern", { sourceArn: `arn:aws:sns:*:${account}:*` }, true],
    ["sources of another pattern", { sourceArn: "arn:aws:sns:*:999999999999:*" }, false],
    ["a pattern whose dot is a dot", { sourceArn: arns.topic.replace("aws", "a.s") }, false],
    ["this account", { sourceAccount: account }, true],
    ["another account", { sourceAccount: "999999999999" }, false],
  ])("%s: %j", (_, change, isAllowed) => {
    expect(stoppedAt([...subscribed, ...lambda, permission(change)])).toBe(isAllowed ? undefined : "subscription");
  });
});

describe("is found by any of its names", () => {
  const keyed = (kmsMasterKeyId: string) => changed(whole, "topic", { kmsMasterKeyId });
  const alias = resource(
    "aws:kms/alias:Alias",
    "alias",
    { name: "alias/alerts", targetKeyId: "topic-key" },
    { arn: `arn:aws:kms:${region}:${account}:alias/alerts` },
  );

  it.each([
    ["a key by its id", keyed("topic-key")],
    ["a key by its ARN", keyed(arns.topicKey)],
    ["a key by its alias", [...keyed("alias/alerts"), alias]],
    ["a key by the ARN of its alias", [...keyed(`arn:aws:kms:${region}:${account}:alias/alerts`), alias]],
  ])("%s", (_, stack) => expect(statusOf(stack, "topic key")).toBe("ok"));

  it("a key of an empty name is none", () => {
    expect(statusOf(keyed(""), "topic key")).toBeUndefined();
  });

  it("a bucket by its id, where its name was left to the provider", () => {
    const named = whole.map((each) => (each.name === "bucket" ? { ...each, inputs: {}, id: "evidence" } : each));
    expect(statusOf(named, "bucket policy")).toBe("ok");
    const denied = changed(named, "bucket-policy", { policy: nothing });
    expect(stoppedAt(denied)).toBe("bucket policy");
  });

  it("a log group in China by the service's name there", () => {
    const china = JSON.parse(
      JSON.stringify(whole)
        .replaceAll("arn:aws:", "arn:aws-cn:")
        .replaceAll(`logs.${region}.amazonaws.com`, `logs.${region}.amazonaws.com.cn`),
    ) as ResolvedResource[];
    expect(statusOf(china, "log group key")).toBe("ok");
    const abroad = JSON.parse(
      JSON.stringify(china).replaceAll(`logs.${region}.amazonaws.com.cn`, `logs.${region}.amazonaws.com`),
    ) as ResolvedResource[];
    expect(stoppedAt(abroad)).toBe("log group key");
  });
});

describe("without a key there is no hop of a key", () => {
  it.each([
    ["the trail", changed(whole, "trail", { kmsKeyId: undefined }), "bucket key"],
    ["the log group", changed(whole, "log-group", { kmsKeyId: undefined }), "log group key"],
    ["the topic", changed(whole, "topic", { kmsMasterKeyId: undefined }), "topic key"],
  ])("%s", (_, stack, hop) => {
    expect([statusOf(stack, hop), stoppedAt(stack)]).toEqual([undefined, undefined]);
  });
});

describe("policies that are malformed stop what they guard", () => {
  it.each([
    ["topic-policy", { policy: "{" }, "topic policy"],
    ["role-policy", { policy: "{" }, "log delivery"],
    ["role", { assumeRolePolicy: "{" }, "log delivery"],
    ["trail-key", { policy: "{" }, "bucket key"],
  ])("%s", (name, change, hop) => expect(stoppedAt(changed(whole, name, change))).toBe(hop));
});

it("a condition that only the account can judge makes a hop assumed, with the reason", () => {
  const undecided = policy(
    allow("cloudwatch.amazonaws.com", "sns:Publish", arns.topic, {
      ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch" },
    }),
  );
  const { alerts, undelivered } = simulate(changed(whole, "topic-policy", { policy: undecided })).run([event]);
  const hop = [...alerts, ...undelivered][0]!.path.find((each) => each.hop === "topic policy")!;
  expect(hop.status).toBe("assumed");
  expect(hop.reason).toMatch(/^sns:Publish for cloudwatch\.amazonaws\.com is not decided: /);
});
