// Proves: on the resources that the program at the root registers, with its default configuration, each published alert
// that a metric filter can say arrives at its topic, hop by hop, and breaking the wiring in a copy stops it.
// Does not prove: the AWS provider, AWS itself, or the shapes of events that nobody published (test/detections says which).
import { beforeAll, describe, expect, it } from "vitest";
import { catalog, isStateful } from "../../detections";
import { preview } from "../../offline/preview";
import { type CloudTrailRecord, type ResolvedResource, simulate } from "../../simulation";
import { packageRoot } from "../../tools/freshness";
import { file, ownPack } from "../offline/support/programs";
import { data, management, tableArn, updateTable } from "./support/records";
import { changed } from "./support/stack";

const six = ["0", "1", "2", "3", "4", "5"];

/** Events that must raise each alert. */
const attacks: Record<string, CloudTrailRecord[]> = {
  "backup-deleted": [
    management("DeleteBackup", "0", { requestParameters: { backupArn: `${tableArn("orders")}/backup/1` } }),
  ],
  "backup-listed": [management("ListBackups", "0", { readOnly: true, requestParameters: null })],
  "deletion-protection-disabled": [
    management("UpdateTable", "0", { requestParameters: { tableName: "orders", deletionProtectionEnabled: false } }),
  ],
  "multiple-tables-created": six.map((time) => management("CreateTable", time)),
  "multiple-tables-deleted": six.map((time) => management("DeleteTable", time)),
  "multiple-update-operations": six.map((time) => updateTable(time)),
  "table-item-deleted": [data("DeleteItem", "0")],
  "table-item-updated": [data("PutItem", "0")],
  "table-scanned": [data("Scan", "0")],
};

describe("the program", () => {
  let resources: ResolvedResource[];
  beforeAll(async () => {
    const configFile = file(
      "Pulumi.test.yaml",
      JSON.stringify({ config: { "dynamodb-detective:emails": ["security@example.com"] } }),
    );
    const settings = { folder: packageRoot, stack: "test", configFile, resolved: true, packFolder: ownPack() };
    ({ resources } = await preview(settings));
  });

  it("has an attack here for every published alert that a metric filter can say", () => {
    const published = catalog.filter((each) => each.origin && !isStateful(each)).map(({ id }) => id);
    expect(Object.keys(attacks).sort()).toEqual(published.sort());
  });

  it.each(Object.keys(attacks))("delivers %s, with every hop decided", (id) => {
    const { alerts, undelivered, stopped } = simulate(resources).run(attacks[id]!);
    expect([undelivered, stopped]).toEqual([[], []]);
    const alert = alerts.find(({ detection }) => detection === id)!;
    expect(alert.path.filter(({ status }) => status !== "ok")).toEqual([]);
  });

  it("an attack raises no other alert of high severity", () => {
    for (const [id, events] of Object.entries(attacks)) {
      const { alerts } = simulate(resources).run(events);
      const others = alerts.filter(({ detection, severity }) => detection !== id && /high|critical/.test(severity));
      expect(
        others.map(({ detection }) => detection),
        id,
      ).toEqual([]);
    }
  });

  it("failed calls raise nothing", () => {
    const refused = Object.values(attacks)
      .flat()
      .map((event) => ({ ...event, errorCode: "AccessDenied" }));
    const sorted = refused.sort((a, b) => (a.eventTime! < b.eventTime! ? -1 : 1));
    expect(
      simulate(resources)
        .run(sorted)
        .alerts.filter(({ detection }) => detection in attacks),
    ).toEqual([]);
  });

  const trail = "aws:cloudtrail/trail:Trail";
  const noStatement = {
    policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"x:y","Resource":"*"}]}',
  };

  it.each<[string, string, Record<string, unknown>, string]>([
    ["log group", trail, { cloudWatchLogsGroupArn: "arn:aws:logs:us-east-1:1:log-group:x:*" }, "log delivery"],
    ["selectors", trail, { advancedEventSelectors: [] }, "event selector"],
    ["logging", trail, { enableLogging: false }, "trail"],
    ["role", trail, { cloudWatchLogsRoleArn: "" }, "log delivery"],
    [
      "role policy",
      "aws:iam/rolePolicy:RolePolicy",
      { policy: noStatement.policy.replace('"Principal":"*",', "") },
      "log delivery",
    ],
    ["bucket policies", "aws:s3/bucketPolicy:BucketPolicy", noStatement, "bucket policy"],
    ["key policies", "aws:kms/key:Key", noStatement, "bucket key"],
    ["the filters' log group", "aws:cloudwatch/logMetricFilter:LogMetricFilter", { logGroupName: "x" }, "log group"],
    ["alarm actions", "aws:cloudwatch/metricAlarm:MetricAlarm", { alarmActions: [] }, "alarm action"],
    ["topic policies", "aws:sns/topicPolicy:TopicPolicy", noStatement, "topic policy"],
    ["topic keys", "aws:sns/topic:Topic", { kmsMasterKeyId: "alias/aws/sns" }, "topic key"],
  ])("broken %s stop the alert, and the report names the hop", (_, type, change, hop) => {
    const names = resources.filter((each) => each.type === type).map(({ name }) => name);
    expect(names).not.toEqual([]);
    const stack = names.reduce((rest, name) => changed(rest, name, change), resources);
    const { alerts, undelivered } = simulate(stack).run(attacks["table-scanned"]!);
    expect(alerts).toEqual([]);
    expect(undelivered).toMatchObject([{ detection: "table-scanned", stoppedAt: { hop } }]);
  });
});
