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
    });
  });

  it.each(["hashed", "plain", "none"])("takes KEY_DISPLAY %s", (keyDisplay) => {
    expect(readEnvironment({ ...namespace, KEY_DISPLAY: keyDisplay })).toMatchObject({ keyDisplay });
  });

  it.each([
    [{}, /POWERTOOLS_METRICS_NAMESPACE: "" is no metric namespace/],
    [{ POWERTOOLS_METRICS_NAMESPACE: "AWS/DynamoDB" }, /do not start with AWS\//],
    [{ POWERTOOLS_METRICS_NAMESPACE: "a$b" }, /"a\$b" is no metric namespace/],
    [{ ...namespace, KEY_DISPLAY: "plaintext" }, /KEY_DISPLAY: "plaintext" is not one of hashed, plain, none/],
  ])("refuses %j", (variables, message) => expect(() => readEnvironment(variables)).toThrow(message));
});
