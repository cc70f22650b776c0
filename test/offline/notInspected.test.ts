// Proves: which resources are listed as not inspected. Does not prove: that there is no other way to hide a table.
import { describe, expect, it } from "vitest";
import { notInspected, typesReadAsTables } from "../../offline/notInspected";
import type { Registration } from "../../offline/registration";
import { creatingTypes } from "../../policypack/table/creatingTypes";

const dynamic = "pulumi-nodejs:dynamic:Resource";
const reasons = (type: string, remote = false, tableTypes?: ReadonlySet<string>) =>
  notInspected([{ urn: "u", type, inputs: {}, remote } as unknown as Registration], tableTypes).map(
    ({ reason }) => reason,
  );

describe("a resource", () => {
  it("that cannot be seen into is listed", () => {
    expect(reasons("python:index:Remote", true)).toEqual([expect.stringContaining("another language")]);
    expect(reasons(dynamic)).toEqual([expect.stringContaining("dynamic")]);
    expect(reasons("pulumi-nodejs:dynamic/tables:Table")).toEqual([expect.stringContaining("dynamic")]);
  });

  it.each(["aws:sns/topic:Topic", ...creatingTypes.map(({ type }) => type).filter((type) => type !== dynamic)])(
    "that the policies judge themselves is not: %s",
    (type) => expect(reasons(type)).toEqual([]),
  );

  it("that the policies are told how to read is not", () => {
    expect(reasons(dynamic, false, new Set([dynamic]))).toEqual([]);
    expect(reasons("pulumi-nodejs:dynamic:Other", false, new Set([dynamic]))).toHaveLength(1);
  });
});

describe("types that are read as tables", () => {
  const policy = (...types: string[]) => ({
    properties: { tableTypes: Object.fromEntries(types.map((type) => [type, "t"])) },
  });
  it("are those of which every policy is told that can be", () => {
    expect([...typesReadAsTables([policy("a", "b"), { properties: {} }, policy("b")])]).toEqual(["b"]);
    expect([...typesReadAsTables([policy("a"), policy()])]).toEqual([]);
    expect([...typesReadAsTables([])]).toEqual([]);
  });
});
