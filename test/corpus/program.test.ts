// Proves: on the resources that the program at the root registers in the profile `full`, each labelled event raises the alert that it must, and
// none that it must not, from the trail's selectors to the subscription; with principals that are ignored, and with a trail
// of one table. A day of an account without DynamoDB raises no item-level alert and nothing of high severity.
// Does not prove: that AWS writes events so (test/support/events.ts grades each shape), or AWS itself.
import { beforeAll, describe, expect, it } from "vitest";
import { detectionById, fieldsOf, severities } from "../../detections";
import { type CloudTrailRecord, type Simulation, simulate } from "../../simulation";
import {
  after,
  batchWriteItem,
  byDynamodb,
  type Event,
  executeStatement,
  identities,
  indexArn,
  item,
  on,
  tableArn,
  tableKeyUse,
} from "../support/events";
import { lists } from "../support/lists";
import { corpora, eventsOf } from ".";
import { dayWithoutDynamodb } from "./ordinaryDay";
import { programWith } from "./programs";
import { arriving, casesOf, countryOf, mistake } from "./simulated";

const pipeline = identities.role("deploy/pipeline");
const operator = identities.user("operator");
const ignorePrincipals = [pipeline.sessionContext.sessionIssuer.arn, operator.arn];
const ids = corpora.map(({ detection }) => detection);

let standard: Simulation;
let ignoring: Simulation;
let oneTable: Simulation;
beforeAll(async () => {
  const configurations = [
    {},
    { detections: Object.fromEntries(ids.map((id) => [id, { ignorePrincipals }])) },
    { tableArns: [tableArn("orders")] },
  ];
  [standard, ignoring, oneTable] = (
    await Promise.all(
      configurations.map((configuration) => programWith({ profile: "full", ...lists, ...configuration })),
    )
  ).map((resources) => simulate(resources, { countryOf })) as [Simulation, Simulation, Simulation];
}, 180_000);

describe.each(corpora)("$detection", (corpus) => {
  it.each(casesOf(corpus))("$kind: $name", (each) => expect(mistake(standard, each)).toBeUndefined());
});

describe("ignored principals", () => {
  // A new principal beside a known one: not to be told by one principal alone. Root and another account are what they are.
  const byOne = corpora.filter(({ detection }) => {
    const { when, stateful } = detectionById(detection)!;
    const isOfNewPrincipal = stateful?.kind === "first-seen" && stateful.value === "principal";
    const isOfKind = fieldsOf(when).some(({ kind, field }) => kind === "equals" && field === "userIdentity.type");
    return !isOfNewPrincipal && !isOfKind;
  });
  const firing = byOne.flatMap(casesOf).filter(({ kind }) => kind === "fires" || kind === "caught");
  const by = (userIdentity: CloudTrailRecord["userIdentity"]) =>
    firing.map(({ detection, name, what }): [string, number] => {
      // A service that calls for one caller may call for another.
      const events = eventsOf(what).map((event): Event => {
        const invokedBy = event.userIdentity?.invokedBy;
        return { ...event, userIdentity: { ...userIdentity, ...(invokedBy !== undefined && { invokedBy }) } };
      });
      return [`${detection}: ${name}`, arriving(ignoring, detection, events)];
    });
  const others = (cases: [string, number][]) => cases.filter(([, alerts]) => alerts === 0).map(([name]) => name);

  it("change nothing for everyone else", () => {
    expect(firing.map((each) => mistake(ignoring, each)).filter(Boolean)).toEqual([]);
  });

  it.each([
    ["a role, whatever its session's name", identities.role("deploy/pipeline", "anything")],
    ["a user", operator],
  ])("raise nothing: %s", (_, identity) => {
    expect(by(identity).filter(([, alerts]) => alerts > 0)).toEqual([]);
  });

  it.each([
    ["a session named like the role", identities.role("eve", "pipeline")],
    ["a role of the name on another path", identities.role("eve/pipeline")],
    ["a role of the path and another name", identities.role("deploy/pipeline-2")],
    ["a role whose path ends with it", identities.role("eve/deploy/pipeline")],
    ["the role's name in other letters", identities.role("Deploy/Pipeline")],
    ["the role of another account", identities.role("deploy/pipeline", "session", "444455556666")],
    ["a role chained from it", identities.role("eve", "deploy@pipeline")],
    ["a role of the user's name", identities.role("operator")],
    ["a user whose name begins so", identities.user("operator2")],
    ["a federated user of the name", identities.federated("operator")],
    ["root", identities.root()],
  ])("are not mistaken for %s", (_, identity) => {
    expect(others(by(identity))).toEqual([]);
  });
});

describe("a trail of one table", () => {
  const scan = (...arns: string[]) => item("Scan", { tableName: "orders" }, on(...arns));

  it.each<[string, Event, string]>([
    ["the table", scan(tableArn("orders")), "table-scanned"],
    ["its index", scan(indexArn("orders")), "table-scanned"],
    ["by PartiQL", executeStatement("SELECT * FROM orders", on(tableArn("orders"))), "table-scanned"],
    ["a batch on it and another", batchWriteItem(on(tableArn("orders-old"), tableArn("orders"))), "table-item-updated"],
    [
      "its backup",
      eventsOf(corpora.find(({ detection }) => detection === "backup-deleted")!.fires["an on-demand backup"]!)[0]!,
      "backup-deleted",
    ],
  ])("alerts on %s", (_, event, detection) => expect(arriving(oneTable, detection, event)).toBe(1));

  it.each<[string, Event]>([
    ["a table whose name begins with its name", scan(tableArn("orders-old"))],
    ["a table of the name in another Region", scan(tableArn("orders", "eu-west-1"))],
    ["an index of the other table", scan(indexArn("orders-old"))],
    // Reading "missing-resources": AWS may know the table without printing it.
    ["an event that does not say its resources", item("Scan", { tableName: "orders" }, { resources: undefined })],
  ])("does not log %s", (_, event) => {
    const { alerts, stopped } = oneTable.run([event]);
    expect([alerts, stopped.map(({ hop }) => hop)]).toEqual([[], ["event selector"]]);
  });
});

describe("a day of an account without DynamoDB", () => {
  const day = dayWithoutDynamodb({ seed: 1, events: 2900 });

  it("is a day of many services, with the event names of DynamoDB among them", () => {
    const sources = new Set(day.map(({ eventSource }) => eventSource));
    expect(sources.size).toBeGreaterThan(20);
    expect(sources.has("dynamodb.amazonaws.com")).toBe(false);
    const names = new Set(day.map(({ eventName }) => eventName));
    expect(
      ["CreateTable", "DeleteTable", "UpdateTable", "ExecuteStatement"].filter((name) => !names.has(name)),
    ).toEqual([]);
    expect(day).toHaveLength(2900);
  });

  it.each([1, 2, 3])("raises no item-level alert and none of high severity, seed %i", (seed) => {
    const { alerts } = standard.run(dayWithoutDynamodb({ seed, events: 2900 }));
    const serious = alerts.filter(({ detection, severity }) => {
      const itemLevel = /data/.test(detectionById(detection)?.source ?? "");
      return itemLevel || severities.indexOf(severity) >= severities.indexOf("high");
    });
    expect(serious.map(({ detection }) => detection)).toEqual([]);
  });
});

describe("the use of table keys", () => {
  // As AWS prints them: of an old version, with an empty key.
  const printed = { eventVersion: "1.05", resources: [{ ARN: "", accountId: "111122223333", type: "AWS::KMS::Key" }] };
  const calls = ["GenerateDataKey", "Decrypt", "CreateGrant"];

  it.each(calls)("%s by DynamoDB raises nothing above info, on any day and for anybody", (call) => {
    const by = (role: string) =>
      call === "GenerateDataKey" ? {} : { userIdentity: identities.throughService(role, "dynamodb.amazonaws.com") };
    const events = [0, 6, 8, 9].map((day) =>
      after(String(day * 24 * 60), byDynamodb(call, { ...printed, ...by(`role-${day}`) })),
    );
    const { alerts } = standard.run(events);
    expect(alerts.filter(({ severity }) => severity !== "info")).toEqual([]);
  });

  it.each(calls)("%s made directly raises an alert of high severity", (call) => {
    const { alerts } = standard.run([tableKeyUse(call, printed)]);
    expect(alerts.map(({ detection, severity }) => [detection, severity])).toContainEqual([
      "table-key-used-directly",
      "high",
    ]);
  });
});
