// Proves: with the default configuration, the whole life of a stack on the real engine with the real policy pack, and
// that the account then holds what the stack says and nothing else. Does not prove: the AWS provider, AWS itself, or
// the Node.js language host, since the program runs in this process.
import { CloudTrailClient, StopLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient, DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DeletePublicAccessBlockCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rootConfig, rootStack } from "../engine/programs";
import { Engine, type EngineStack, nameOf } from "../engine/stack";
import { awsResources, inventoryOf, keptOf, type StateResource } from "../engine/state";
import { inventory, readAccount } from "../reader/account";

describe("a stack with the default configuration", () => {
  let engine: Engine;
  let stack: EngineStack;
  let deployed: StateResource[];

  beforeAll(async () => {
    engine = await Engine.start();
    stack = await engine.stack(rootStack());
  });
  afterAll(() => engine?.stop());

  it("is previewed without a violation, and nothing is made", async () => {
    const { succeeded, text, steps, verdicts } = await stack.preview();
    expect(succeeded, text).toBe(true);
    expect(Object.keys(steps)).toEqual(["create"]);
    expect(verdicts).toEqual([]);
    expect(inventory(await readAccount(engine))).toEqual({});
  });

  it("is deployed, and the account holds what its state says", async () => {
    const { succeeded, text, steps } = await stack.up();
    expect(succeeded, text).toBe(true);
    expect(Object.keys(steps)).toEqual(["create"]);
    deployed = awsResources(await stack.export());
    expect(deployed.length).toBeGreaterThanOrEqual(60);
    expect(inventory(await readAccount(engine))).toEqual(inventoryOf(deployed));
  });

  it("has nothing to change afterwards", async () => {
    const preview = await stack.preview();
    expect([preview.succeeded, preview.steps], preview.text).toEqual([true, {}]);
    const refresh = await stack.refresh();
    expect([refresh.succeeded, refresh.steps], refresh.text).toEqual([true, {}]);
  });

  it("notices what somebody weakened, and repairs it", async () => {
    const { account } = engine.provider;
    const [trail] = deployed.filter(({ type }) => type === "aws:cloudtrail/trail:Trail");
    const [alarm] = deployed.filter(({ urn }) => urn.endsWith("-detections-backup-deleted-alarm"));
    const [evidence] = deployed.filter(({ urn }) => urn.endsWith("-trail-logs-bucket"));
    await account.client(CloudTrailClient).send(new StopLoggingCommand({ Name: trail!.id }));
    await account.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [alarm!.id!] }));
    await account.client(S3Client).send(new DeletePublicAccessBlockCommand({ Bucket: evidence!.id }));

    const noticed = await stack.refresh();
    expect([noticed.succeeded, noticed.steps], noticed.text).toEqual([
      true,
      {
        delete: ["dynamodb-detective-detections-backup-deleted-alarm", "dynamodb-detective-trail-logs-public-access"],
        update: ["dynamodb-detective-trail-trail"],
      },
    ]);
    const repaired = await stack.up();
    expect([repaired.succeeded, repaired.steps], repaired.text).toEqual([
      true,
      {
        create: ["dynamodb-detective-detections-backup-deleted-alarm", "dynamodb-detective-trail-logs-public-access"],
        update: ["dynamodb-detective-trail-trail"],
      },
    ]);
    const { trails, buckets } = await readAccount(engine);
    expect(Object.values(trails)[0]!.IsLogging).toBe(true);
    expect(Object.values(buckets[evidence!.id!]!.PublicAccessBlock!)).toEqual([true, true, true, true]);
  });

  it("updates only what a change of configuration is about", async () => {
    await stack.configure(
      rootConfig({
        detections: { "table-scanned": { threshold: 9 } },
        logRetentionDays: 400,
        emails: ["security@example.com"],
      }),
    );
    const { succeeded, text, steps } = await stack.up();
    expect(succeeded, text).toBe(true);
    expect(steps).toEqual({
      create: [
        "dynamodb-detective-alerts-alert-email-security@example.com",
        "dynamodb-detective-alerts-health-email-security@example.com",
      ],
      update: [
        "dynamodb-detective-detections-table-scanned-alarm",
        "dynamodb-detective-notifier-function", // says what an alarm counts
        "dynamodb-detective-trail-log-group",
      ],
    });
    deployed = awsResources(await stack.export());
    expect(inventory(await readAccount(engine))).toEqual(inventoryOf(deployed));
  });

  it("is destroyed, and nothing is left but the evidence and what was learnt", async () => {
    const { succeeded, text } = await stack.destroy();
    expect(succeeded, text).toBe(true);
    expect(awsResources(await stack.export())).toEqual([]);
    const kept = keptOf(deployed);
    expect(kept.map(({ urn }) => nameOf(urn)).sort()).toEqual(
      [
        ...["key", "log-group", "logs-access-bucket", "logs-bucket"].map((name) => `dynamodb-detective-trail-${name}`),
        ...["key", "log-group"].map((name) => `dynamodb-detective-detector-${name}`),
        ...["key", "log-group"].map((name) => `dynamodb-detective-notifier-${name}`),
        ...["key", "table"].map((name) => `dynamodb-detective-state-${name}`),
      ].sort(),
    );
    expect(inventory(await readAccount(engine))).toEqual(inventoryOf(kept));
  });

  it("keeps all of it as safe as it was", async () => {
    const { buckets, keys, tables } = await readAccount(engine);
    const safe = Object.values(buckets).map(({ Policy, Encryption, PublicAccessBlock, Versioning, Lifecycle }) => ({
      tlsOnly: Policy!.Statement.some(({ Sid, Effect }) => Sid === "TlsOnly" && Effect === "Deny"),
      encrypted: Encryption!.length,
      private: Object.values(PublicAccessBlock!).every((blocked) => blocked),
      Versioning,
      lifecycle: Lifecycle !== null,
    }));
    const expected = { tlsOnly: true, encrypted: 1, private: true, Versioning: "Enabled", lifecycle: true };
    expect(safe).toEqual([expected, expected]);
    expect(Object.values(keys).filter(({ State, Rotation }) => State === "Enabled" && Rotation)).toHaveLength(4);
    const [table] = Object.values(tables);
    expect(table).toMatchObject({ DeletionProtectionEnabled: true, SSEDescription: { SSEType: "KMS" } });
    expect(Object.keys(keys)).toContain(table!.SSEDescription!.KMSMasterKeyArn);
  });

  it("is deployed again beside what was kept of the first time", async () => {
    const { succeeded, text, steps } = await stack.up();
    expect(succeeded, text).toBe(true);
    expect(Object.keys(steps)).toEqual(["create"]);
    const { buckets, logGroups, tables } = inventory(await readAccount(engine));
    expect([buckets!.length, logGroups!.length, tables!.length]).toEqual([4, 6, 2]);
  });
});

describe("an account that never used AWS Config", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine?.stop());

  const roles = async () =>
    Object.values((await readAccount(engine)).roles).flatMap(({ Arn }) =>
      /AWSServiceRoleForConfig$/i.test(Arn) ? [Arn] : [],
    );

  it("gets the service-linked role once, and keeps it", async () => {
    const stack = await engine.stack(rootStack({ createConfigServiceLinkedRole: true, evidence: "delete" }));
    const first = await stack.up();
    expect(first.succeeded, first.text).toBe(true);
    const [role, ...others] = await roles();
    expect([role !== undefined, others]).toEqual([true, []]);

    await stack.configure(rootConfig({ evidence: "delete" }));
    const later = await stack.up();
    // The emulator spells the role's name with a small c, so the recorder gets another one; in AWS it does not change.
    expect([later.succeeded, later.steps], later.text).toEqual([
      true,
      { delete: ["dynamodb-detective-config-role"], update: ["dynamodb-detective-config-recorder"] },
    ]);
    expect(await roles()).toEqual([role]);

    expect((await stack.destroy()).succeeded).toBe(true);
    expect(await roles()).toEqual([role]);
    const again = await stack.up();
    expect(again.succeeded, again.text).toBe(true);
    expect(await roles()).toEqual([role]);
    expect((await stack.destroy()).succeeded).toBe(true);
  });

  it("is told what to leave out where it would get the role a second time", async () => {
    const stack = await engine.stack(rootStack({ createConfigServiceLinkedRole: true, evidence: "delete" }, "second"));
    const { succeeded, text } = await stack.up();
    expect([succeeded, await roles()]).toEqual([false, [expect.any(String)]]);
    expect(text).toContain("Leave the setting that creates it out of later deployments");
  });
});
