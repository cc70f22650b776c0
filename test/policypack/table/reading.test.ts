// Proves: how one property is read, behind the policy SDK's proxy too.
import * as sdk from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import {
  boolean,
  type Kind,
  known,
  list,
  map,
  number,
  read,
  string,
  unknownSentinels,
} from "../../../policypack/table/reading";
import { unknown } from "../support/table";

// Both are published, but missing from the published types.
const { unknownCheckingProxy } = sdk as unknown as { unknownCheckingProxy<T extends object>(props: T): T };
const sentinels = require("@pulumi/policy/proxy") as Record<string, unknown>;

describe("read", () => {
  it("knows the same sentinels as the policy SDK", () => {
    const theirs = Object.entries(sentinels).filter(([name]) => /^unknown\w+Value$/.test(name));
    expect(theirs).toHaveLength(7);
    expect(new Set(theirs.map(([, value]) => value))).toEqual(unknownSentinels);
  });

  it("does not trip over unknown values behind the SDK's proxy", () => {
    const props = unknownCheckingProxy({ flag: unknown, block: { flag: unknown } });
    expect(() => props.flag).toThrow("can't be known during preview");
    expect(read(known(props), "flag", boolean)).toEqual({ state: "unknown" });
    expect(read(read(known(props), "block", map), "flag", boolean)).toEqual({ state: "unknown" });
  });

  it.each([
    ["a value of its type", { key: true }, { state: "known", value: true }],
    ["nothing", {}, { state: "absent" }],
    ["undefined", { key: undefined }, { state: "absent" }],
    ["null", { key: null }, { state: "absent" }],
    ["another type", { key: "yes" }, { state: "malformed", problem: "key is a string where a boolean is expected" }],
    ["an inherited property", Object.create({ key: true }), { state: "absent" }],
  ])("tells apart: %s", (_, container, reading) => {
    expect(read(known(container), "key", boolean)).toEqual(reading);
  });

  it.each([
    [boolean, true, "a boolean"],
    [number, 3, "a number"],
    [string, "text", "a string"],
    [list, [], "a list"],
    [map, {}, "a map"],
  ])("matches its own type alone", (kind, value, title) => {
    expect([true, 3, "text", [], {}].filter((each) => kind.matches(each))).toEqual([value]);
    const other = value === true ? 3 : true;
    const found = [boolean, number, string, list, map].find((each) => each.matches(other))!;
    expect(read(known({ key: other }), "key", kind as Kind<unknown>)).toEqual({
      state: "malformed",
      problem: `key is ${found.title} where ${title} is expected`,
    });
  });

  it("says of what is inside what it says of the container", () => {
    for (const container of [
      { state: "absent" },
      { state: "unknown" },
      { state: "malformed", problem: "x is a list where a map is expected" },
    ] as const) {
      expect(read(container, "key", boolean)).toBe(container);
    }
  });
});
