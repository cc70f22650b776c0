// Proves: which name is suggested for a mistyped one, and that a shown value is never longer than a line; what is said of files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { closest, fileProblem, shown, unknownName } from "../../wording";

describe("closest", () => {
  const known = ["table-scanned", "backup-listed", "backup-deleted", "emails", "tableArns", "id"];
  it.each([
    ["table-scaned", "table-scanned"],
    ["Table-Scanned", "table-scanned"],
    ["backup-delete", "backup-deleted"],
    ["something else", undefined],
    ["emial", "emails"],
    ["tabelarn", "tableArns"],
    ["TABELARNS", "tableArns"],
    ["backup", "backup-listed"],
    ["zz9", undefined],
    ["xyz12", undefined],
  ])("%s -> %s", (written, expected) => expect(closest(written, known)).toBe(expected));

  it("has no answer where nothing is known", () => expect(closest("x", [])).toBeUndefined());
});

describe("unknownName", () => {
  it("suggests", () =>
    expect(unknownName("tier", "aws-manged", ["aws-owned", "aws-managed"])).toBe(
      'unknown tier "aws-manged". Did you mean "aws-managed"? Known: aws-owned, aws-managed.',
    ));
  it("does not suggest what is far", () =>
    expect(unknownName("tier", "gold", ["aws-owned"])).toBe('unknown tier "gold". Known: aws-owned.'));
});

describe("shown", () => {
  it.each([
    ["text", '"text"'],
    [42, "42"],
    [undefined, "undefined"],
    [{ a: [1] }, '{"a":[1]}'],
  ])("%s", (value, expected) => expect(shown(value)).toBe(expected));
  it("is never longer than a line", () => expect(shown("x".repeat(500))).toHaveLength(120));
});

describe("a file that cannot be read or written", () => {
  const failing = (code: string, text: string) => {
    throw Object.assign(new Error(`${code}: ${text}`), { code });
  };
  const thrownBy = (fail: () => unknown): unknown => {
    try {
      return fail();
    } catch (error) {
      return error;
    }
  };

  it.each<[string, () => unknown, string]>([
    ["is missing", () => readFileSync(join(__dirname, "missing")), "no such file"],
    ["is a folder", () => readFileSync(__dirname), "a folder, where a file is expected"],
    ["is one too many", () => failing("EMFILE", "too many open files"), "EMFILE: too many open files"],
    ["is not ours", () => failing("EACCES", "permission denied, open 'x'"), "permission denied"],
  ])("%s", (_, fail, problem) => {
    expect(fileProblem(thrownBy(fail))).toBe(problem);
  });
});
