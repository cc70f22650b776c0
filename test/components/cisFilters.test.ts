// Proves: the literal filters of Security Hub's controls are registered to the letter, each with an alarm that notifies, and
// count for the room of a log group. Does not prove: that Security Hub finds them.
import { describe, expect, it } from "vitest";
import { DetectionAlarms } from "../../components";
import { planDetections } from "../../components/detectionAlarms/plan";
import { Names } from "../../components/naming";
import { compilePredicate, DetectionProfile, filterControls } from "../../detections";
import { by, byDynamodb, denied, event, from, identities, kms, managementCall } from "../support/events";
import { deploy } from "./support/mocks";

const args = {
  profile: DetectionProfile.Published,
  logGroupName: "audit",
  alarmTopicArn: "arn:aws:sns:eu-west-1:1:alerts",
  sources: ["management", "table-data"],
};

describe("cisFilters", () => {
  it("registers a literal filter and an alarm per control, beside what is there without", async () => {
    const namesOf = async (cisFilters: boolean) =>
      (await deploy(() => new DetectionAlarms("alarms", { ...args, cisFilters }))).resources;
    const [without, withThem] = [await namesOf(false), await namesOf(true)];
    const added = withThem.filter(({ name }) => without.every((each) => each.name !== name));
    expect(added.map(({ name }) => name)).toEqual(
      ["1", "2", "5", "7", "9"].flatMap((number) => [
        `alarms-cis-cloudwatch-${number}-filter`,
        `alarms-cis-cloudwatch-${number}-alarm`,
      ]),
    );
    const of = (suffix: string) => added.find(({ name }) => name === `alarms-cis-cloudwatch-7-${suffix}`)!.inputs;
    expect(of("filter")).toMatchObject({
      logGroupName: "audit",
      pattern: "{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}",
      metricTransformation: { namespace: "detective/test/alarms", name: "cis-cloudwatch-7", value: "1" },
    });
    expect(of("alarm")).toMatchObject({
      name: expect.stringMatching(/^detective-test-alarms-.*-low-cis-cloudwatch-7$/),
      namespace: "detective/test/alarms",
      metricName: "cis-cloudwatch-7",
      statistic: "Sum",
      period: 300,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      treatMissingData: "notBreaching",
      alarmActions: [args.alarmTopicArn],
    });
    expect(of("alarm")["alarmDescription"]).toContain(
      "Security Hub CloudWatch.7 (CIS AWS Foundations Benchmark 1.2.0/3.7, 1.4.0/4.7)",
    );
  });

  it("takes room in the log group", () => {
    const names = new Names("alarms", "detective", "test");
    const room = { profile: DetectionProfile.Published, existingMetricFilterCount: 100 - 11 };
    expect(planDetections(room, names).flatMap(({ filters }) => filters)).toHaveLength(11);
    expect(() => planDetections({ ...room, cisFilters: true }, names)).toThrow(
      "the log group has room for 6 of AWS's 100",
    );
  });
});

describe("the literal filters", () => {
  const matching = (record: object) =>
    filterControls.filter(({ pattern }) => compilePredicate(pattern)(record)).map(({ id }) => id);

  it.each([
    ["root", event("ListTables", null, by(identities.root())), ["CloudWatch.1"]],
    [
      "root through a service",
      event("ListTables", null, by({ ...identities.root(), invokedBy: "x.amazonaws.com" })),
      [],
    ],
    ["a refused call", event("Scan", null, denied), ["CloudWatch.2"]],
    ["a trail", managementCall("cloudtrail", "StopLogging", { name: "audit" }), ["CloudWatch.5"]],
    ["a disabled key", kms("DisableKey"), ["CloudWatch.7"]],
    ["a refused one too", kms("DisableKey", null, denied), ["CloudWatch.2", "CloudWatch.7"]],
    ["a recorder", managementCall("config", "StopConfigurationRecorder", {}), ["CloudWatch.9"]],
    ["the name at another service", kms("DisableKey", null, from("example.amazonaws.com")), []],
    ["DynamoDB's use of a key", byDynamodb("Decrypt"), []],
  ])("see %s", (_, record, ids) => expect(matching(record)).toEqual(ids));
});
