// Proves: which settings stop the function at its start, and with what message.
import { describe, expect, it } from "vitest";
import { readEnvironment } from "../../../functions/detector/environment";

const good = { POWERTOOLS_METRICS_NAMESPACE: "detective/test", STATE_TABLE: "state" };

describe("the environment", () => {
  it("has defaults", () => {
    expect(readEnvironment(good)).toEqual({
      metricNamespace: "detective/test",
      serviceName: "detector",
      stateTable: "state",
      findingsBus: "",
      folder: ".",
    });
  });

  it.each([
    [{ ...good, STATE_TABLE: "" }, 'STATE_TABLE: "" is no name of a DynamoDB table.'],
    [{ ...good, FINDINGS_BUS: "findings" }, 'FINDINGS_BUS: "findings" is no ARN of an event bus.'],
    [
      { ...good, POWERTOOLS_METRICS_NAMESPACE: "AWS/Lambda" },
      'POWERTOOLS_METRICS_NAMESPACE: "AWS/Lambda" is no metric',
    ],
  ])("is refused: %j", (variables, message) => expect(() => readEnvironment(variables)).toThrow(message));
});
