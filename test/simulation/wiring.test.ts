// Proves: an event goes from the trail to the topic only where every name, ARN and policy on the way says so, and where one
// does not, the report names the hop. Does not prove: AWS's evaluation of policies (test/iam), nor that the program
// registers these resources (test/simulation/program.test.ts).
import { describe, expect, it } from "vitest";
import { InputError, type ResolvedResource, simulate } from "../../simulation";
import { breakOf, hopNames } from "../../simulation/delivery/hop";
import { account, data, management, region } from "./support/records";
import { allow, arns, changed, policy, resource, stackOf } from "./support/stack";

const id = "deletion-protection-disabled";
const event = management("UpdateTable", "0", {
  requestParameters: { tableName: "orders", deletionProtectionEnabled: false },
});
const whole = stackOf(id);
const report = (stack: readonly ResolvedResource[]) => simulate(stack).run([event]);

/** Hops of an alert of a metric filter; the others belong to ways that branch off (detector.test.ts, notifier.test.ts). */
const elsewhere = ["subscription filter", "event rule", "detector", "notifier", "failure destination"];
const alarmWay = hopNames.filter((hop) => !elsewhere.includes(hop));

it("a whole stack delivers, and says by which way", () => {
  const { alerts, undelivered, stopped } = report(whole);
  expect([undelivered, stopped]).toEqual([[], []]);
  expect(alerts).toHaveLength(1);
  expect(alerts[0]!.path.map(({ hop, status }) => [hop, status])).toEqual(alarmWay.map((hop) => [hop, "ok"]));
});

const trail = (change: Record<string, unknown>) => changed(whole, "trail", change);
const alarm = (change: Record<string, unknown>) => changed(whole, `${id}-alarm`, change);
const other = { StringEquals: { "aws:SourceAccount": "999999999999" } };

const breaks: [string, readonly ResolvedResource[], string, string][] = [
  ["the trail does not log", trail({ enableLogging: false }), "trail", "enableLogging"],
  ["no bucket policy", changed(whole, "bucket-policy", undefined), "bucket policy", "has no policy"],
  [
    "a bucket policy for another trail",
    changed(whole, "bucket-policy", {
      policy: policy(
        allow("cloudtrail.amazonaws.com", ["s3:GetBucketAcl", "s3:PutObject"], "*", {
          StringEquals: { "aws:SourceArn": `${arns.trail}2` },
        }),
      ),
    }),
    "bucket policy",
    "may not s3:GetBucketAcl",
  ],
  [
    "a bucket policy for another folder",
    changed(whole, "bucket-policy", {
      policy: policy(
        allow("cloudtrail.amazonaws.com", "s3:GetBucketAcl", arns.bucket),
        allow("cloudtrail.amazonaws.com", "s3:PutObject", `${arns.bucket}/AWSLogs/999999999999/*`),
      ),
    }),
    "bucket policy",
    "may not s3:PutObject",
  ],
  ["a folder that the bucket policy does not name", trail({ s3KeyPrefix: "trails" }), "bucket policy", "s3:PutObject"],
  [
    "a key that CloudTrail may not use",
    changed(whole, "trail-key", {
      policy: policy(allow(`logs.${region}.amazonaws.com`, "kms:*", "*")),
    }),
    "bucket key",
    "cloudtrail.amazonaws.com may not kms:GenerateDataKey",
  ],
  [
    "a key that CloudTrail may use and not describe",
    changed(whole, "trail-key", {
      policy: policy(allow("cloudtrail.amazonaws.com", "kms:GenerateDataKey*", "*")),
    }),
    "bucket key",
    "cloudtrail.amazonaws.com may not kms:DescribeKey",
  ],
  [
    "no management events",
    trail({
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::DynamoDB::Table"] },
          ],
        },
      ],
    }),
    "event selector",
    "no event selector",
  ],
  ["no bucket", trail({ s3BucketName: undefined }), "bucket policy", "the trail has no s3BucketName"],
  ["no log group", trail({ cloudWatchLogsGroupArn: undefined }), "log delivery", "no cloudWatchLogsGroupArn"],
  [
    "an ARN without its end",
    trail({ cloudWatchLogsGroupArn: arns.logGroup }),
    "log delivery",
    'does not end with ":*"',
  ],
  ["no role", trail({ cloudWatchLogsRoleArn: undefined }), "log delivery", "no cloudWatchLogsRoleArn"],
  ["no policy of the role", changed(whole, "role-policy", undefined), "log delivery", "may not logs:CreateLogStream"],
  [
    "a role that may not put events",
    changed(whole, "role-policy", {
      policy: policy({ Effect: "Allow", Action: "logs:CreateLogStream", Resource: "*" }),
    }),
    "log delivery",
    "the role may not logs:PutLogEvents",
  ],
  [
    "a role for another log group",
    changed(whole, "role-policy", {
      policy: policy({ Effect: "Allow", Action: "logs:*", Resource: `${arns.logGroup}2:*` }),
    }),
    "log delivery",
    "may not logs:CreateLogStream",
  ],
  [
    "a role that trusts another service",
    changed(whole, "role", { assumeRolePolicy: policy(allow("config.amazonaws.com", "sts:AssumeRole", "")) }),
    "log delivery",
    "cloudtrail.amazonaws.com may not sts:AssumeRole",
  ],
  ["no such log group", changed(whole, "log-group", undefined), "log group", "there is no log group audit"],
  [
    "a log group of another class",
    changed(whole, "log-group", { logGroupClass: "INFREQUENT_ACCESS" }),
    "log group",
    "class",
  ],
  [
    "a log group's key that Logs may not use",
    changed(
      [
        ...whole,
        resource(
          "aws:kms/key:Key",
          "logs-key",
          { policy: policy(allow("x.amazonaws.com", "kms:*", "*")) },
          { arn: "k" },
        ),
      ],
      "log-group",
      { kmsKeyId: "k" },
    ),
    "log group key",
    `logs.${region}.amazonaws.com may not kms:Encrypt`,
  ],
  [
    "a filter on another log group",
    changed(whole, `${id}-filter`, { logGroupName: "other" }),
    "log group",
    "the filter reads other, but trail delivers to audit",
  ],
  ["actions switched off", alarm({ actionsEnabled: false }), "alarm action", "actionsEnabled"],
  ["no actions", alarm({ alarmActions: [] }), "alarm action", "no alarmActions"],
  ["no such topic", alarm({ alarmActions: [`${arns.topic}2`] }), "alarm action", `there is no topic ${arns.topic}2`],
  [
    "a topic policy for another account",
    changed(whole, "topic-policy", {
      policy: policy(allow("cloudwatch.amazonaws.com", "sns:Publish", arns.topic, other)),
    }),
    "topic policy",
    "cloudwatch.amazonaws.com may not sns:Publish",
  ],
  [
    "a topic policy for other alarms",
    changed(whole, "topic-policy", {
      policy: policy(
        allow("cloudwatch.amazonaws.com", "sns:Publish", arns.topic, {
          ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:other-*` },
        }),
      ),
    }),
    "topic policy",
    "may not sns:Publish",
  ],
  [
    "a topic policy that is no JSON",
    changed(whole, "topic-policy", { policy: "{" }),
    "topic policy",
    "policy document",
  ],
  [
    "a topic key that alarms may not use",
    changed(whole, "topic-key", {
      policy: policy(allow("cloudwatch.amazonaws.com", "kms:Decrypt", "*")),
    }),
    "topic key",
    "cloudwatch.amazonaws.com may not kms:GenerateDataKey",
  ],
  ["AWS's own key", changed(whole, "topic", { kmsMasterKeyId: "alias/aws/sns" }), "topic key", "AWS managed key"],
  ["a key without a policy", changed(whole, "topic-key", { policy: undefined }), "topic key", "default policy"],
  ["a key that is disabled", changed(whole, "topic-key", { isEnabled: false }), "topic key", "isEnabled"],
  [
    "a subscription without protocol",
    changed(whole, "subscription", { protocol: undefined }),
    "subscription",
    "lacks an endpoint or a protocol",
  ],
  [
    "a subscription without endpoint",
    changed(whole, "subscription", { endpoint: undefined }),
    "subscription",
    "lacks an endpoint or a protocol",
  ],
  [
    "a filter policy on attributes, which alarms do not have",
    changed(whole, "subscription", { filterPolicy: JSON.stringify({ AlarmName: [{ prefix: "test-" }] }) }),
    "subscription",
    "filter policy",
  ],
  [
    "a filter policy for other alarms",
    changed(whole, "subscription", {
      filterPolicyScope: "MessageBody",
      filterPolicy: JSON.stringify({ AlarmName: [{ prefix: "test-low-" }] }),
    }),
    "subscription",
    "filter policy",
  ],
  [
    "a function that SNS may not invoke",
    changed(
      [...whole, resource("aws:lambda/function:Function", "enricher", { name: "enricher" }, { arn: "arn:fn" })],
      "subscription",
      { protocol: "lambda", endpoint: "arn:fn" },
    ),
    "subscription",
    "no permission lets sns.amazonaws.com invoke enricher",
  ],
  [
    "a queue without a policy",
    changed(
      [
        ...whole,
        resource("aws:sqs/queue:Queue", "queue", { name: "queue" }, { arn: "arn:aws:sqs:x:1:queue", id: "url" }),
      ],
      "subscription",
      { protocol: "sqs", endpoint: "arn:aws:sqs:x:1:queue" },
    ),
    "subscription",
    "no policy that lets SNS send",
  ],
];

describe("a break on the way stops the alert, and the report names the hop", () => {
  it.each(breaks)("%s", (_, stack, hop, reason) => {
    const { alerts, undelivered } = report(stack);
    expect(alerts).toEqual([]);
    expect(undelivered).toHaveLength(1);
    expect(undelivered[0]!.stoppedAt).toMatchObject({ hop, status: "broken" });
    expect(undelivered[0]!.stoppedAt!.reason).toContain(reason);
    expect(breakOf(undelivered[0]!.path)).toBe(undelivered[0]!.stoppedAt);
  });

  it("is tried at every hop that a stack can break at", () => {
    // A filter itself is not broken: it matches or not. An alarm is, below.
    const tried = new Set(breaks.map(([, , hop]) => hop));
    expect(alarmWay.filter((hop) => !tried.has(hop))).toEqual(["metric filter", "alarm"]);
  });

  it("no alarm on the metric: the events are counted", () => {
    const { alerts, undelivered, stopped } = report(
      changed(whole, `${id}-filter`, {
        metricTransformation: { namespace: "test/detections", name: "typo", value: "1" },
      }),
    );
    expect([alerts, undelivered]).toEqual([[], []]);
    expect(stopped).toEqual([
      {
        detection: "typo",
        hop: "alarm",
        at: `${id}-filter`,
        reason: "no alarm measures test/detections typo",
        events: 1,
      },
    ]);
  });

  it("what stops before the alarm is counted by hop", () => {
    const lost = simulate(trail({ isMultiRegionTrail: false })).run([event, { ...event, awsRegion: "eu-west-1" }]);
    expect(lost.alerts).toMatchObject([{ count: 1, regions: [region] }]);
    expect(lost.undelivered).toMatchObject([
      { count: 1, regions: ["eu-west-1"], stoppedAt: { hop: "event selector" } },
    ]);
    expect(lost.stopped).toEqual([
      {
        detection: id,
        hop: "event selector",
        at: "trail",
        reason: "the trail logs us-east-1 only (isMultiRegionTrail is not true)",
        events: 1,
      },
    ]);
  });

  it("an event over 256 KB is lost", () => {
    const large = { ...event, additionalEventData: { text: "x".repeat(256 * 1024) } };
    const { alerts, undelivered } = simulate(whole).run([large]);
    expect(alerts).toEqual([]);
    expect(undelivered).toMatchObject([
      { stoppedAt: { hop: "log delivery", reason: expect.stringContaining("256 KB") } },
    ]);
  });
});

describe("several ways", () => {
  it("a second trail that delivers is enough", () => {
    const silent = changed(whole, "trail", { enableLogging: false });
    const second = whole.filter(({ name }) => name === "trail").map((each) => ({ ...each, name: "second" }));
    expect(report([...silent, ...second]).alerts).toHaveLength(1);
  });

  it("of two trails that do not deliver, the one that comes closer explains", () => {
    const silent = changed(whole, "trail", { enableLogging: false });
    const second = changed(whole, "trail", { cloudWatchLogsGroupArn: arns.logGroup })
      .filter(({ name }) => name === "trail")
      .map((each) => ({ ...each, name: "second" }));
    expect(report([...silent, ...second]).undelivered).toMatchObject([{ stoppedAt: { hop: "log delivery" } }]);
  });

  it("a second action that works is enough", () => {
    expect(report(alarm({ alarmActions: [`${arns.topic}2`, arns.topic] })).alerts).toHaveLength(1);
  });

  it("a second subscription that works is enough", () => {
    const refused = changed(whole, "subscription", { filterPolicy: '{"a":["b"]}' });
    const second = resource("aws:sns/topicSubscription:TopicSubscription", "second", {
      topic: arns.topic,
      protocol: "email",
      endpoint: "second@example.com",
    });
    expect(report([...refused, second]).alerts).toHaveLength(1);
  });
});

describe("what lies outside the resources is assumed, and said", () => {
  const assumptions = (stack: readonly ResolvedResource[]) =>
    report(stack)
      .alerts[0]!.path.filter(({ status }) => status === "assumed")
      .map(({ hop, at, reason }) => `${hop} (${at}): ${reason}`);

  it.each([
    [
      "nobody subscribed",
      changed(whole, "subscription", undefined),
      ["subscription (topic): nobody among the resources is subscribed to the topic"],
    ],
    [
      "the default topic policy",
      changed(whole, "topic-policy", undefined),
      ["topic policy (topic): AWS's default policy lets alarms of the same account publish"],
    ],
    [
      "a key of another stack",
      changed(whole, "topic-key", undefined),
      [`topic key (${arns.topicKey}): the key is not among the resources; its policy is taken to allow this`],
    ],
    [
      "a bucket of another stack",
      changed(whole, "bucket", undefined),
      ["bucket policy (evidence): the bucket is not among the resources"],
    ],
    [
      "a role of another stack",
      changed(whole, "role", undefined),
      [`log delivery (${arns.role}): the role is not among the resources`],
    ],
    [
      "an action that is no topic",
      alarm({ alarmActions: ["arn:aws:ssm:us-east-1:1:opsitem:1"] }),
      [`alarm action (${id}-alarm): actions other than topics are not simulated (arn:aws:ssm:us-east-1:1:opsitem:1)`],
    ],
    [
      "a trail of another stack",
      whole.filter(({ name }) => name !== "trail" && name !== "log-group"),
      [
        "trail (audit): no trail is among the resources; one is taken to deliver every event",
        "log group (audit): the log group is not among the resources",
      ],
    ],
    [
      "a function of another stack",
      changed(whole, "subscription", { protocol: "lambda", endpoint: "arn:fn" }),
      ["subscription (arn:fn): the function is not among the resources"],
    ],
    [
      "a queue of another stack",
      changed(whole, "subscription", { protocol: "sqs", endpoint: "arn:q" }),
      ["subscription (arn:q): the queue is not among the resources"],
    ],
  ])("%s", (_, stack, hops) => expect(assumptions(stack)).toEqual(hops));

  it("a log group of this stack that a trail of another one delivers to is judged", () => {
    const outside = whole.filter(({ name }) => name !== "trail");
    expect(assumptions(outside)).toEqual([
      "trail (audit): no trail is among the resources; one is taken to deliver every event",
    ]);
    const infrequent = changed(outside, "log-group", { logGroupClass: "INFREQUENT_ACCESS" });
    expect(report(infrequent).undelivered).toMatchObject([{ stoppedAt: { hop: "log group", at: "log-group" } }]);
  });

  it("a trail of another stack delivers every event", () => {
    const outside = stackOf("table-scanned").filter(({ name }) => name !== "trail");
    expect(simulate(outside).run([data("Scan", "0")]).alerts).toHaveLength(1);
  });
});

describe("subscriptions that work", () => {
  const delivered = (stack: readonly ResolvedResource[]) => report(stack).alerts.map(({ path }) => path.at(-1)!.status);

  it.each([
    [{ AlarmName: [{ prefix: "test-high-" }] }],
    [{ NewStateValue: ["ALARM"], Trigger: { MetricName: [id] } }],
    [{ AlarmName: [{ "anything-but": { prefix: "test-low" } }], Missing: [{ exists: false }] }],
  ])("a filter policy on the message %j", (filter) => {
    const change = { filterPolicyScope: "MessageBody", filterPolicy: JSON.stringify(filter) };
    expect(delivered(changed(whole, "subscription", change))).toEqual(["ok"]);
  });

  it("a function with a permission for this topic", () => {
    const permission = (sourceArn: string) => [
      resource("aws:lambda/function:Function", "enricher", { name: "enricher" }, { arn: "arn:fn" }),
      resource("aws:lambda/permission:Permission", "permission", {
        action: "lambda:InvokeFunction",
        function: "enricher",
        principal: "sns.amazonaws.com",
        sourceArn,
      }),
    ];
    const stack = changed(whole, "subscription", { protocol: "lambda", endpoint: "arn:fn" });
    expect(delivered([...stack, ...permission(arns.topic)])).toEqual(["ok"]);
    expect(delivered([...stack, ...permission(`${arns.topic}2`)])).toEqual([]);
  });

  it("a queue with a policy and a key for this topic", () => {
    const queueArn = `arn:aws:sqs:${region}:${account}:queue`;
    const queue = (keyPolicy: string) => [
      resource("aws:sqs/queue:Queue", "queue", { kmsMasterKeyId: "queue-key" }, { arn: queueArn, id: "url" }),
      resource("aws:sqs/queuePolicy:QueuePolicy", "queue-policy", {
        queueUrl: "url",
        policy: policy(
          allow("sns.amazonaws.com", "sqs:SendMessage", queueArn, { ArnEquals: { "aws:SourceArn": arns.topic } }),
        ),
      }),
      resource(
        "aws:kms/key:Key",
        "queue-key",
        { policy: keyPolicy },
        { arn: "arn:aws:kms:x:1:key/q", keyId: "queue-key" },
      ),
    ];
    const stack = changed(whole, "subscription", { protocol: "sqs", endpoint: queueArn });
    const kms = (service: string) => policy(allow(service, ["kms:Decrypt", "kms:GenerateDataKey*"], "*"));
    expect(delivered([...stack, ...queue(kms("sns.amazonaws.com"))])).toEqual(["ok"]);
    expect(delivered([...stack, ...queue(kms("sqs.amazonaws.com"))])).toEqual([]);
  });

  it("a key by its alias", () => {
    const aliased = changed(whole, "topic", { kmsMasterKeyId: "alias/alerts" });
    const alias = resource("aws:kms/alias:Alias", "alias", { name: "alias/alerts", targetKeyId: "topic-key" });
    expect(delivered([...aliased, alias])).toEqual(["ok"]);
    expect(report([...aliased, alias]).alerts[0]!.path).toContainEqual({
      hop: "topic key",
      status: "ok",
      at: "topic-key",
    });
  });

  it.each([
    ["is not JSON", "{", "broken", "its filter policy is not JSON"],
    ["lets the message through", JSON.stringify({ NewStateValue: ["ALARM"] }), "ok", undefined],
    ["keeps it away", JSON.stringify({ NewStateValue: ["OK"] }), "broken", "does not let the message through"],
    ["is not simulated", JSON.stringify({ AlarmName: [{ cidr: "x" }] }), "assumed", 'the operator "cidr"'],
    ["holds nothing", "{}", "ok", undefined],
  ])("a filter policy of the subscription that %s", (_, filterPolicy, status, reason) => {
    const { alerts, undelivered } = report(
      changed(whole, "subscription", { filterPolicy, filterPolicyScope: "MessageBody" }),
    );
    expect([...alerts, ...undelivered][0]!.path.at(-1)).toEqual({
      hop: "subscription",
      status,
      at: "subscription",
      ...(reason !== undefined && { reason: expect.stringContaining(reason) }),
    });
  });

  it("policies of a role that are attached or inline", () => {
    const statement = policy({ Effect: "Allow", Action: "logs:*", Resource: "*" });
    const bare = changed(whole, "role-policy", undefined);
    const managed = resource("aws:iam/policy:Policy", "managed", { policy: statement }, { arn: "arn:policy" });
    const attached = (policyArn: string) =>
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attachment", { role: "delivery", policyArn });
    expect(delivered([...bare, managed, attached("arn:policy")])).toEqual(["ok"]);
    expect(delivered(changed(bare, "role", { inlinePolicies: [{ name: "logs", policy: statement }] }))).toEqual(["ok"]);
    expect(report([...bare, attached("arn:aws:iam::aws:policy/X")]).alerts[0]!.path).toContainEqual({
      hop: "log delivery",
      status: "assumed",
      at: "role",
      reason: "a policy of the role is not among the resources",
    });
  });
});

describe("inputs that were changed in an export, whose outputs still say what was", () => {
  const edited = (stack: readonly ResolvedResource[], name: string, inputs: Record<string, unknown>) =>
    stack.map((each) => (each.name === name ? { ...each, inputs: { ...each.inputs, ...inputs } } : each));
  /** Outputs hold the inputs too, as those of the provider do. */
  const deployed = edited(whole, "topic", { name: "alerts" }).map((each) => ({
    ...each,
    outputs: { ...each.inputs, ...each.outputs },
  }));

  it.each<[string, Record<string, unknown>, string]>([
    ["log-group", { name: "other" }, "log group"],
    ["topic", { name: "other" }, "alarm action"],
    ["trail", { name: "other" }, "bucket policy"],
    ["trail", { cloudWatchLogsGroupArn: `${arns.logGroup}2:*` }, "log delivery"],
    ["trail", { s3KeyPrefix: "trails" }, "bucket policy"],
    ["log-group", { logGroupClass: "INFREQUENT_ACCESS" }, "log group"],
    ["trail-key", { isEnabled: false }, "bucket key"],
  ])("%s %j", (name, inputs, hop) => {
    expect(report(deployed).alerts).toHaveLength(1);
    expect(report(edited(deployed, name, inputs))).toMatchObject({ alerts: [], undelivered: [{ stoppedAt: { hop } }] });
  });

  it("another bucket than the trail's is outside of the resources", () => {
    expect(report(edited(deployed, "bucket", { bucket: "other" })).alerts[0]!.path).toContainEqual(
      expect.objectContaining({ hop: "bucket policy", status: "assumed", at: "evidence" }),
    );
  });
});

describe("inputs that cannot be used", () => {
  it.each([
    ["no selector", [null], "lacks eventCategory"],
    ["no list of conditions", [{ fieldSelectors: "eventCategory" }], "its fieldSelectors are no list"],
    [
      "a condition without a field",
      [{ fieldSelectors: [{ equals: ["Management"] }] }],
      "its fieldSelectors are no list",
    ],
    [
      "a value that is no list",
      [{ fieldSelectors: [{ field: "eventCategory", equals: "Management" }] }],
      "its fieldSelectors are no list",
    ],
  ])("selectors: %s", (_, advancedEventSelectors, problem) => {
    expect(() => simulate(trail({ advancedEventSelectors }))).toThrow(`trail, advancedEventSelectors[0]: ${problem}`);
  });

  it("unknown values ask for a resolved preview", () => {
    const unresolved = changed(whole, `${id}-filter`, { logGroupName: "[unknown]" });
    expect(() => simulate(unresolved)).toThrow(InputError);
    expect(() => simulate(unresolved)).toThrow(
      `${id}-filter, logGroupName: is not known before deployment, and the wiring hangs on it. Preview with --resolved`,
    );
    const deep = alarm({ alarmActions: ["[unknown]"] });
    expect(() => simulate(deep)).toThrow("alarmActions[0]");
  });

  it("unknown values of resources that no alert goes through do not matter", () => {
    const table = resource("aws:dynamodb/table:Table", "table", { name: "[unknown]" });
    expect(report([...whole, table]).alerts).toHaveLength(1);
  });

  it("a pattern that AWS would refuse names the filter", () => {
    expect(() => simulate(changed(whole, `${id}-filter`, { pattern: "{ $.a EXISTS }" }))).toThrow(
      `${id}-filter, pattern: filter pattern, offset 6: EXISTS is not supported`,
    );
  });
});
