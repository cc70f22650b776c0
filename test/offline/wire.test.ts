// Proves: how values on the wire become plain, printable and secret. Does not prove: the SDK's own encoding.
import { describe, expect, it } from "vitest";
import {
  containsUnknown,
  flatten,
  printable,
  secret,
  signatureKey,
  signatures,
  unknownValue,
  type Wire,
} from "../../offline/wire";

const special = (signature: keyof typeof signatures, rest: Record<string, Wire>): Wire => ({
  [signatureKey]: signatures[signature],
  ...rest,
});

describe("a value on the wire", () => {
  it.each<[string, Wire, Wire]>([
    ["resource with an id", special("resource", { urn: "u", id: "i" }), "i"],
    ["resource with an unknown id", special("resource", { urn: "u", id: "" }), unknownValue],
    ["component", special("resource", { urn: "u" }), "u"],
    ["known output", special("output", { value: [1] }), [1]],
    ["unknown output", special("output", { dependencies: [] }), unknownValue],
    ["secret output", special("output", { value: "s", secret: true }), secret("s")],
    ["nested", { a: [special("resource", { urn: "u", id: "i" })] }, { a: ["i"] }],
  ])("is flattened: %s", (_, value, flat) => expect(flatten(value)).toEqual(flat));

  it.each<[string, Wire, unknown]>([
    ["unknown", { a: unknownValue }, { a: "[unknown]" }],
    ["unknown inside a text", `arn:${unknownValue}`, "arn:[unknown]"],
    ["secret", { a: secret({ b: "c" }) }, { a: "[secret]" }],
    ["file", special("asset", { path: "/app/src/index.ts" }), "[asset src/index.ts]"],
    ["remote archive", special("archive", { uri: "https://example.com/a.zip" }), "[archive https://example.com/a.zip]"],
    ["code", special("asset", { text: "x" }), "[asset sha256:2d711642b726]"],
  ])("is printed: %s", (_, value, text) => expect(printable(value, (path) => path.replace("/app/", ""))).toEqual(text));

  it("knows unknown values at any depth", () => {
    expect(containsUnknown({ a: [{ b: unknownValue }] })).toBe(true);
    expect(containsUnknown({ a: [{ b: "known" }] })).toBe(false);
  });
});
