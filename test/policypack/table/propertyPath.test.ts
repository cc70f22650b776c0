// Proves: which paths of ignoreChanges concern which property. Does not prove: that the engine reads each path alike.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryOf, overlap } from "../../../policypack/table/propertyPath";

describe("overlap", () => {
  it.each([
    ["the same", "tags", "tags"],
    ["what holds it", "replicas", "replicas[0].kmsKeyArn"],
    ["an entry of what holds it", "replicas[0]", "replicas[0].kmsKeyArn"],
    ["what lies in it", "serverSideEncryption.kmsKeyArn", "serverSideEncryption"],
    ["everything", "*", "replicas[0].kmsKeyArn"],
    ["any index", "replicas[*].kmsKeyArn", "replicas[3].kmsKeyArn"],
    ["any key", "tags.*", 'tags["Security"]'],
    ["another spelling of a key", "tags.Security", 'tags["Security"]'],
    ["a name as a key", '["tags"].Security', 'tags["Security"]'],
    ["a key with a dot", 'tags["cost.center"]', entryOf("tags", "cost.center")],
    ["a key with quotes", 'tags["a \\"b\\" [0]"]', entryOf("tags", 'a "b" [0]')],
  ])("%s", (_, path, other) => {
    expect(overlap(path, other)).toBe(true);
    expect(overlap(other, path)).toBe(true);
  });

  it.each([
    ["another property", "tags", "tagsAll"],
    ["another entry", "replicas[1]", "replicas[0].kmsKeyArn"],
    ["another property of any entry", "replicas[*].propagateTags", "replicas[0].kmsKeyArn"],
    ["another key", 'tags["Team"]', 'tags["Security"]'],
    ["a part of a key with a dot", "tags.cost", 'tags["cost.center"]'],
    ["another case", "Tags", "tags"],
  ])("not %s", (_, path, other) => {
    expect(overlap(path, other)).toBe(false);
    expect(overlap(other, path)).toBe(false);
  });

  it("finds any key of a map, and no other", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (key, other) => {
        const same = key === other || key === "*" || other === "*";
        expect(overlap(entryOf("tags", key), entryOf("tags", other))).toBe(same);
        expect(overlap("tags", entryOf("tags", key))).toBe(true);
      }),
    );
  });
});
