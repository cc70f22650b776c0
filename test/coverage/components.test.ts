// Proves: that coverage and quotas see what components register at preview, where tables are made by the same program and
// where a trail or a recorder is adopted. Does not prove: what an adopted trail really logs.
import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { AuditTrail, DetectiveControls, type DetectiveControlsArgs } from "../../components";
import { assess } from "../../coverage";
import { catalog } from "../../detections";
import { type RegisteredResource, unknownText } from "../../stack/registered";
import { deploy, unknown } from "../components/support/mocks";

/** What a preview of a program finds, as the command would assess it. */
async function assessed(program: () => unknown) {
  const { resources } = await deploy(program, { preview: true });
  const assessment = assess(
    resources.map(
      ({ type, name, inputs }): RegisteredResource => ({
        urn: `urn:pulumi:test::detective::${type}::${name}`,
        type,
        name,
        inputs: printed(inputs) as Record<string, unknown>,
        protect: false,
      }),
    ),
  );
  const covered = Object.fromEntries(
    assessment.coverage.filter(({ kind }) => kind === "practice").map(({ id, covered }) => [id, covered]),
  );
  return { ...assessment, covered };
}

/** Unknown values as the preview prints them. */
function printed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(printed);
  if (typeof value !== "object" || value === null) return value;
  if (Object.keys(unknown).every((key) => key in value)) return unknownText;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, printed(inner)]));
}

describe("a preview", () => {
  it("sees what a trail for a table of the same program logs, and counts its selector values", async () => {
    const { covered, quotas } = await assessed(() => {
      const orders = new aws.dynamodb.Table("orders", { attributes: [{ name: "id", type: "S" }], hashKey: "id" });
      new AuditTrail("audit", { tableArns: [orders.arn] });
    });
    expect(covered).toMatchObject({
      "kms-key-usage": true,
      "control-plane-operations": true,
      "data-plane-operations": true,
    });
    expect(quotas.find(({ name }) => name === "Event selector values")).toMatchObject({ used: 12 });
  });

  const adopting = (args: DetectiveControlsArgs) => () => new DetectiveControls("detective", args);

  it("sees an adopted trail and an adopted recorder", async () => {
    const { covered } = await assessed(
      adopting({
        existingTrail: { logGroupName: "organization", tableDataEvents: true },
        existingConfigRecorder: "default",
      }),
    );
    expect(covered).toMatchObject({
      "kms-key-usage": true,
      "control-plane-operations": true,
      "data-plane-operations": true,
      configuration: true,
      compliance: true,
    });
  });

  it("believes of an adopted trail what AWS logs by default, and no more", async () => {
    const onItems = catalog.filter(({ source }) => source === "table-data");
    const detections = Object.fromEntries(onItems.map(({ id }) => [id, { enabled: false }]));
    const { covered } = await assessed(adopting({ existingTrail: { logGroupName: "organization" }, detections }));
    expect(covered).toMatchObject({
      "kms-key-usage": true,
      "control-plane-operations": true,
      "data-plane-operations": false,
    });
  });

  it("counts what an adopted log group has already, and the filters of the stack, the canary's too", async () => {
    const { quotas } = await assessed(
      adopting({
        existingTrail: {
          logGroupName: "organization",
          tableDataEvents: true,
          metricFilterCount: 40,
          subscriptionFilterCount: 1,
        },
      }),
    );
    expect(quotas.filter(({ resource }) => resource === "organization")).toEqual([
      { name: "Metric filters", used: 53, limit: 100, resource: "organization" },
      { name: "Regular expressions in filters", used: 5, limit: 5, resource: "organization" },
      { name: "Subscription filters", used: 2, limit: 2, resource: "organization" },
    ]);
  });
});
