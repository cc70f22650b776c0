// Proves: URNs as Pulumi's engine builds them, and that building and parsing are each other's inverse.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildUrn, parseUrn, providerUrn } from "../../offline/urn";

const stack = buildUrn("dev", "shop", undefined, "pulumi:pulumi:Stack", "shop-dev");

describe("a URN", () => {
  it.each([
    ["the stack", undefined, "pulumi:pulumi:Stack", "urn:pulumi:dev::shop::pulumi:pulumi:Stack::n"],
    ["below the stack", stack, "aws:sns/topic:Topic", "urn:pulumi:dev::shop::aws:sns/topic:Topic::n"],
    [
      "below a component",
      buildUrn("dev", "shop", stack, "my:index:Comp", "c"),
      "aws:sns/topic:Topic",
      "urn:pulumi:dev::shop::my:index:Comp$aws:sns/topic:Topic::n",
    ],
  ])("of %s", (_, parent, type, urn) => expect(buildUrn("dev", "shop", parent, type, "n")).toBe(urn));

  it("keeps names that hold its own separator", () => {
    const word = fc.stringMatching(/^[\w-]{1,12}$/);
    fc.assert(
      fc.property(
        word,
        word,
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.string({ minLength: 1 }),
        (s, p, types, name) => {
          let urn: string | undefined;
          for (const type of types) urn = buildUrn(s, p, urn, `a:b:${type}`, name);
          const parts = parseUrn(urn!);
          expect(parts).toMatchObject({ stack: s, project: p, name, type: `a:b:${types.at(-1)}` });
          expect(parts.qualifiedType.split("$")).toHaveLength(types.length);
        },
      ),
    );
  });

  it("is what stands before the id in a provider reference", () => {
    expect(providerUrn(`${stack}::04da6b54-80e4`)).toBe(stack);
  });
});
