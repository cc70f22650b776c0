// Proves: on the real Pulumi Node.js runtime and the real policy pack process, that the program at the root registers
// each published alert as filter -> metric -> alarm -> topic without a gap, passes its own pack, and answers
// mistakes with the configuration key. Does not prove: the AWS provider, AWS itself, or that an attack is seen (test/simulation).
import { beforeAll, describe, expect, it } from "vitest";
import { assess } from "../coverage";
import { catalog, isStateful } from "../detections";
import { type Preview, preview } from "../offline/preview";
import type { RegisteredResource } from "../stack/registered";
import { packageRoot } from "../tools/freshness";
import { file, ownPack } from "./offline/support/programs";

const stackFile = (config: Record<string, unknown>): string =>
  file(
    "Pulumi.test.yaml",
    JSON.stringify({
      config: Object.fromEntries(Object.entries(config).map(([key, value]) => [`dynamodb-detective:${key}`, value])),
    }),
  );
const previewed = (config: Record<string, unknown>, resolved = true): Promise<Preview> =>
  preview({ folder: packageRoot, stack: "test", configFile: stackFile(config), resolved, packFolder: ownPack() });

const stream = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";

describe("the program", () => {
  let full: Preview;
  const ofType = (type: string): RegisteredResource[] => full.resources.filter((resource) => resource.type === type);

  beforeAll(async () => {
    // A table that is watched in every way.
    const table = {
      streamArn: stream,
      streamViewType: "NEW_AND_OLD_IMAGES",
      guardedAttributes: ["status"],
      timeToLiveAttribute: "expiresAt",
      confidential: true,
    };
    full = await previewed({ emails: ["security@example.com"], streamMonitor: { tables: [table] } });
  });

  it("passes its own policy pack", () => {
    expect([full.violations, full.undecided, full.notInspected]).toEqual([[], [], []]);
  });

  it("covers every practice and every alert", () => {
    const uncovered = assess(full.resources).coverage.filter(({ covered }) => !covered);
    expect(uncovered.map(({ id }) => id)).toEqual([]);
  });

  it.each(catalog.filter((detection) => !isStateful(detection)).map(({ id }) => id))(
    "wires %s from the trail's log group to a topic with a subscriber",
    (id) => {
      const [trail] = ofType("aws:cloudtrail/trail:Trail");
      const [logGroup] = ofType("aws:cloudwatch/logGroup:LogGroup").filter(({ name }) => name.includes("-trail-"));
      const logGroupName = (logGroup as { outputs?: Record<string, unknown> }).outputs!["name"];
      expect(trail!.inputs["cloudWatchLogsGroupArn"]).toContain(`:log-group:${logGroupName}:*`);

      const filters = ofType("aws:cloudwatch/logMetricFilter:LogMetricFilter").filter(
        ({ inputs }) => (inputs["metricTransformation"] as { name: string }).name === id,
      );
      expect(filters.length).toBeGreaterThanOrEqual(1);
      for (const { inputs } of filters) expect(inputs["logGroupName"]).toBe(logGroupName);

      const { namespace } = filters[0]!.inputs["metricTransformation"] as { namespace: string };
      const alarms = ofType("aws:cloudwatch/metricAlarm:MetricAlarm").filter(({ inputs }) => {
        const [query] = (inputs["metricQueries"] as { expression: string }[] | undefined) ?? [];
        return query
          ? query.expression.includes(`SUM("${id}") FROM SCHEMA("${namespace}"`)
          : inputs["metricName"] === id && inputs["namespace"] === namespace;
      });
      expect(alarms).toHaveLength(1);

      const [topicArn, ...others] = alarms[0]!.inputs["alarmActions"] as string[];
      expect(others).toEqual([]);
      const topics = ofType("aws:sns/topic:Topic").map(
        (topic) => (topic as { outputs?: { arn?: string } }).outputs?.arn,
      );
      expect(topics).toContain(topicArn);
      const subscriptions = ofType("aws:sns/topicSubscription:TopicSubscription");
      expect(subscriptions.map(({ inputs }) => inputs["topic"])).toContain(topicArn);
    },
  );

  it("logs data events of tables and streams", () => {
    const [trail] = ofType("aws:cloudtrail/trail:Trail");
    const types = (
      trail!.inputs["advancedEventSelectors"] as { fieldSelectors: { field: string; equals?: string[] }[] }[]
    )
      .flatMap(({ fieldSelectors }) => fieldSelectors)
      .filter(({ field }) => field === "resources.type")
      .flatMap(({ equals }) => equals);
    expect(types).toEqual(["AWS::DynamoDB::Table", "AWS::DynamoDB::Stream"]);
  });
});

describe("a mistake in the configuration", () => {
  it.each([
    [{ email: ["a@b.c"] }, 'config key dynamodb-detective:email: unknown key "email". Did you mean "emails"?'],
    [{ detections: { "table-scaned": {} } }, "config key dynamodb-detective:detections: unknown detection"],
    [{ dataEvents: false }, "config key dynamodb-detective:detections.table-item-deleted: needs table-data events"],
  ])("is answered with the key: %j", async (config, message) => {
    await expect(previewed(config)).rejects.toThrow(message);
  });
});

describe("an encrypted value in the configuration", () => {
  it("is not repeated where it is wrong", async () => {
    const encrypted = { secure: "v1:c2FsdA==:Y2lwaGVy" };
    const failure = await previewed({ runbookUrl: encrypted }).catch(String);
    expect(failure).toContain('config key dynamodb-detective:runbookUrl: "[secret]" is not an address');
    expect(failure).not.toContain(encrypted.secure);
  });
});
