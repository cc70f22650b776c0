// Proves: a stateful alert goes from the trail through the subscription, the detector's own core, its metric and its alarm
// to the topic; every hop that breaks is named, with what is lost; EventBridge is the other way. Does not prove: what is
// detected (test/corpus), or AWS itself.
import { describe, expect, it } from "vitest";
import { type ResolvedResource, simulate } from "../../simulation";
import { hopNames } from "../../simulation/delivery/hop";
import { after, deleteTable, updateTable } from "../support/events";
import { account, region } from "./support/records";
import { arns, changed, policy, resource, stackOf } from "./support/stack";

const id = "protection-off-then-deleted";
const whole = stackOf(id);
const off = after("0", updateTable({ tableName: "orders", deletionProtectionEnabled: false }));
const gone = after("5", deleteTable());
const report = (stack: readonly ResolvedResource[], events = [off, gone]) => simulate(stack).run(events);

describe("a stateful alert", () => {
  it("takes every hop", () => {
    const { alerts, undelivered, stopped } = report(whole);
    expect([undelivered, stopped]).toEqual([[], []]);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      detection: id,
      severity: "critical",
      tables: ["orders"],
      eventIds: [gone["eventID"]],
    });
    const elsewhere = ["metric filter", "event rule", "notifier", "failure destination"];
    const way = hopNames.filter((hop) => !elsewhere.includes(hop));
    expect(alerts[0]!.path.map(({ hop, status }) => [hop, status])).toEqual(way.map((hop) => [hop, "ok"]));
  });

  it("comes in whatever order its events arrive", () => {
    const run = simulate(whole);
    const alerts: string[] = [];
    const started = run.start({ onAlert: ({ detection }) => alerts.push(detection) });
    const delivered = Date.parse(gone.eventTime);
    started.push(gone, delivered);
    started.push(off, delivered + 60_000);
    started.finish();
    expect(alerts).toEqual([id]);
  });

  it("does not come from what another run saw", () => {
    const simulation = simulate(whole);
    expect(simulation.run([off]).alerts).toEqual([]);
    expect(simulation.run([gone]).alerts).toEqual([]);
  });

  it.each<[string, readonly ResolvedResource[], string, string]>([
    [
      "no permission",
      changed(whole, "detector-permission", undefined),
      "subscription filter",
      "no permission lets logs.amazonaws.com invoke",
    ],
    [
      "a permission for another log group",
      changed(whole, "detector-permission", { sourceArn: `${arns.logGroup}2:*` }),
      "subscription filter",
      "no permission",
    ],
    [
      "a role that may not write the table",
      changed(whole, "detector-policy", {
        policy: policy({ Effect: "Allow", Action: ["dynamodb:BatchGetItem", "dynamodb:GetItem"], Resource: "*" }),
      }),
      "detector",
      "the role may not dynamodb:PutItem",
    ],
    [
      "a role for another part of the table",
      changed(whole, "detector-policy", {
        policy: policy({
          Effect: "Allow",
          Action: "dynamodb:*",
          Resource: "*",
          Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["alert#*"] } },
        }),
      }),
      "detector",
      "the role may not dynamodb:BatchGetItem",
    ],
    [
      "a subscription of another log group",
      changed(whole, "detector-subscription", { logGroup: "other" }),
      "log group",
      "the filter reads other",
    ],
  ])("stops at what is broken: %s", (_, stack, hop, reason) => {
    const { alerts, undelivered, stopped } = report(stack);
    expect(alerts).toEqual([]);
    expect(undelivered.map(({ detection, stoppedAt }) => [detection, stoppedAt!.hop])).toEqual([[id, hop]]);
    expect(undelivered[0]!.stoppedAt!.reason).toContain(reason);
    expect(stopped).toEqual([expect.objectContaining({ detection: id, hop, events: 1 })]);
  });

  it("stops where the function has no detections beside its code: every event is lost", () => {
    const { undelivered, stopped } = report(changed(whole, "detector-function", { code: {} }));
    expect(undelivered).toEqual([]);
    expect(stopped).toEqual([
      {
        detection: "detector-function",
        hop: "detector",
        at: "detector-function",
        reason: "there is no detections.json beside its code",
        events: 2,
      },
    ]);
  });

  it("waits for its turn without the event", () => {
    const reachable = new Set<unknown>();
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null || reachable.has(value)) return;
      reachable.add(value);
      for (const each of Object.values(value)) visit(each);
    };
    const effects = simulate(whole).effectsOf(off)!;
    expect(effects.detected[0]!.sightings).toHaveLength(1);
    visit(effects);
    expect(reachable.has(off)).toBe(false);
    expect(reachable.has(off.userIdentity)).toBe(false);
  });

  it("stops where its metric has another namespace than its alarm", () => {
    const stack = changed(whole, `${id}-alarm`, { namespace: "other" });
    const { alerts, stopped } = report(stack);
    expect(alerts).toEqual([]);
    expect(stopped).toEqual([
      {
        detection: id,
        hop: "alarm",
        at: id,
        reason: `no alarm measures the metric ${id} that the detector writes`,
        events: 1,
      },
    ]);
    expect(simulate(stack).notSimulated.map(({ resource }) => resource)).toContain(`${id}-alarm`);
  });

  it("reads the detections of a stack export, too", () => {
    const { code } = whole.find(({ name }) => name === "detector-function")!.inputs as { code: Record<string, string> };
    const assets = { "detections.json": { text: code["detections.json"] } };
    expect(report(changed(whole, "detector-function", { code: { assets } })).alerts).toHaveLength(1);
  });

  it("comes by EventBridge where a rule feeds the detector, and the rule tells nobody by itself", () => {
    const ruleArn = `arn:aws:events:${region}:${account}:rule/events`;
    const functionArn = `arn:aws:lambda:${region}:${account}:function:detector`;
    const pattern = { source: ["aws.dynamodb"], detail: { eventSource: ["dynamodb.amazonaws.com"] } };
    const stack = [
      ...changed(changed(whole, "detector-subscription", undefined), "detector-permission", {
        principal: "events.amazonaws.com",
        sourceArn: ruleArn,
      }),
      resource(
        "aws:cloudwatch/eventRule:EventRule",
        "rule",
        { name: "events", eventPattern: JSON.stringify(pattern) },
        { arn: ruleArn },
      ),
      resource("aws:cloudwatch/eventTarget:EventTarget", "target", { rule: "events", arn: functionArn }),
    ];
    const { alerts } = report(stack);
    expect(alerts.map(({ detection }) => detection)).toEqual([id]);
    expect(alerts[0]!.path.map(({ hop }) => hop)).toContain("event rule");
    const elsewhere = [off, gone].map((event) => ({ ...event, awsRegion: "eu-west-1" }));
    expect(report(stack, elsewhere).undelivered[0]!.stoppedAt!.hop).toBe("event rule");
  });
});
