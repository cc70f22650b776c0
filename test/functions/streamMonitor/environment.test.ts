// Proves: a wrong environment variable stops the function when it starts, and the error says what to write.
import { describe, expect, it } from "vitest";
import { readEnvironment } from "../../../functions/streamMonitor/environment";

const namespace = { POWERTOOLS_METRICS_NAMESPACE: "orders/prod/stream-monitor" };

describe("readEnvironment", () => {
  it("has safe defaults", () => {
    expect(readEnvironment(namespace)).toEqual({
      metricNamespace: "orders/prod/stream-monitor",
      serviceName: "stream-monitor",
      keyDisplay: "hashed",
      findingsBus: "",
      trailLogGroup: undefined,
      folder: ".",
    });
  });

  it("reads what Lambda and the component set", () => {
    const findingsBus = "arn:aws-cn:events:cn-north-1:123456789012:event-bus/findings";
    const variables = {
      ...namespace,
      FINDINGS_BUS: findingsBus,
      TRAIL_LOG_GROUP: "trail",
      LAMBDA_TASK_ROOT: "/var/task",
    };
    expect(readEnvironment(variables)).toMatchObject({ findingsBus, trailLogGroup: "trail", folder: "/var/task" });
    expect(readEnvironment({ ...namespace, TRAIL_LOG_GROUP: "" }).trailLogGroup).toBeUndefined();
  });

  it.each(["hashed", "plain", "none"])("takes KEY_DISPLAY %s", (keyDisplay) => {
    expect(readEnvironment({ ...namespace, KEY_DISPLAY: keyDisplay })).toMatchObject({ keyDisplay });
  });

  it.each([
    [{}, /POWERTOOLS_METRICS_NAMESPACE: "" is no metric namespace/],
    [{ POWERTOOLS_METRICS_NAMESPACE: "AWS/DynamoDB" }, /do not start with AWS\//],
    [{ POWERTOOLS_METRICS_NAMESPACE: "a$b" }, /"a\$b" is no metric namespace/],
    [{ ...namespace, FINDINGS_BUS: "findings" }, /FINDINGS_BUS: "findings" is no ARN of an event bus/],
    [{ ...namespace, KEY_DISPLAY: "plaintext" }, /KEY_DISPLAY: "plaintext" is not one of hashed, plain, none/],
  ])("refuses %j", (variables, message) => expect(() => readEnvironment(variables)).toThrow(message));
});
