// Proves: that the stand-in provider packs every kind of archive that Pulumi has, but those that need a network.
// Does not prove: how the engine hashes them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zip } from "../provider/archive";
import type { Json } from "../provider/resourceType";

let files: string;
beforeAll(() => {
  files = mkdtempSync(join(tmpdir(), "e2e-files-"));
  mkdirSync(join(files, "folder", "inner"), { recursive: true });
  writeFileSync(join(files, "folder", "a.txt"), "a");
  writeFileSync(join(files, "folder", "inner", "b.txt"), "b");
  writeFileSync(join(files, "packed.zip"), zipSync({ "a.txt": strToU8("a"), "inner/b.txt": strToU8("b") }));
});
afterAll(() => rmSync(files, { recursive: true, force: true }));

// As Pulumi marks an archive.
const archive = { "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7" };
const text = (content: string) => ({ text: content });
const at = (name: string) => ({ path: join(files, name) });

const contents = (code: Json) =>
  Object.fromEntries(Object.entries(unzipSync(zip(code))).map(([name, bytes]) => [name, strFromU8(bytes)]));

describe("an archive", () => {
  it.each<[string, () => Json]>([
    ["of texts", () => ({ assets: { "a.txt": text("a"), "inner/b.txt": text("b") } })],
    ["of files", () => ({ assets: { "a.txt": at("folder/a.txt"), "inner/b.txt": at("folder/inner/b.txt") } })],
    [
      "of a file by its address",
      () => ({
        assets: { "a.txt": { uri: pathToFileURL(join(files, "folder", "a.txt")).href }, "inner/b.txt": text("b") },
      }),
    ],
    ["in an archive", () => ({ assets: { "a.txt": text("a"), inner: { assets: { "b.txt": text("b") } } } })],
    [
      "of a folder in an archive",
      () => ({ assets: { "a.txt": text("a"), inner: { ...archive, ...at("folder/inner") } } }),
    ],
    ["that is a folder", () => at("folder")],
    ["that is a zip", () => at("packed.zip")],
  ])("%s", (_, code) => {
    expect(contents(code())).toEqual({ "a.txt": "a", "inner/b.txt": "b" });
  });

  it("has the same bytes in whatever order its files are named", () => {
    expect(zip({ assets: { a: text("1"), b: text("2") } })).toEqual(zip({ assets: { b: text("2"), a: text("1") } }));
  });

  it.each<[string, Json, string]>([
    ["over the network", { assets: { a: { uri: "https://example.com/a" } } }, "a is https://example.com/a"],
    ["by a relative path", { assets: { a: { path: "a.txt" } } }, "takes absolute paths"],
    ["without content", { assets: { a: {} } }, "a is nothing that can be read"],
    ["that is none", "text", "code is no archive"],
  ])("%s is an error", (_, code, says) => {
    expect(() => zip(code)).toThrow(says);
  });
});
