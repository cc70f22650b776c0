// Proves: on the real engine, that two stacks live in one account and one leaves without harm to the other; and that a
// trail and a recorder that were there before are used and left alone. Does not prove: AWS's own limits and checks.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTrailAndRecorder } from "../engine/existing";
import { rootStack } from "../engine/programs";
import { Engine, nameOf } from "../engine/stack";
import { awsResources, inventoryOf, joined, keptOf } from "../engine/state";
import { type AccountContents, emptyAccount, inventory, readAccount } from "../reader/account";

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => engine?.stop());
beforeEach(() => emptyAccount(engine));

describe("an account with a trail and a recorder", () => {
  it("keeps them as they are, and the detectors watch the trail's log group", async () => {
    const { logGroup, trailArn, recorder } = await makeTrailAndRecorder(engine);
    const before = await readAccount(engine);

    const stack = await engine.stack(
      rootStack({
        existingTrail: { logGroupName: logGroup, trailArn, tableDataEvents: true, streamDataEvents: true },
        existingConfigRecorder: recorder,
        emails: ["security@example.com"],
      }),
    );
    const up = await stack.up();
    expect(up.succeeded, up.text).toBe(true);
    const preview = await stack.preview();
    expect([preview.succeeded, preview.steps], preview.text).toEqual([true, {}]);

    const after = await readAccount(engine);
    expect(adopted(after)).toEqual(adopted(before));
    const deployed = awsResources(await stack.export());
    const own = deployed.filter(({ type }) => /cloudtrail|cfg\/(recorder|deliveryChannel)|s3\/|logGroup:/.test(type));
    expect(own.map(({ urn }) => nameOf(urn)).sort()).toEqual([
      "dynamodb-detective-detector-log-group",
      "dynamodb-detective-notifier-log-group",
    ]);
    const filters = [...Object.values(after.metricFilters), ...Object.values(after.subscriptionFilters)];
    const watched = filters.map(({ logGroupName }) => logGroupName);
    expect(watched.length).toBeGreaterThanOrEqual(10);
    expect(new Set(watched)).toEqual(new Set([logGroup]));

    const destroy = await stack.destroy();
    expect(destroy.succeeded, destroy.text).toBe(true);
    const kept = inventoryOf(keptOf(deployed));
    expect(inventory(await readAccount(engine))).toEqual(joined(inventory(before), kept));
  });
});

describe("two stacks in one account", () => {
  it("share the recorder, collide nowhere, and one leaves without the other", async () => {
    const one = await engine.stack(rootStack({}, "one"));
    const first = await one.up();
    expect(first.succeeded, first.text).toBe(true);
    const [recorder] = Object.keys((await readAccount(engine)).configRecorders);
    const two = await engine.stack(rootStack({ existingConfigRecorder: recorder, evidence: "delete" }, "two"));
    const second = await two.up();
    expect(second.succeeded, second.text).toBe(true);

    const ofOne = inventoryOf(awsResources(await one.export()));
    const deployedByTwo = awsResources(await two.export());
    expect(inventory(await readAccount(engine))).toEqual(joined(ofOne, inventoryOf(deployedByTwo)));

    const destroy = await two.destroy();
    expect(destroy.succeeded, destroy.text).toBe(true);
    const kept = inventoryOf(keptOf(deployedByTwo, "delete"));
    expect(inventory(await readAccount(engine))).toEqual(joined(ofOne, kept));
    const preview = await one.preview();
    expect([preview.succeeded, preview.steps], preview.text).toEqual([true, {}]);
    const refresh = await one.refresh();
    expect([refresh.succeeded, refresh.steps], refresh.text).toEqual([true, {}]);
  });
});

const adopted = ({ trails, buckets, configRecorders, deliveryChannels }: AccountContents) => ({
  trails,
  buckets,
  configRecorders,
  deliveryChannels,
});
