// Proves: the shape of the resource tree that people read. Does not prove: colours, which are for terminals only.
import { describe, expect, it } from "vitest";
import { resourceTree, shortType } from "../../cli/preview/tree";
import type { RegisteredResource } from "../../stack/registered";

const resource = (name: string, type: string, parent?: string): RegisteredResource => ({
  urn: name,
  name,
  type,
  inputs: {},
  protect: false,
  ...(parent !== undefined && { parent }),
});
const stack = resource("shop-dev", "pulumi:pulumi:Stack");
const topics = (count: number, parent: string) =>
  Array.from({ length: count }, (_, index) => resource(`topic-${index}`, "aws:sns/topic:Topic", parent));
const plain = { verbose: false, mark: () => "" };

describe("the resource tree", () => {
  it("counts what is alike, and names what is alone", () => {
    const resources = [
      stack,
      resource("alerts", "shop:index:Alerts", "shop-dev"),
      ...topics(3, "alerts"),
      resource("key", "aws:kms/key:Key", "alerts"),
    ];
    expect(resourceTree(resources, plain)).toEqual([
      "shop-dev (5 resources)",
      "└─ alerts  shop.Alerts (4)",
      "   ├─ 3 × aws.sns.Topic",
      "   └─ key  aws.kms.Key",
    ]);
  });

  it("gives a marked resource a line of its own", () => {
    const mark = (urn: string) => (urn === "topic-1" ? "blocked" : "");
    expect(resourceTree([stack, ...topics(3, "shop-dev")], { verbose: false, mark })).toEqual([
      "shop-dev (3 resources)",
      "├─ topic-1  aws.sns.Topic  blocked",
      "└─ 2 × aws.sns.Topic",
    ]);
  });

  it("stays short for many types, and lists everything when asked", () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      resource(`r-${index}`, `aws:m/t${index % 10}:T${index % 10}`, "shop-dev"),
    );
    expect(resourceTree([stack, ...many], plain)).toHaveLength(4);
    expect(resourceTree([stack, ...many], { ...plain, verbose: true })).toHaveLength(41);
  });

  it.each([
    ["aws:dynamodb/table:Table", "aws.dynamodb.Table"],
    ["shop:index:Alerts", "shop.Alerts"],
    ["pulumi:providers:aws", "pulumi.providers.aws"],
  ])("writes the type %s as %s", (type, short) => expect(shortType(type)).toBe(short));
});
