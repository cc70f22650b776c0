// Proves: which selectors a selection becomes, how their values are counted, which sources a trail carries, and that
// named tables are matched exactly. Selection is judged by a small model of the operators as AWS documents them
// (CloudTrail User Guide, "Filtering data events"). Does not prove: which ARNs CloudTrail writes for an index.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countValues,
  type EventSelector,
  notesOf,
  planSelectors,
  type Selection,
  selectionOf,
  selectorValueLimit,
  sourcesOf,
} from "../../../components/auditTrail/selectors";
import { validateAuditTrail } from "../../../components/auditTrail/validate";

const everything: Selection = {
  managementEvents: true,
  kmsEvents: true,
  dataEvents: true,
  streamDataEvents: true,
  writeOnly: false,
};
const arnOf = (table: string) => `arn:aws:dynamodb:eu-central-1:111122223333:table/${table}`;

/** One logged call, with the fields that selectors look at. */
interface Call {
  eventCategory: "Management" | "Data";
  eventSource: string;
  eventName: string;
  readOnly: string;
  "resources.type": string[];
  "resources.ARN": string[];
}
const scan = (table: string): Call => ({
  eventCategory: "Data",
  eventSource: "dynamodb.amazonaws.com",
  eventName: "Scan",
  readOnly: "true",
  "resources.type": ["AWS::DynamoDB::Table"],
  "resources.ARN": [arnOf(table)],
});
const putItem = (table: string): Call => ({ ...scan(table), eventName: "PutItem", readOnly: "false" });
/** A call on a table with a stream lists both. */
const putItemWithStream = (table: string): Call => ({
  ...putItem(table),
  "resources.type": ["AWS::DynamoDB::Stream", "AWS::DynamoDB::Table"],
  "resources.ARN": [`${arnOf(table)}/stream/2026-01-01T00:00:00.000`, arnOf(table)],
});
const getRecords = (table: string): Call => ({
  ...putItemWithStream(table),
  eventName: "GetRecords",
  readOnly: "true",
});
const management = (eventSource: string): Call => ({
  eventCategory: "Management",
  eventSource,
  eventName: "DeleteTable",
  readOnly: "false",
  "resources.type": [],
  "resources.ARN": [],
});

/** Names of the selectors that take a call. */
function taken(call: Call, selectors: EventSelector[]): string[] {
  const matches = (values: string[], test: (value: string) => boolean) => values.some(test);
  return selectors
    .filter(({ fieldSelectors }) =>
      fieldSelectors.every(({ field, equals, startsWiths, notEquals }) => {
        const values = [call[field as keyof Call]].flat();
        if (notEquals && matches(values, (value) => notEquals.includes(value))) return false;
        if (!equals && !startsWiths) return true;
        return matches(values, (v) => !!equals?.includes(v) || !!startsWiths?.some((start) => v.startsWith(start)));
      }),
    )
    .map(({ name }) => name);
}

describe("planSelectors", () => {
  it("logs everything on all tables with three selectors", () => {
    expect(planSelectors(everything)).toEqual([
      { name: "Management events selector", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      {
        name: "table-data",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::DynamoDB::Table"] },
          { field: "eventName", notEquals: ["GetRecords", "GetShardIterator"] },
        ],
      },
      {
        name: "stream-data",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::DynamoDB::Stream"] },
          { field: "eventName", equals: ["GetRecords", "GetShardIterator"] },
        ],
      },
    ]);
  });

  it("names tables by ARN, by what is under it, and by their streams", () => {
    const [, table, stream] = planSelectors({ ...everything, tableArns: [arnOf("orders"), arnOf("users")] });
    expect(table?.fieldSelectors.at(-1)).toEqual({
      field: "resources.ARN",
      equals: [arnOf("orders"), arnOf("users")],
      startsWiths: [`${arnOf("orders")}/`, `${arnOf("users")}/`],
    });
    expect(stream?.fieldSelectors.at(-1)).toEqual({
      field: "resources.ARN",
      startsWiths: [`${arnOf("orders")}/stream/`, `${arnOf("users")}/stream/`],
    });
  });

  it.each<[string, Call, Partial<Selection>, string[]]>([
    ["a scan", scan("orders"), {}, ["table-data"]],
    ["a write to a table with a stream, once", putItemWithStream("orders"), {}, ["table-data"]],
    ["a read of a stream, once", getRecords("orders"), {}, ["stream-data"]],
    ["no stream read where those are off", getRecords("orders"), { streamDataEvents: false }, []],
    ["no write where only streams are on", putItemWithStream("orders"), { dataEvents: false }, []],
    ["no read in write-only mode", scan("orders"), { writeOnly: true }, []],
    ["a write in write-only mode", putItem("orders"), { writeOnly: true }, ["table-data"]],
    ["a stream read in write-only mode", getRecords("orders"), { writeOnly: true }, ["stream-data"]],
    ["a KMS event", management("kms.amazonaws.com"), {}, ["Management events selector"]],
    ["no KMS event where those are off", management("kms.amazonaws.com"), { kmsEvents: false }, []],
    [
      "another management event",
      management("dynamodb.amazonaws.com"),
      { kmsEvents: false },
      ["Management events selector"],
    ],
    ["no management event where those are off", management("dynamodb.amazonaws.com"), { managementEvents: false }, []],
    ["a named table", scan("orders"), { tableArns: [arnOf("orders")] }, ["table-data"]],
    ["a named table's stream", getRecords("orders"), { tableArns: [arnOf("orders")] }, ["stream-data"]],
    ["no longer name", scan("orders-old"), { tableArns: [arnOf("orders")] }, []],
    ["no stream of a longer name", getRecords("orders-old"), { tableArns: [arnOf("orders")] }, []],
  ])("takes %s", (_, call, selection, expected) => {
    expect(taken(call, planSelectors({ ...everything, ...selection }))).toEqual(expected);
  });

  const tableName = fc.stringMatching(/^[A-Za-z0-9_.-]{3,40}$/);
  const selection = fc.record({
    managementEvents: fc.boolean(),
    kmsEvents: fc.boolean(),
    dataEvents: fc.boolean(),
    streamDataEvents: fc.boolean(),
    writeOnly: fc.boolean(),
    tableArns: fc.option(fc.array(tableName.map(arnOf), { minLength: 1, maxLength: 200 }), { nil: undefined }),
  });

  it("takes every call at most once", () => {
    const call = fc.oneof(
      ...[scan, putItem, putItemWithStream, getRecords].map((make) => tableName.map(make)),
      fc.constantFrom("kms.amazonaws.com", "dynamodb.amazonaws.com").map(management),
    );
    fc.assert(
      fc.property(call, selection, (c, s) => {
        expect(taken(c, planSelectors(s)).length).toBeLessThan(2);
      }),
    );
  });

  it("never takes a table whose name only begins or ends like a named one", () => {
    fc.assert(
      fc.property(tableName, fc.stringMatching(/^[A-Za-z0-9_.-]{1,10}$/), (name, more) => {
        const selectors = planSelectors({ ...everything, tableArns: [arnOf(name)] });
        for (const make of [scan, putItemWithStream, getRecords]) {
          expect(taken(make(name + more), selectors)).toEqual([]);
          expect(taken(make(more + name), selectors)).toEqual([]);
          expect(taken(make(name), selectors)).toHaveLength(1);
        }
      }),
    );
  });

  it("counts what it writes: three values per table and stream, and a fixed part", () => {
    fc.assert(
      fc.property(selection, (s) => {
        const tables = new Set(s.tableArns).size;
        const fixed =
          (s.managementEvents ? (s.kmsEvents ? 1 : 2) : 0) +
          (s.dataEvents ? (s.writeOnly ? 5 : 4) : 0) +
          (s.streamDataEvents ? 4 : 0);
        const perTable = (s.dataEvents ? 2 : 0) + (s.streamDataEvents ? 1 : 0);
        const planned = planSelectors(selectionOf(s, s.tableArns));
        expect(countValues(planned)).toBe(fixed + perTable * tables);
      }),
    );
  });

  it("never passes the limit once validated", () => {
    fc.assert(
      fc.property(selection, fc.integer({ min: 1, max: 300 }), (s, count) => {
        const tableArns = Array.from({ length: count }, (_, i) => arnOf(`table-${i}`));
        try {
          validateAuditTrail({ ...s, tableArns });
        } catch {
          return;
        }
        expect(countValues(planSelectors(selectionOf(s, tableArns)))).toBeLessThanOrEqual(selectorValueLimit);
      }),
    );
  });
});

describe("sourcesOf", () => {
  it.each([
    [{}, ["management", "table-data", "stream-data", "kms"]],
    [{ kmsEvents: false }, ["management", "table-data", "stream-data"]],
    [{ managementEvents: false }, ["table-data", "stream-data"]],
    [{ dataEvents: false, streamDataEvents: false }, ["management", "kms"]],
    [{ writeOnly: true }, ["management", "table-data", "stream-data", "kms"]],
    [{ existing: { logGroupName: "audit" } }, ["management", "kms"]],
    [{ existing: { logGroupName: "audit", managementEvents: false, tableDataEvents: true } }, ["table-data"]],
    [{ existing: { logGroupName: "audit", kmsEvents: false, streamDataEvents: true } }, ["management", "stream-data"]],
  ])("%j: %j", (args, sources) => expect(sourcesOf(args)).toEqual(sources));
});

describe("notesOf", () => {
  it("says what write-only mode loses and what survives", () => {
    expect(notesOf({ writeOnly: true })).toEqual([expect.stringMatching(/^writeOnly: .*Scan.*PartiQL/)]);
  });
  it.each([[{}], [{ writeOnly: true, dataEvents: false }], [{ existing: { logGroupName: "audit" } }]])(
    "has nothing to say about %j",
    (args) => expect(notesOf(args)).toEqual([]),
  );
});
