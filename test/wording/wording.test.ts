// Proves: which name is suggested for a mistyped one, and that a shown value is never longer than a line.
import { describe, expect, it } from "vitest";
import { closest, shown, unknownName } from "../../wording";

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
