// Proves: verdicts of the project's own pack on whole programs, run by the real SDK through the real pack process.
// Does not prove: what the AWS provider itself adds to a resource's inputs (emulated, see test/offline/defaultTags.test.ts).
import { beforeAll, describe, expect, it } from "vitest";
import { type Preview, preview } from "../../offline/preview";
import { imports, ownPack, program, table } from "./support/programs";

const allFour = [
  "dynamodb-deletion-protection",
  "dynamodb-encryption",
  "dynamodb-point-in-time-recovery",
  "dynamodb-required-tags",
];

describe("the project's policies", () => {
  let result: Preview;
  const policiesOn = (name: string) =>
    result.violations
      .filter(({ urn }) => urn.endsWith(`::${name}`))
      .map(({ policy }) => policy)
      .sort();

  beforeAll(async () => {
    const folder = program({
      "Pulumi.dev.yaml": `config:\n  aws:defaultTags: { tags: { Environment: config } }\n`,
      "index.ts": `${imports}
        const tagged = new aws.Provider("tagged", {
          region: "eu-west-1",
          defaultTags: { tags: { Security: "high", Confidentiality: "internal", Environment: "test" } },
        });
        ${table("by-provider", { tags: "undefined as any" }, "{ provider: tagged }")}
        ${table("by-config", { tags: `{ Security: "high", Confidentiality: "internal" }` })}
        const key = new aws.kms.Key("key", {});
        ${table("own-key", { serverSideEncryption: "{ enabled: true, kmsKeyArn: key.arn }" })}
        ${table("replicated", { replicas: `[{ regionName: "eu-central-1", pointInTimeRecovery: true, propagateTags: true }]` })}
        ${table("unknown-tags", { tags: "key.arn.apply((arn): Record<string, string> => ({ Security: arn }))" })}
        class Layer extends pulumi.ComponentResource {
          constructor(name: string, depth: number, opts?: pulumi.ComponentResourceOptions) {
            super("shop:index:Layer", name, {}, opts);
            if (depth > 1) new Layer(name + "-inner", depth - 1, { parent: this });
            else new aws.dynamodb.Table("weak", { attributes: [{ name: "id", type: "S" }], hashKey: "id" }, { parent: this });
          }
        }
        new Layer("layer", 3, { protect: true });
        const madeUp = { tagsAll: { Security: "x", Confidentiality: "x", Environment: "x" } };
        ${table("transformed", { tags: "undefined as any" }, "{ transforms: [({ props, opts }) => ({ props: { ...props, ...madeUp }, opts })] }")}
        new pulumi.CustomResource("aws:dynamodb/table:Table", "raw", { tags: { Environment: "x" }, ...madeUp });
      `,
    });
    result = await preview({ folder, packFolder: ownPack() });
  });

  it("counts default tags of an explicit provider", () => expect(policiesOn("by-provider")).toEqual([]));
  it("counts default tags of the configuration", () => expect(policiesOn("by-config")).toEqual([]));
  it("shows inputs as written, without what the provider adds", () => {
    expect(result.resources.find(({ name }) => name === "by-provider")?.inputs).not.toHaveProperty("tagsAll");
  });
  it.each([
    ["transformed", "tags Confidentiality, Security"],
    ["raw", "tags Confidentiality, Security"],
  ])("does not count tags that only a made-up tagsAll has: %s", (name, missing) => {
    const violation = result.violations.find(({ urn, policy }) => urn.endsWith(`::${name}`) && policy.endsWith("tags"));
    expect(violation?.message).toContain(missing);
  });
  it("takes a key that is made in the same program", () => expect(policiesOn("own-key")).toEqual([]));

  it("blocks a replica without deletion protection", () => {
    expect(policiesOn("replicated")).toContain("dynamodb-deletion-protection");
    const violation = result.violations.find(
      ({ urn, policy }) => urn.endsWith("::replicated") && policy.endsWith("protection"),
    );
    expect(violation?.message).toContain("eu-central-1");
  });

  it("lists tags that are wholly unknown as undecided, not as a violation", () => {
    expect(policiesOn("unknown-tags")).toEqual([]);
    const [undecided, ...more] = result.undecided.filter(({ urn }) => urn.endsWith("::unknown-tags"));
    expect(more).toEqual([]);
    expect(undecided).toMatchObject({ policy: "dynamodb-required-tags", enforcementLevel: "mandatory" });
    expect(undecided?.message).not.toContain("[undecided]");
    expect(result.resources.find(({ name }) => name === "unknown-tags")?.inputs["tags"]).toBe("[unknown]");
  });

  it("finds a weak table three components deep, with its parent and its protection", () => {
    expect(policiesOn("weak")).toEqual(
      allFour.filter((policy) => policy !== "dynamodb-required-tags").concat("dynamodb-required-tags"),
    );
    const weak = result.resources.find(({ name }) => name === "weak")!;
    const layers = "shop:index:Layer$shop:index:Layer$shop:index:Layer";
    expect(weak.urn).toBe(`urn:pulumi:dev::shop::${layers}$aws:dynamodb/table:Table::weak`);
    expect(weak.parent).toBe(`urn:pulumi:dev::shop::${layers}::layer-inner-inner`);
    expect(weak.protect).toBe(true);
  });
});
