// Proves: what is read from a stack export. Does not prove: that Pulumi writes it so (test/e2e runs Pulumi).
import { describe, expect, it } from "vitest";
import { readStackExport, StackExportError } from "../../stack/stackExport";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const exported = (...resources: object[]) => JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

describe("a stack export", () => {
  it("gives type, logical name, id, inputs, outputs and parent", () => {
    const stack = { urn: urn("pulumi:pulumi:Stack", "shop-dev"), custom: false, type: "pulumi:pulumi:Stack" };
    const topic = {
      urn: urn("shop:index:Alerts$aws:sns/topic:Topic", "alerts"),
      custom: true,
      id: "arn:aws:sns:us-east-1:111122223333:alerts",
      type: "aws:sns/topic:Topic",
      inputs: { name: "alerts", tags: { team: "security" } },
      outputs: { name: "alerts", arn: "arn:aws:sns:us-east-1:111122223333:alerts" },
      parent: stack.urn,
      protect: true,
    };
    const { id, inputs, outputs, parent, type } = topic;
    expect(readStackExport(exported(stack, topic))).toEqual([
      { urn: stack.urn, type: stack.type, name: "shop-dev", inputs: {}, outputs: {}, protect: false },
      { urn: topic.urn, type, name: "alerts", id, inputs, outputs, parent, protect: true },
    ]);
  });

  it("never gives a secret, encrypted or shown", () => {
    const inputs = {
      a: { ...secret, ciphertext: "djE6" },
      b: [{ c: { ...secret, plaintext: '"hunter2"' } }],
      unknown: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    };
    const [resource] = readStackExport(exported({ urn: urn("a:b:C", "c"), type: "a:b:C", inputs, outputs: inputs }));
    const printable = { a: "[secret]", b: [{ c: "[secret]" }], unknown: "[unknown]" };
    expect(resource).toMatchObject({ inputs: printable, outputs: printable });
    expect(JSON.stringify(resource)).not.toMatch(/hunter2|djE6/);
  });

  it("leaves out what waits to be deleted", () => {
    const state = { urn: urn("a:b:C", "c"), type: "a:b:C" };
    expect(readStackExport(exported({ ...state, delete: true, id: "old" }, { ...state, id: "new" }))).toMatchObject([
      { id: "new" },
    ]);
  });

  it.each([
    [
      "of a stack's file in a self-managed backend",
      { version: 3, checkpoint: { stack: "dev", latest: { resources: [] } } },
    ],
    ["of dynamodb-detective preview --json", { project: "shop", resources: [] }],
  ])("the resources %s", (_, empty) => {
    const state = { urn: urn("a:b:C", "c"), type: "a:b:C", id: "1", inputs: { d: 1 }, outputs: { e: 2 } };
    const text = JSON.stringify(empty).replace("[]", JSON.stringify([state]));
    expect(readStackExport(text)).toEqual([{ ...state, name: "c", protect: false }]);
  });

  it.each([
    ["", /^not JSON .* pulumi stack export --file FILE$/],
    ["[]", /^no "deployment\.resources"/],
    ['{"version":3,"deployment":{}}', /^no "deployment\.resources"/],
    ['{"version":3,"checkpoint":{"latest":null}}', /preview --resolved --json is read too\.$/],
    ['{"resources":{}}', /^no "deployment\.resources"/],
  ])("%j is none", (text, message) => {
    expect(() => readStackExport(text)).toThrow(StackExportError);
    expect(() => readStackExport(text)).toThrow(message);
  });
});
