// Proves: for one configuration after the other, that the real engine registers what the offline preview says, resource
// by resource and input by input, with the same verdicts; that the account then holds just that; and that of a
// stack that keeps no evidence only the state table is left, with its key.
// Does not prove: that AWS takes it; combinations of configuration keys that are not listed here.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { catalog } from "../../../detections";
import { differences } from "../engine/equality";
import { everything } from "../engine/everything";
import { makeFunction, makeTable, makeTrailAndRecorder } from "../engine/existing";
import { judgedIn, objections, offlineRoot, registeredIn } from "../engine/offline";
import { rootStack } from "../engine/programs";
import { Engine } from "../engine/stack";
import { awsResources, inventoryOf, joined, keptOf } from "../engine/state";
import { emptyAccount, inventory, readAccount } from "../reader/account";

type Configuration = { [key: string]: unknown };

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => engine?.stop());
beforeEach(() => emptyAccount(engine));

/** Detections of calls that read: a trail without reads carries none of their events. */
const readers = catalog.filter(({ reads }) => reads).map(({ id }) => id);
const key = "arn:aws:kms:us-east-1:123456789012:key/0f1e2d3c-0000-4000-8000-0123456789ab";
const emails = ["security@example.com", "second@example.com"];

describe("engine and offline preview register the same", () => {
  it.each<{ what: string; destroyed?: boolean; config: () => Configuration | Promise<Configuration> }>([
    { what: "the default configuration", config: () => ({}) },
    { what: "every part switched on", config: () => everything(engine) },
    {
      what: "a stream monitor of two tables, one of which is looked up",
      async config() {
        const { streamArn } = await makeTable(engine, "orders");
        const { tableArn } = await makeTable(engine, "customers");
        return {
          streamMonitor: { tables: [{ streamArn, keyArn: key, name: "sales" }, { tableArn }], keyDisplay: "none" },
        };
      },
    },
    {
      what: "a stream monitor with a function of the account's own",
      async config() {
        const { streamArn } = await makeTable(engine, "orders");
        return { emails, streamMonitor: { tables: [{ streamArn }], ...(await makeFunction(engine, "own")) } };
      },
    },
    {
      what: "a trail and a recorder of the account's own",
      async config() {
        const { logGroup, trailArn, recorder } = await makeTrailAndRecorder(engine);
        return {
          existingTrail: { logGroupName: logGroup, trailArn, tableDataEvents: true, kmsEvents: true },
          existingConfigRecorder: recorder,
          emails,
        };
      },
    },
    {
      what: "a trail's log group that takes no subscription any more, so events come from EventBridge",
      async config() {
        const { logGroup, trailArn } = await makeTrailAndRecorder(engine);
        return {
          existingTrail: { logGroupName: logGroup, trailArn, tableDataEvents: true, subscriptionFilterCount: 2 },
          config: false,
          emails,
        };
      },
    },
    {
      what: "evidence that is deleted",
      destroyed: true,
      config: () => ({ evidence: "delete", expireAfterDays: 400, emails }),
    },
    { what: "Object Lock", config: () => ({ objectLock: { mode: "compliance", days: 30 }, keyReaderArns: [reader] }) },
    {
      what: "rules of every kind, recorded daily into a bucket of their own, with remediation",
      config: () => ({
        emails,
        configRecording: {
          recordingFrequency: "daily",
          recordingFrequencyOverrides: { "AWS::KMS::Key": "continuous" },
          ownBucket: true,
        },
        configRules: {
          "dynamodb-in-backup-plan": { frequency: "Six_Hours" },
          "dynamodb-pitr-enabled": { scope: { tables: ["orders", "customers.eu"] } },
          "dynamodb-table-encrypted-kms": { parameters: { kmsKeyArns: key } },
          "dynamodb-replica-regions": { parameters: { regions: "us-east-1,us-west-2" } },
          "dynamodb-stream-enabled": { scope: { tagKey: "Monitoring", tagValue: "items" } },
          "cw-loggroup-retention-period-check": {},
          "dax-encryption-enabled": { enabled: false },
        },
        remediation: {
          "dynamodb-pitr-enabled": { automatic: true, maximumAutomaticAttempts: 2 },
          "dynamodb-table-deletion-protection-enabled": { tableNames: ["orders"] },
          "dynamodb-table-encrypted-kms": { kmsKeyArn: key },
          "required-tags": { missingTags: { Environment: "unknown" } },
        },
      }),
    },
    { what: "no AWS Config", config: () => ({ config: false, emails }) },
    {
      what: "lists of what is ignored, and other thresholds",
      config: () => ({
        emails,
        workloadPrincipals: ["arn:aws:iam::123456789012:role/orders/*", "arn:aws:iam::123456789012:user/batch"],
        detections: {
          "table-scanned": { ignorePrincipals: [reader], ignoreVpcEndpoints: ["vpce-0a1b2c3d"], threshold: 100 },
          "backup-deleted": { ignoreSourceIps: ["10.0.0.0/8", "192.0.2.7"] },
          "table-item-deleted": { onlyPrincipals: ["arn:aws:iam::123456789012:role/support"] },
          "multiple-update-operations": { grouped: false },
          "multiple-tables-deleted": { periodSeconds: 3600, threshold: 2 },
          "backup-listed": { enabled: false },
        },
        disabledConfigRules: ["dynamodb-pitr-enabled"],
        requiredTags: { Owner: [], Stage: ["prod", "test"] },
        runbookUrl: "https://runbooks.example.com",
        tags: { Team: "security", "cost:center": "42" },
      }),
    },
    {
      what: "a trail of two tables, in one Region, without reads",
      config: () => ({
        tableArns: ["orders", "customers"].map((table) => `arn:aws:dynamodb:us-east-1:123456789012:table/${table}`),
        writeOnly: true,
        detections: Object.fromEntries(readers.map((id) => [id, { enabled: false }])),
        streamDataEvents: false,
        kmsEvents: false,
        multiRegion: false,
        logRetentionDays: 0,
        archiveAfterDays: 0,
        healthEmails: emails,
      }),
    },
  ])("$what", async ({ what, config, destroyed }) => {
    const configuration = await config();
    const before = inventory(await readAccount(engine));
    const lookups = await tablesOf(configuration);
    const stack = await engine.stack(rootStack(configuration, stackName(what)));

    const up = await stack.up();
    expect(up.succeeded, up.text).toBe(true);
    const deployed = awsResources(await stack.export());
    const offline = await offlineRoot(configuration, stackName(what), lookups);
    const registered = registeredIn(offline);
    expect(deployed.map(({ urn }) => urn).sort()).toEqual(registered.map(({ urn }) => urn).sort());
    expect(differences(deployed, registered)).toEqual({});

    expect(objections.ofEngine(up)).toEqual([]);
    expect([objections.ofPreview(offline), offline.lookups]).toEqual([[], []]);
    expect(up.judged).toEqual(judgedIn(offline));

    expect(inventory(await readAccount(engine))).toEqual(joined(before, inventoryOf(deployed)));
    if (!destroyed) return;
    const destroy = await stack.destroy();
    expect(destroy.succeeded, destroy.text).toBe(true);
    const kept = inventoryOf(keptOf(deployed, "delete"));
    expect([kept["keys"]?.length, kept["tables"]?.length]).toEqual([1, 1]);
    expect(inventory(await readAccount(engine))).toEqual(joined(before, kept));
  });
});

const reader = "arn:aws:iam::123456789012:role/forensics";

/** As much of the title as a name may have. */
const stackName = (what: string): string => what.replace(/[^a-z]+/gi, "-").slice(0, 20);

/** What the account would say about the tables that the program looks up. */
async function tablesOf({ streamMonitor }: Configuration): Promise<{ [token: string]: object }> {
  const { tables = [] } = (streamMonitor ?? {}) as { tables?: { tableArn?: string }[] };
  const names = tables.flatMap(({ tableArn }) => tableArn?.split("/")[1] ?? []);
  const token = "aws:dynamodb/getTable:getTable";
  const results = names.map(async (name) => ({
    args: { name },
    result: await engine.provider.lookUp(token, { name }),
  }));
  return names.length === 0 ? {} : { [token]: await Promise.all(results) };
}
