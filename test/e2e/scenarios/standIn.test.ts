// Proves: that the stand-in provider fails where it would otherwise prove nothing: a type that it does not know, an input
// that it does not send, a look-up that it cannot answer.
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Engine, region } from "../engine/stack";
import { inventory, readAccount } from "../reader/account";

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => engine?.stop());

it.each([
  {
    what: "a type without a row",
    program: async () => {
      new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
    },
    says: "the stand-in provider knows no aws:ec2/vpc:Vpc",
  },
  {
    what: "an input that its row does not send",
    program: async () => {
      new aws.sqs.Queue("queue", { delaySeconds: 30 });
    },
    says: "the program wrote delaySeconds = 30, the account says undefined",
  },
  {
    what: "a look-up that it has no answer to",
    program: async () => {
      await aws.getAvailabilityZones({});
    },
    says: "the stand-in provider has no look-up aws:index/getAvailabilityZones:getAvailabilityZones",
  },
])("fails at $what", async ({ program, says }) => {
  const stack = await engine.stack({ project: "stand-in", stack: "dev", config: { "aws:region": region }, program });
  const up = await stack.up();
  expect(up.succeeded).toBe(false);
  expect(up.text).toContain(says);
  const destroy = await stack.destroy();
  expect(destroy.succeeded, destroy.text).toBe(true);
  expect(inventory(await readAccount(engine))).toEqual({});
});
