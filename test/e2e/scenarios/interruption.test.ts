// Proves: where the account refuses one call in the middle of a deployment, the next one finishes it; nothing is there
// twice and nothing is left over. Does not prove: what the AWS provider keeps of a resource that it half made.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rootStack } from "../engine/programs";
import { Engine } from "../engine/stack";
import { awsResources, inventoryOf } from "../engine/state";
import { emptyAccount, inventory, readAccount } from "../reader/account";

describe("a deployment in which the account refuses a call", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine?.stop());
  beforeEach(() => emptyAccount(engine));

  it.each([
    { command: "PutBucketPolicy", after: 1, what: "the policy of the second bucket" },
    { command: "EnableKeyRotation", after: 0, what: "rotation of a key that was just made" },
    { command: "PutEventSelectors", after: 0, what: "the selectors of a trail that was just made" },
    { command: "PutDeliveryChannel", after: 0, what: "the delivery channel" },
    { command: "PutMetricAlarm", after: 4, what: "the fifth alarm" },
  ])("is finished by the next one: $what", async ({ command, after }) => {
    const stack = await engine.stack(rootStack({}, command.toLowerCase()));
    engine.provider.account.refuse(command, after);
    const broken = await stack.up();
    expect([engine.provider.account.forget(), broken.succeeded], broken.text).toEqual([true, false]);
    expect(broken.text).toContain(`${command} was refused`);

    const finished = await stack.up();
    expect(finished.succeeded, finished.text).toBe(true);
    expect(Object.keys(finished.steps)).not.toContain("replace");
    const account = inventory(await readAccount(engine));
    expect(account).toEqual(inventoryOf(awsResources(await stack.export())));
    expect(account["trails"]).toHaveLength(1);

    const preview = await stack.preview();
    expect([preview.succeeded, preview.steps], preview.text).toEqual([true, {}]);
  });
});
