// Proves: `tagsAll` as pulumi-aws makes it, which is what tag policies see. Does not prove: what the provider applies
// of tags that are written on the resource and ignored.
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { TaggableTypes, tagsAll } from "../../offline/defaultTags";
import { secret, unknownValue, type Wire } from "../../offline/wire";

const defaults = JSON.stringify({ tags: { a: "default", b: "default" } });

describe("tagsAll", () => {
  it.each<[string, Wire | undefined, Wire | undefined, Wire | undefined]>([
    ["nothing", undefined, undefined, undefined],
    ["own tags only", { a: "own" }, undefined, { a: "own" }],
    ["default tags only", undefined, defaults, { a: "default", b: "default" }],
    ["both", { a: "own" }, defaults, { a: "own", b: "default" }],
    ["an unknown value", { c: unknownValue }, defaults, unknownValue],
    ["an unknown map", unknownValue, defaults, unknownValue],
    ["unknown default tags", { a: "own" }, unknownValue, unknownValue],
    ["secret default tags", { c: "own" }, secret(defaults), secret({ a: "default", b: "default", c: "own" })],
  ])("of %s", (_, tags, defaultTags, expected) =>
    expect(tagsAll(tags, { ...(defaultTags !== undefined && { defaultTags }) })).toEqual(expected),
  );

  it.each<[string, Wire, Wire]>([
    ["a key", { keys: ["a"] }, { b: "default", "team:x": "own" }],
    ["a prefix", { keyPrefixes: ["team:", "b"] }, { a: "own" }],
    ["both", { keys: ["a", "missing"], keyPrefixes: ["team:"] }, { b: "default" }],
    ["nothing", { keys: [] }, { a: "own", b: "default", "team:x": "own" }],
    ["everything", { keyPrefixes: ["a", "b", "t"] }, {}],
    ["what is not known", { keys: [unknownValue] }, unknownValue],
  ])("of a provider that ignores %s", (_, ignoreTags, expected) => {
    const tags = { a: "own", "team:x": "own" };
    expect(tagsAll(tags, { defaultTags: defaults, ignoreTags: JSON.stringify(ignoreTags) })).toEqual(expected);
    expect(tagsAll(tags, { defaultTags: defaults, ignoreTags })).toEqual(expected);
  });
});

describe("types with tags", () => {
  const types = new TaggableTypes(resolve(__dirname, "../.."));
  it.each([
    ["aws:dynamodb/table:Table", {}, true],
    ["aws:cfg/recorder:Recorder", { tags: {} }, false],
    ["aws:not/there:There", { tags: {} }, true],
    ["aws:not/there:There", { tagsAll: {} }, true],
    ["aws:not/there:There", {}, false],
    ["other:dynamodb/table:Table", { tags: {} }, false],
  ])("%s %j: %s", (type, inputs, expected) => expect(types.has(type, inputs)).toBe(expected));
});
