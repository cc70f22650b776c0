// Proves: what the mocks record (order, inputs, options), that two runs in one process do not mix, and that a preview
// leaves ids and ARNs unknown. Does not prove: that AWS or its provider would accept anything.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { locationOf } from "../../../components/location";
import { deploy, randomSuffix, refused, resolved, unknown } from "./mocks";

class Pair extends pulumi.ComponentResource {
  readonly place: pulumi.Output<string>;
  constructor(name: string) {
    super("test:index:Pair", name);
    const bucket = new aws.s3.Bucket(
      `${name}-bucket`,
      { bucketPrefix: "logs-" },
      { parent: this, retainOnDelete: true },
    );
    new aws.sns.Topic(`${name}-topic`, { displayName: bucket.arn }, { parent: this, dependsOn: [bucket] });
    const { partition, region, accountId } = locationOf(this);
    this.place = pulumi.interpolate`${partition} ${region} ${accountId}`;
    this.registerOutputs({ place: this.place });
  }
}

describe("deploy", () => {
  it("records type, name, inputs and options in the order of construction", async () => {
    const deployment = await deploy(() => new Pair("pair"));
    expect(deployment.resources).toEqual([
      { type: "test:index:Pair", name: "pair", inputs: {}, options: {} },
      {
        type: "aws:s3/bucket:Bucket",
        name: "pair-bucket",
        inputs: { bucketPrefix: "logs-" },
        options: { parent: "pair", retainOnDelete: true },
      },
      {
        type: "aws:sns/topic:Topic",
        name: "pair-topic",
        inputs: { displayName: `arn:aws:s3:::logs-${randomSuffix}` },
        options: { parent: "pair", dependsOn: ["pair-bucket"] },
      },
    ]);
    expect(await resolved(deployment.result.place)).toBe("aws eu-central-1 111122223333");
  });

  it("keeps runs apart", async () => {
    const first = await deploy(() => pulumi.getStack(), { stack: "one" });
    const second = await deploy(() => new Pair("pair") && pulumi.getStack(), { stack: "two", region: "us-east-1" });
    expect([first.result, first.resources.length, second.result, second.resources.length]).toEqual([
      "one",
      0,
      "two",
      3,
    ]);
  });

  it("leaves ARNs unknown in a preview", async () => {
    const deployment = await deploy(() => new Pair("pair"), { preview: true });
    expect(deployment.resource("aws:sns/topic:Topic", "pair-topic").inputs).toEqual({ displayName: unknown });
  });

  it("gives configuration", async () => {
    const { result } = await deploy(() => new pulumi.Config("aws").get("region"), {
      config: { "aws:region": "us-east-1" },
    });
    expect(result).toBe("us-east-1");
  });
});

describe("refused", () => {
  it("hands back the error and what had been registered", async () => {
    const { error, registered } = await refused(() => {
      new aws.sns.Topic("topic", {});
      throw new Error("no");
    });
    expect([error.message, registered]).toEqual(["no", ["aws:sns/topic:Topic topic"]]);
  });

  it("objects to a program that does not throw", async () => {
    await expect(refused(() => undefined)).rejects.toThrow("expected to throw");
  });
});
