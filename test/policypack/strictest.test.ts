// Proves: everything that the root program and the passing example register passes the pack with each policy mandatory and
// at its strictest. Left out are what asks for resources beside a table by its tags (`dynamodb-stream`,
// `dynamodb-contributor-insights`, `dynamodb-backup-plan`): which tables need them is for people to say.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { preview } from "../../offline/preview";
import { policies } from "../../policypack/policies";
import { packageRoot } from "../../tools/freshness";
import { file, ownPack } from "../offline/support/programs";

const strictest: Record<string, object> = {
  "dynamodb-required-tags": { requiredTags: { Security: ["high"], Confidentiality: [], Environment: [] } },
  "dynamodb-point-in-time-recovery": { minimumRecoveryDays: 35 },
  "dynamodb-encryption": { minimumTier: "customer-managed" },
  "dynamodb-time-to-live": { allowedAttributes: ["expiresAt"] },
  "dynamodb-capacity": { allowedBillingModes: ["PAY_PER_REQUEST"] },
  "dynamodb-table-class": { allowedClasses: ["STANDARD"] },
  "dynamodb-protect": { forTags: { Environment: ["production"] } },
};
const policyConfigFile = file(
  "policies.json",
  JSON.stringify(
    Object.fromEntries(policies.map(({ name }) => [name, { enforcementLevel: "mandatory", ...strictest[name] }])),
  ),
);
const stream = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";
const settings = { "dynamodb-detective:streamMonitor": { tables: [{ streamArn: stream }] } };

describe("at its strictest the pack passes", () => {
  it.each([
    ["the root program", packageRoot, { config: settings }],
    ["the root program, in production", packageRoot, { config: {}, stack: "prod" }],
    ["the example", join(packageRoot, "examples", "protected-table"), { config: { "aws:region": "eu-central-1" } }],
  ])("%s", async (_, folder, { config, stack = "test" }: { config: object; stack?: string }) => {
    const configFile = file(`Pulumi.${stack}.yaml`, JSON.stringify({ config }));
    const found = await preview({ folder, stack, configFile, policyConfigFile, packFolder: ownPack(), resolved: true });
    expect([found.violations, found.undecided, found.notInspected]).toEqual([[], [], []]);
    expect(found.policyLevels.every(({ enforcementLevel }) => enforcementLevel === "mandatory")).toBe(true);
    expect(found.resources.some(({ type }) => type === "aws:dynamodb/table:Table")).toBe(true);
  });
});
