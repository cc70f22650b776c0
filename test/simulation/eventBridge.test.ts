// Proves: which CloudTrail events reach a rule of EventBridge and its target, and which a subscription filter sends on.
// Does not prove: patterns with operators that are not simulated (they are errors), nor what a target does.
import { describe, expect, it } from "vitest";
import { type CloudTrailRecord, type ResolvedResource, simulate } from "../../simulation";
import { account, at, data, management, region } from "./support/records";
import { allow, arns, changed, policy, resource, stackOf } from "./support/stack";

const ruleArn = `arn:aws:events:${region}:${account}:rule/test-backup-deleted`;
const rule = (inputs: Record<string, unknown> = {}) =>
  resource(
    "aws:cloudwatch/eventRule:EventRule",
    "rule",
    {
      name: "test-backup-deleted",
      eventPattern: JSON.stringify({
        source: ["aws.dynamodb"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: { eventSource: ["dynamodb.amazonaws.com"], eventName: ["DeleteBackup", "ListBackups", "GetItem"] },
      }),
      ...inputs,
    },
    { arn: ruleArn, name: "test-backup-deleted" },
  );
const events = "events.amazonaws.com";
const whole: ResolvedResource[] = [
  ...changed(
    changed(stackOf(), "topic-policy", {
      policy: policy(allow(events, "sns:Publish", arns.topic, { ArnEquals: { "aws:SourceArn": ruleArn } })),
    }),
    "topic-key",
    { policy: policy(allow(events, ["kms:Decrypt", "kms:GenerateDataKey*"], "*")) },
  ),
  rule(),
  resource("aws:cloudwatch/eventTarget:EventTarget", "target", { rule: "test-backup-deleted", arn: arns.topic }),
];
const deleted = management("DeleteBackup", "0:07");
const run = (stack: readonly ResolvedResource[], event: CloudTrailRecord = deleted) => simulate(stack).run([event]);

describe("a rule of EventBridge", () => {
  it("alerts at once, for each event", () => {
    const { alerts, undelivered, stopped } = simulate(whole).run([deleted, deleted]);
    expect([undelivered, stopped]).toEqual([[], []]);
    expect(alerts).toHaveLength(2);
    expect(alerts[0]).toMatchObject({
      detection: "backup-deleted",
      title: "Backup deleted",
      severity: "high",
      time: at("0:07").replace(".000Z", "Z"),
      count: 1,
      suppressed: 0,
      alarm: "test-backup-deleted",
    });
    const hops = alerts[0]!.path.map(({ hop, status }) => `${hop}: ${status}`);
    expect(hops.slice(3)).toEqual([
      "event selector: ok",
      "event rule: ok",
      "topic policy: ok",
      "topic key: ok",
      "subscription: ok",
    ]);
  });

  it("does not hear of other events", () => {
    expect(run(whole, management("DeleteTable", "0"))).toMatchObject({ alerts: [], undelivered: [], relevant: 0 });
  });

  it("needs no log group, but a trail that logs the event", () => {
    expect(run(changed(whole, "trail", { cloudWatchLogsGroupArn: undefined })).alerts).toHaveLength(1);
    const dataOnly = [
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::DynamoDB::Table"] },
        ],
      },
    ];
    expect(run(changed(whole, "trail", { advancedEventSelectors: dataOnly })).undelivered).toMatchObject([
      { stoppedAt: { hop: "event selector" } },
    ]);
    const without = whole.filter(({ name }) => name !== "trail");
    expect(run(without).alerts[0]!.path[0]).toMatchObject({ hop: "trail", status: "assumed" });
  });

  it("hears of reads of items, and of reading management events in one state only", () => {
    const listed = management("ListBackups", "0", { readOnly: true });
    expect(run(whole, data("GetItem", "0")).alerts).toHaveLength(1);
    expect(run(whole, listed).undelivered).toMatchObject([{ stoppedAt: { hop: "event rule", at: "rule" } }]);
    const all = changed(whole, "rule", { state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" });
    expect(run(all, listed).alerts).toHaveLength(1);
  });

  it.each<[string, ResolvedResource[], CloudTrailRecord, string, string]>([
    ["another Region", whole, { ...deleted, awsRegion: "eu-west-1" }, "event rule", "the bus of eu-west-1"],
    ["switched off", changed(whole, "rule", { state: "DISABLED" }), deleted, "event rule", "switched off"],
    ["no target", changed(whole, "target", undefined), deleted, "event rule", "no target"],
    ["no such topic", changed(whole, "target", { arn: `${arns.topic}2` }), deleted, "alarm action", "no topic"],
    ["the default topic policy", changed(whole, "topic-policy", undefined), deleted, "topic policy", "default policy"],
    [
      "a key that asks for the source, which it does not get",
      changed(whole, "topic-key", {
        policy: policy(
          allow(events, ["kms:Decrypt", "kms:GenerateDataKey*"], "*", {
            StringEquals: { "aws:SourceAccount": account },
          }),
        ),
      }),
      deleted,
      "topic key",
      "may not kms:Decrypt",
    ],
    ["over 256 KB", whole, { ...deleted, more: "x".repeat(1 << 18) }, "log delivery", "256 KB"],
  ])("stops: %s", (_, stack, event, hop, reason) => {
    const { alerts, undelivered, stopped } = run(stack, event);
    expect(alerts).toEqual([]);
    expect(undelivered).toMatchObject([{ stoppedAt: { hop, reason: expect.stringContaining(reason) } }]);
    expect(stopped).toMatchObject([{ detection: "backup-deleted", hop, events: 1 }]);
  });

  it("invokes a function with a permission", () => {
    const lambda = `arn:aws:lambda:${region}:${account}:function:f`;
    const toFunction = changed(whole, "target", { arn: lambda });
    const f = resource("aws:lambda/function:Function", "f", { name: "f" }, { arn: lambda });
    const permission = resource("aws:lambda/permission:Permission", "permission", {
      action: "lambda:InvokeFunction",
      function: "f",
      principal: events,
      sourceArn: ruleArn,
    });
    expect(run([...toFunction, f, permission]).alerts).toHaveLength(1);
    expect(run([...toFunction, f]).undelivered).toMatchObject([{ stoppedAt: { hop: "event rule" } }]);
    expect(run(toFunction).alerts[0]!.path.at(-1)).toMatchObject({ status: "assumed" });
    const queue = changed(whole, "target", { arn: `arn:aws:sqs:${region}:${account}:queue` });
    expect(run(queue).alerts[0]!.path.at(-1)).toMatchObject({ status: "assumed" });
  });

  it.each([
    ["other events", JSON.stringify({ "detail-type": ["Config Rules Compliance Change"] })],
    ["a schedule", undefined],
  ])("on %s is none of CloudTrail's", (_, eventPattern) => {
    expect(run(changed(whole, "rule", { eventPattern }))).toMatchObject({ alerts: [], undelivered: [], stopped: [] });
  });

  it("with a pattern that is no JSON is an error", () => {
    expect(() => simulate(changed(whole, "rule", { eventPattern: "{" }))).toThrow("rule, eventPattern: is not JSON");
  });

  it.each<[string, Record<string, unknown>, number]>([
    ["without a pattern", { eventPattern: undefined }, 0],
    ["of an empty pattern", { eventPattern: "" }, 0],
    ["on other events", { eventPattern: JSON.stringify({ "detail-type": ["Config Rules Compliance Change"] }) }, 0],
    [
      "on several kinds of events",
      { eventPattern: JSON.stringify({ "detail-type": ["x", "AWS API Call via CloudTrail"] }) },
      1,
    ],
    ["on resources of the envelope, which has none", { eventPattern: JSON.stringify({ resources: ["x"] }) }, 0],
    ["whose pattern is an object", { eventPattern: { source: ["aws.dynamodb"] } }, 1],
    [
      "by account, Region and time",
      { eventPattern: JSON.stringify({ account: [account], region: [region], time: [deleted.eventTime] }) },
      1,
    ],
    [
      "by sources of several kinds",
      { eventPattern: JSON.stringify({ detail: { eventSource: [{ prefix: "dynamodb" }, "x"] } }) },
      1,
    ],
  ])("%s", (_, change, alerts) => expect(run(changed(whole, "rule", change)).alerts).toHaveLength(alerts));

  it("that is switched off by the older property, or has a state that nobody knows", () => {
    const off = run(changed(whole, "rule", { isEnabled: false })).undelivered;
    expect(off).toMatchObject([{ stoppedAt: { reason: "the rule is switched off (state ENABLED)" } }]);
    expect(run(changed(whole, "rule", { isEnabled: true })).alerts).toHaveLength(1);
  });

  it("hears of an event without a Region as of one of its own", () => {
    expect(run(whole, { ...deleted, awsRegion: undefined }).alerts).toHaveLength(1);
  });

  it("of which the trail takes no event is not what stops it", () => {
    const silent = changed(whole, "trail", { enableLogging: false });
    const elsewhere = { ...deleted, awsRegion: "eu-west-1" };
    expect(run(silent, elsewhere).undelivered).toMatchObject([{ stoppedAt: { hop: "trail" } }]);
    const [missed] = run(whole, elsewhere).undelivered;
    expect(missed!.path.filter(({ hop }) => hop === "event rule")).toHaveLength(1);
  });

  it("says what it does not know of its targets, and takes the first that works", () => {
    const target = (name: string, arn: string, of = "test-backup-deleted") =>
      resource("aws:cloudwatch/eventTarget:EventTarget", name, { rule: of, arn });
    const bare = changed(whole, "target", undefined);
    const last = (...targets: ResolvedResource[]) => {
      const { alerts, undelivered } = run([...bare, ...targets]);
      return [...alerts, ...undelivered][0]!.path.at(-1);
    };
    expect(last(target("a", "arn:aws:lambda:x:1:function:f"))).toEqual({
      hop: "event rule",
      status: "assumed",
      at: "arn:aws:lambda:x:1:function:f",
      reason: "the function is not among the resources",
    });
    expect(last(target("a", "arn:aws:sqs:x:1:q"))).toEqual({
      hop: "event rule",
      status: "assumed",
      at: "rule",
      reason: "targets other than topics and functions are not simulated (arn:aws:sqs:x:1:q)",
    });
    expect(last(target("a", `${arns.topic}2`), target("b", arns.topic))).toMatchObject({ status: "ok" });
    expect(last(target("a", arns.topic), target("b", `${arns.topic}2`))).toMatchObject({ status: "ok" });
    expect(last(target("a", `${arns.topic}2`), target("b", `${arns.topic}3`))).toMatchObject({ at: `${arns.topic}2` });
    expect(last(target("a", arns.topic, "another-rule"))).toMatchObject({ reason: "the rule has no target" });
    const lambda = resource(
      "aws:lambda/function:Function",
      "fn",
      { name: "fn" },
      { arn: "arn:aws:lambda:x:1:function:fn" },
    );
    const toFunction = target("a", "arn:aws:lambda:x:1:function:fn");
    expect(last(lambda, toFunction)).toMatchObject({
      status: "broken",
      reason: "no permission lets events.amazonaws.com invoke fn",
    });
    const permission = resource("aws:lambda/permission:Permission", "p", {
      action: "lambda:InvokeFunction",
      function: "fn",
      principal: events,
      sourceArn: ruleArn,
    });
    expect(last(lambda, toFunction, permission)).toEqual({ hop: "event rule", status: "ok", at: "fn" });
  });

  it("with a pattern that is not simulated says so, and takes nothing", () => {
    const near = JSON.stringify({ detail: { sourceIPAddress: [{ cidr: "10.0.0.0/8" }] } });
    for (const [eventPattern, reason] of [
      [near, 'event pattern: the operator "cidr" is not simulated'],
      ["5", "event pattern: a filter is an object, not 5"],
    ]) {
      const simulation = simulate(changed(whole, "rule", { eventPattern }));
      expect(simulation.notSimulated).toContainEqual({ resource: "rule", reason });
      expect(simulation.run([management("DeleteTable", "0")])).toMatchObject({ alerts: [], stopped: [] });
    }
  });

  it("says of which services its events are, if the pattern does", () => {
    const s3 = { eventSource: "s3.amazonaws.com", eventName: "DeleteTable" };
    expect(simulate(whole).neededOf(s3)).toBe(false);
    expect(simulate(whole).neededOf({ ...s3, eventSource: "dynamodb.amazonaws.com" })).toBe(true);
    const any = changed(whole, "rule", { eventPattern: JSON.stringify({ source: ["aws.dynamodb"] }) });
    expect(simulate(any).neededOf(s3)).toBe(true);
    expect(run(any, management("Anything", "0")).alerts).toHaveLength(1);
  });
});

describe("a subscription filter", () => {
  const lambda = `arn:aws:lambda:${region}:${account}:function:detector`;
  const filter = (filterPattern: string) =>
    resource("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "filter", {
      logGroup: "audit",
      filterPattern,
      destinationArn: lambda,
    });
  const permission = (principal: string) =>
    resource("aws:lambda/permission:Permission", "permission", {
      action: "lambda:InvokeFunction",
      function: lambda,
      principal,
      sourceArn: `${arns.logGroup}:*`,
    });
  const detector = resource("aws:lambda/function:Function", "detector", { name: "detector" }, { arn: lambda });
  const stack = (pattern = '{ $.eventName = "Delete*" }', principal = "logs.amazonaws.com") => [
    ...stackOf(),
    detector,
    filter(pattern),
    permission(principal),
  ];
  const sent = (resources: ResolvedResource[]) => {
    const names: unknown[] = [];
    const run = simulate(resources).start({
      onSubscribed: (arn, { eventName }, time) => names.push([arn, eventName, time]),
    });
    run.push(deleted);
    run.push(management("CreateTable", "1"));
    run.finish();
    return { names, stopped: run.stopped };
  };

  it("sends on what its pattern matches", () => {
    expect(sent(stack())).toEqual({ names: [[lambda, "DeleteBackup", Date.parse(deleted.eventTime!)]], stopped: [] });
    expect(sent(stack('{ $.eventName = "Delete*" }', `logs.${region}.amazonaws.com`)).names).toHaveLength(1);
  });

  it("without a pattern sends everything on", () => {
    expect(sent(stack("")).names).toHaveLength(2);
    expect(simulate(stack("")).neededOf({ eventSource: "s3.amazonaws.com", eventName: "PutObject" })).toBe(true);
  });

  it.each([
    ["no permission", stack(undefined, "sns.amazonaws.com"), "subscription filter"],
    ["another log group", changed(stack(), "filter", { logGroup: "other" }), "log group"],
  ])("sends nothing: %s", (_, resources, hop) => {
    expect(sent(resources)).toMatchObject({ names: [], stopped: [{ detection: "filter", hop, events: 1 }] });
  });

  it("says what is lost, how often and why", () => {
    const run = simulate(stack(undefined, "sns.amazonaws.com")).start();
    run.push(deleted);
    run.push({ ...deleted, eventTime: at("2") });
    expect(run.stopped).toEqual([
      {
        detection: "filter",
        hop: "subscription filter",
        at: "filter",
        reason: "no permission lets logs.amazonaws.com invoke detector",
        events: 2,
      },
    ]);
  });

  it("reads a log group that lies outside of the resources, for which the permission names it all the same", () => {
    const outside = stack().filter(({ name }) => name !== "trail" && name !== "log-group");
    expect(sent(outside).names).toHaveLength(1);
    const other = changed(outside, "permission", { sourceArn: `${arns.logGroup}2:*` });
    expect(sent(other)).toMatchObject({ names: [], stopped: [{ hop: "subscription filter" }] });
  });

  it("takes white space for no pattern, and asks for a log group and a destination", () => {
    expect(sent(stack("  ")).names).toHaveLength(2);
    const nowhere = changed(stack(), "filter", { logGroup: undefined });
    expect(sent(nowhere).stopped).toMatchObject([{ hop: "log group" }]);
    expect(sent(changed(stack(), "filter", { destinationArn: undefined })).names).toEqual([
      ["", "DeleteBackup", Date.parse(deleted.eventTime!)],
    ]);
  });

  it("rules out calls that its pattern cannot match, before their events are read", () => {
    const may = (eventName: string) => simulate(stack()).neededOf({ eventSource: "dynamodb.amazonaws.com", eventName });
    expect([may("DeleteTable"), may("CreateTable")]).toEqual([true, false]);
  });

  it("may send to what is not among the resources", () => {
    expect(sent(changed(stack(), "filter", { destinationArn: "arn:aws:kinesis:x:1:stream/s" })).names).toHaveLength(1);
  });
});
