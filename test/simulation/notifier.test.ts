// Proves: on the resources that the program registers, alarms reach people through the notifier, hop by hop; each broken
// hop is named; and a notifier that cannot run does not keep alarms back. Does not prove: AWS's behaviour, or the function
// itself (test/functions/notifier).
import { beforeAll, describe, expect, it } from "vitest";
import { type ResolvedResource, simulate } from "../../simulation";
import { breakOf } from "../../simulation/delivery/hop";
import { programWith } from "../corpus/programs";
import { data, management, tableArn } from "./support/records";
import { changed } from "./support/stack";

const deleted = management("DeleteBackup", "0", {
  requestParameters: { backupArn: `${tableArn("orders")}/backup/1` },
});
const prefix = "dynamodb-detective";
const pagerDuty = { integrationKey: "0123456789abcdef0123456789abcdef" };

let program: readonly ResolvedResource[];
beforeAll(async () => {
  program = await programWith({ pagerDuty });
});
const report = (stack: readonly ResolvedResource[], event = deleted) => simulate(stack).run([event]);
const hopsOf = (stack: readonly ResolvedResource[]) =>
  report(stack).alerts[0]!.path.map(({ hop, status }) => `${hop} ${status}`);
const without = (name: string) => changed(program, `${prefix}-${name}`, undefined);
const change = (name: string, inputs: Record<string, unknown>) => changed(program, `${prefix}-${name}`, inputs);

/** The policy of the notifier's role without the statement of this name. */
function roleWithout(sid: string): readonly ResolvedResource[] {
  const name = `${prefix}-notifier-policy`;
  const written = JSON.parse(String(program.find((each) => each.name === name)!.inputs["policy"])) as {
    Statement: { Sid: string }[];
  };
  const left = written.Statement.filter(({ Sid }) => Sid !== sid);
  expect(left).toHaveLength(written.Statement.length - 1);
  return changed(program, name, { policy: JSON.stringify({ ...written, Statement: left }) });
}

const withoutDetections = () => {
  const lambda = program.find(({ name }) => name === `${prefix}-notifier-function`)!;
  const { "detections.json": _, ...rest } = lambda.inputs["code"] as Record<string, unknown>;
  return change("notifier-function", { code: rest });
};

describe("an alarm", () => {
  it("reaches people through the notifier", () => {
    expect(hopsOf(program).slice(-7)).toEqual([
      "alarm ok",
      "alarm action ok",
      "topic policy ok",
      "topic key ok",
      "subscription ok",
      "notifier ok",
      "subscription ok",
    ]);
    const { path } = report(program).alerts[0]!;
    expect(path.at(-3)!.at).toBe(`${prefix}-notifier-alarms`);
    expect(path.at(-1)!.at).toBe(`${prefix}-alerts-alert-email-security@example.com`);
  });

  const breaks: [string, () => readonly ResolvedResource[], string, string][] = [
    ["no permission for the alarm topic", () => without("notifier-alarms-permission"), "subscription", "no permission"],
    ["a role that may not publish", () => roleWithout("TellPeople"), "notifier", "may not sns:Publish"],
    ["a role that may not use the topic's key", () => roleWithout("UseAlertKey"), "notifier", "may not kms:"],
    [
      "a filter that lets only canaries through",
      () => change("alerts-alert-email-security@example.com", { filterPolicy: '{"kind":["canary"]}' }),
      "subscription",
      "filter policy",
    ],
    [
      "no failure destination, and a notifier that cannot run",
      () =>
        changed(withoutDetections(), `${prefix}-notifier-retries`, {
          destinationConfig: undefined,
        }),
      "notifier",
      "no detections.json",
    ],
  ];
  it.each(breaks)("stops at its hop: %s", (_, stack, hop, reason) => {
    // PagerDuty reads the alarm topic itself, and would get the alarm.
    const alone = stack().filter(({ name }) => !name.endsWith("-pagerduty"));
    const { alerts, undelivered } = report(alone);
    expect(alerts).toEqual([]);
    expect(undelivered[0]!.stoppedAt).toMatchObject({ hop, reason: expect.stringContaining(reason) });
  });

  it("goes out as Lambda writes it where the notifier cannot run", () => {
    const { path } = report(withoutDetections()).alerts[0]!;
    expect(path.slice(-3).map(({ hop, status }) => [hop, status])).toEqual([
      ["notifier", "assumed"],
      ["failure destination", "ok"],
      ["subscription", "ok"],
    ]);
    expect(path.at(-3)!.reason).toContain("goes out as Lambda writes it");
  });

  it("goes out without who did what where the log group may not be searched", () => {
    const notifier = report(roleWithout("LookEventsUp")).alerts[0]!.path.find(({ hop }) => hop === "notifier")!;
    expect(notifier).toMatchObject({ status: "assumed", reason: expect.stringContaining("without who did what") });
  });

  it("of severity high pages through the alarm topic even without a notifier's permission", () => {
    expect(breakOf(report(without("notifier-alarms-permission")).alerts[0]!.path)).toBeUndefined();
    const page = report(without("notifier-alarms-permission")).alerts[0]!.path.at(-1)!;
    expect(page.at).toBe(`${prefix}-alerts-alarm-pagerduty`);
  });

  it("of severity low does not page", () => {
    const { alerts, undelivered } = report(without("notifier-alarms-permission"), data("DeleteItem", "0"));
    expect(alerts).toEqual([]);
    expect(undelivered.map(({ detection, stoppedAt }) => [detection, stoppedAt?.hop])).toContainEqual([
      "table-item-deleted",
      "subscription",
    ]);
  });
});

describe("the fast way", () => {
  it("leads from the rule through the notifier to people", () => {
    const [way] = simulate(program).fastWays(deleted);
    expect(way!.rule).toBe(`${prefix}-notifier-fast`);
    expect(way!.path.slice(-4).map(({ hop, status }) => `${hop} ${status}`)).toEqual([
      "event rule ok",
      "event rule ok",
      "notifier ok",
      "subscription ok",
    ]);
  });

  it("is the same alert as the alarm's: the notifier claims the event once", () => {
    expect(breakOf(simulate(program).fastWays(deleted)[0]!.path)).toBeUndefined();
    expect(report(program).alerts.map(({ detection, eventIds }) => [detection, eventIds])).toEqual([
      ["backup-deleted", [deleted["eventID"]]],
    ]);
  });

  it.each([["in another Region", { ...deleted, awsRegion: "ap-south-1" }]])("is closed to an event %s", (_, event) => {
    expect(breakOf(simulate(program).fastWays(event)[0]!.path)).toMatchObject({ hop: "event rule" });
  });

  it("is not for what many do all day", () => {
    expect(simulate(program).fastWays(data("PutItem", "0"))).toEqual([]);
  });

  it("is closed without permission", () => {
    const [way] = simulate(without("notifier-fast-permission")).fastWays(deleted);
    expect(breakOf(way!.path)).toMatchObject({ hop: "event rule", reason: expect.stringContaining("no permission") });
  });
});

it("without a notifier alarms go straight to people", async () => {
  const plain = await programWith({ notifier: false });
  const { path } = report(plain).alerts[0]!;
  expect(path.some(({ hop }) => hop === "notifier")).toBe(false);
  expect(path.at(-1)!.at).toBe(`${prefix}-alerts-alert-email-security@example.com`);
});
