// Proves: how values on the wire become plain, printable and secret. Does not prove: the SDK's own encoding.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Scrubber } from "../../offline/scrubber";
import {
  containsUnknown,
  flatten,
  printable,
  secret,
  secretTexts,
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
  ])("is printed: %s", (_, value, text) => expect(printable(value, "/app")).toEqual(text));

  it("knows unknown values at any depth", () => {
    expect(containsUnknown({ a: [{ b: unknownValue }] })).toBe(true);
    expect(containsUnknown({ a: [{ b: "known" }] })).toBe(false);
  });
});

describe("the scrubber", () => {
  it("finds every form of every secret that was on the wire, in any text", () => {
    const secretText = fc
      .string({ unit: "binary", minLength: 4, maxLength: 40 })
      .filter((text) => !"[secret]".includes(text));
    fc.assert(
      fc.property(fc.array(secretText, { minLength: 1, maxLength: 5 }), fc.string(), (secrets, between) => {
        const scrubber = new Scrubber();
        secretTexts({ list: secret(secrets), open: between }, (text) => scrubber.add(text));
        for (const value of secrets) {
          const forms = [
            value,
            JSON.stringify(value).slice(1, -1),
            Buffer.from(value).toString("base64").replace(/=+$/, ""),
          ];
          for (const form of forms) {
            // Longer secrets may have taken the text before; what is left must not be the secret.
            expect(scrubber.text(`<${form}>`)).not.toContain(form);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("takes the longest secret first, and the lines of a long one", () => {
    const scrubber = new Scrubber();
    scrubber.add("swordfish");
    scrubber.add("swordfish-extended");
    scrubber.add("-----BEGIN KEY-----\nMIIEowIBAAKCAQEA7x\n");
    expect(scrubber.text("a swordfish-extended b swordfish c MIIEowIBAAKCAQEA7x")).toBe(
      "a [secret] b [secret] c [secret]",
    );
  });

  it("takes numbers of four digits and more, wherever they stand", () => {
    const scrubber = new Scrubber();
    secretTexts({ pin: secret(48291736), short: secret(123), nested: secret({ port: 9477 }), open: 5555 }, (text) =>
      scrubber.addText(text),
    );
    scrubber.addText('{"pins":[86420]}');
    expect(scrubber.value(["pin 48291736", 48291736, { n: 9477 }, 86420, 123, 5555])).toEqual([
      "pin [secret]",
      "[secret]",
      { n: "[secret]" },
      "[secret]",
      123,
      5555,
    ]);
  });

  it("reads secrets that are JSON, and leaves words of three letters alone", () => {
    const scrubber = new Scrubber();
    scrubber.addText('{"user":"bob","password":"hunter22"}');
    expect(scrubber.value({ hunter22: ["bob hunter22"] })).toEqual({ "[secret]": ["bob [secret]"] });
  });
});
