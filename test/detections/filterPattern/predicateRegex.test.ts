// Proves: what a regular expression of a pattern finds, repetitions with and without bounds and white space included.
// Does not prove: AWS's own engine beyond what its page says ("Supported regular expressions").
import { describe, expect, it } from "vitest";
import { compilePredicate } from "../../../detections";

const found = (source: string, ...texts: unknown[]) => {
  const matches = compilePredicate(`{ $.a = %${source}% }`);
  return texts.filter((a) => matches({ a }));
};
const runs = ["", "a", "aa", "aaa", "a".repeat(10), "a".repeat(11), "a".repeat(12)];
const lengths = (source: string) => found(source, ...runs).map((text) => String(text).length);

describe("repetitions", () => {
  it.each([
    ["^a{2}$", [2]],
    ["^a{2,}$", [2, 3, 10, 11, 12]],
    ["^a{1,2}$", [1, 2]],
    ["^a{2,11}$", [2, 3, 10, 11]],
    ["^a{10,11}$", [10, 11]],
    ["^a{,2}$", [0, 1, 2]],
    ["^a{,11}$", [0, 1, 2, 3, 10, 11]],
    ["^a{ 1 , 2 }$", [1, 2]],
    ["^a{ 2 , }$", [2, 3, 10, 11, 12]],
    ["^a{  ,  2  }$", [0, 1, 2]],
    ["^a{  10  ,  11  }$", [10, 11]],
  ])("%s", (source, expected) => expect(lengths(source)).toEqual(expected));

  it("several in one expression", () => {
    expect(found("^a{,2}b{2,3}c{1,}$", "bb", "aabbbcc", "abbc", "bc", "aaabbc")).toEqual(["aabbbcc", "abbc"]);
  });

  it("an escaped brace is a character", () => {
    expect(found(String.raw`^a\{,2\}$`, "a", "aa", "a{,2}", "a{0,2}")).toEqual(["a{,2}"]);
    expect(found(String.raw`^a\{1 , 2\}$`, "a", "a{1 , 2}", "a{1,2}")).toEqual(["a{1 , 2}"]);
  });
});

it("is found anywhere in a text, unless anchored, and in texts only", () => {
  expect(found("b", "abc", "B", "x", 5, true, null, ["b"], { b: "b" })).toEqual(["abc"]);
  expect(found("5", 5, "5", 15)).toEqual(["5"]);
  expect(found("^b", "abc", "bc")).toEqual(["bc"]);
});
