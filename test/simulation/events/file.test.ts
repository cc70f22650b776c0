// Proves: reading only what holds a text gives the same relevant records as parsing everything, whatever the records hold.
// Does not prove: that CloudTrail always writes its files so; others are parsed as a whole.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRecords } from "../../../simulation/events/file";

const texts = new Set(["dynamodb.amazonaws.com", "backup.amazonaws.com"]);
const fileOf = (records: object[]): Buffer => Buffer.from(JSON.stringify({ Records: records }));
const record = (eventSource: string, more: object = {}) => ({ eventVersion: "1.11", eventSource, ...more });

describe("records that hold a text", () => {
  const [dynamodb, backup, s3] = ["dynamodb", "backup", "s3"].map((name) => record(`${name}.amazonaws.com`)) as [
    object,
    object,
    object,
  ];

  it.each([
    [[dynamodb], [dynamodb]],
    [
      [s3, dynamodb, s3, s3, backup, dynamodb],
      [dynamodb, backup, dynamodb],
    ],
    [[s3], []],
    [
      [dynamodb, dynamodb],
      [dynamodb, dynamodb],
    ],
  ])("case %#", (all, relevant) => {
    expect(readRecords(fileOf(all), texts)).toEqual({ records: relevant, skipped: all.length - relevant.length });
  });

  it("the text may stand anywhere in a record, several times", () => {
    const twice = record("s3.amazonaws.com", { a: "dynamodb.amazonaws.com", b: "dynamodb.amazonaws.com" });
    expect(readRecords(fileOf([s3, twice, s3]), texts)).toEqual({ records: [twice], skipped: 2 });
  });

  it("white space after the last record is no matter", () => {
    const file = Buffer.from(`${JSON.stringify({ Records: [s3, dynamodb] }).replace("}]}", "} ]\n}\n")}`);
    expect(readRecords(file, texts)).toEqual({ records: [dynamodb], skipped: 1 });
  });

  it("without necessary texts everything is parsed", () => {
    expect(readRecords(fileOf([s3, dynamodb]), undefined)).toEqual({ records: [s3, dynamodb], skipped: 0 });
  });

  it.each([
    ["indented", Buffer.from(JSON.stringify({ Records: [s3, dynamodb] }, null, 2)), [s3, dynamodb]],
    ["another first field", fileOf([{ eventSource: "x" }, dynamodb]), [{ eventSource: "x" }, dynamodb]],
    ["one event", Buffer.from(JSON.stringify(dynamodb)), [dynamodb]],
    ["no records", fileOf([]), []],
  ])("not as CloudTrail writes it: %s", (_, file, records) => {
    expect(readRecords(file, texts)).toEqual({ records, skipped: 0 });
  });

  it("an object inside a record that begins as records do", () => {
    const nested = record("dynamodb.amazonaws.com", { list: [{ a: 1 }, record("x")] });
    expect(readRecords(fileOf([s3, nested, s3]), texts)).toEqual({ records: [s3, nested, s3], skipped: 0 });
  });

  it("what is cut off is no JSON", () => {
    const file = fileOf([s3, dynamodb]);
    expect(() => readRecords(file.subarray(0, file.length - 2), texts)).toThrow(SyntaxError);
    expect(() => readRecords(Buffer.from(""), texts)).toThrow(SyntaxError);
  });
});

it("agrees with parsing everything", () => {
  const strings = fc.oneof(
    fc.string(),
    fc.constantFrom('{"Records":[{"eventVersion":"', '},{"eventVersion":"', "dynamodb.amazonaws.com", "\\", "€", "}]}"),
  );
  const records = fc.record({ eventVersion: fc.constant("1.11"), eventSource: strings, text: strings });
  fc.assert(
    fc.property(fc.array(records, { minLength: 1 }), (all) => {
      const holds = all.filter((each) => [...texts].some((text) => JSON.stringify(each).includes(text)));
      const { records, skipped } = readRecords(fileOf(all), texts);
      expect(records).toEqual(holds);
      expect(skipped).toBe(all.length - holds.length);
    }),
  );
});
