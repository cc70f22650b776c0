// Proves: what is cut or shortened has lost its secrets before. Does not prove: that everything printed comes this way.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pathFrom, pathFromHere, scrubbedLog } from "../../../offline/secrets/printed";
import { Scrubber } from "../../../offline/secrets/scrubber";
import type { LogLine } from "../../../offline/services";

const scrubber = new Scrubber();
for (const secret of ["hunter22\nhunter33", "/app/vault"]) scrubber.add(secret);

describe("a log", () => {
  it("loses secrets that go over lines of one stream, and keeps its order and all else", () => {
    const log: LogLine[] = [
      { severity: "info", message: "out hunter22" },
      { severity: "warning", message: "err", urn: "u" },
      { severity: "info", message: "hunter33 out" },
      { severity: "error", message: "hunter22" },
    ];
    expect(scrubbedLog(log, scrubber)).toEqual([
      { severity: "info", message: "out [secret]" },
      { severity: "warning", message: "err", urn: "u" },
      { severity: "info", message: "[secret] out" },
      { severity: "error", message: "[secret]" },
    ]);
    expect(log[0]!.message).toBe("out hunter22");
  });
});

describe("a path", () => {
  it.each([
    ["/app/src/index.ts", "src/index.ts"],
    ["./src/index.ts", "src/index.ts"],
    ["/app", "."],
    ["/app/vault/key.pem", "[secret]/key.pem"],
  ])("is seen from a folder, unless a part of it is secret: %s", (path, shown) => {
    expect(pathFrom("/app", scrubber)(path)).toBe(shown);
  });

  it("is seen from here, unless a part of it is secret", () => {
    expect(pathFromHere(scrubber)(join(process.cwd(), "src", "index.ts"))).toBe("src/index.ts");
    expect(pathFromHere(scrubber)("/app/vault")).toBe("[secret]");
  });
});
