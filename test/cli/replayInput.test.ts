// Proves: events come out of every form of input, whatever the chunks; damage is reported with its place and the rest read;
// the scanner agrees with JSON.parse. Does not prove: the alerts (replay.test.ts), nor the speed (bench/).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { damaged, incomplete, Scanner } from "../../cli/replay/input/json";
import { type Batch, Splitter } from "../../cli/replay/input/splitter";
import { Wanted } from "../../cli/replay/input/wanted";
import type { Call, Needed } from "../../simulation";

const event = (eventName: string, more: object = {}) => ({
  eventVersion: "1.11",
  eventTime: "2026-01-05T10:00:00Z",
  eventSource: "dynamodb.amazonaws.com",
  eventName,
  ...more,
});
const [scan, put, list] = [event("Scan"), event("PutItem"), event("ListTables")];
const other = event("RunInstances", { eventSource: "ec2.amazonaws.com" });
const lines = (...values: unknown[]): string => values.map((value) => JSON.stringify(value)).join("\n");
const records = (...values: unknown[]): string => JSON.stringify({ Records: values });

/** Reads a text in chunks of a size. */
function split(
  text: string | Buffer,
  { wants = () => true, size = 1 << 20 }: { wants?: (call: Call) => Needed; size?: number } = {},
): Batch {
  const bytes = Buffer.from(text);
  const splitter = new Splitter(new Wanted(wants));
  const all: Batch = { events: [], skipped: 0, damages: [] };
  const add = ({ events, skipped, damages }: Batch) => {
    all.events.push(...events);
    all.skipped += skipped;
    all.damages.push(...damages);
  };
  for (let at = 0; at < bytes.length; at += size) add(splitter.push(bytes.subarray(at, at + size)));
  add(splitter.end());
  return all;
}

const forms: [string, string][] = [
  ["CloudTrail's file", records(scan, put)],
  ["an indented file", JSON.stringify({ Records: [scan, put] }, null, 2)],
  ["JSON lines", `${lines(scan, put)}\n`],
  ["JSON lines with Windows line breaks and empty lines", `${JSON.stringify(scan)}\r\n\r\n${JSON.stringify(put)}\r\n`],
  ["a byte order mark", `\ufeff${lines(scan, put)}`],
  ["objects without a separator", `${JSON.stringify(scan)}${JSON.stringify(put)}`],
  ["indented events", `${JSON.stringify(scan, null, 2)}\n${JSON.stringify(put, null, 2)}\n`],
  ["an array", JSON.stringify([scan, put])],
  ["several files in one", `${records(scan)}\n${records(put)}`],
  ["EventBridge envelopes", lines(...[scan, put].map((detail) => ({ version: "0", "detail-type": "x", detail })))],
  [
    "an export of a log group",
    `2026-01-05T10:00:00.000Z ${JSON.stringify(scan)}\n2026-01-05T10:00:01.000Z ${JSON.stringify(put)}\n`,
  ],
  [
    "aws logs filter-log-events",
    JSON.stringify({
      events: [scan, put].map((each) => ({ timestamp: 1, message: JSON.stringify(each) })),
      searchedLogStreams: [],
      nextToken: "x",
    }),
  ],
  [
    "a subscription's payload",
    JSON.stringify({
      messageType: "DATA_MESSAGE",
      logEvents: [scan, put].map((each) => ({ id: "1", message: JSON.stringify(each) })),
    }),
  ],
  [
    "aws cloudtrail lookup-events",
    JSON.stringify({
      Events: [scan, put].map((each) => ({ EventId: "1", EventName: "x", CloudTrailEvent: JSON.stringify(each) })),
    }),
  ],
];

const said = (value: unknown): string => JSON.stringify(value);
forms.push(
  [
    "a subscription's payload after what tries its destination",
    said({ messageType: "CONTROL_MESSAGE", logEvents: [{ message: "CWL CONTROL MESSAGE" }] }) +
      said({ messageType: "DATA_MESSAGE", logEvents: [scan, put].map((each) => ({ message: said(each) })) }),
  ],
  [
    "aws logs get-query-results",
    said({
      results: [scan, put].map((each) => [
        { field: "@timestamp", value: "2026-01-05 10:00:00.000" },
        { field: "@message", value: said(each) },
      ]),
      status: "Complete",
    }),
  ],
  [
    "aws sqs receive-message, of a topic that EventBridge publishes to",
    said({
      Messages: [scan, put].map((detail) => ({ Body: said({ Type: "Notification", Message: said({ detail }) }) })),
    }),
  ],
  [
    "a file with Insights and aggregated events",
    records(
      scan,
      { eventVersion: "1.08", eventTime: "2026-01-05T10:00:00Z", eventCategory: "Insight", insightDetails: {} },
      { eventVersion: "1.0", eventId: "1", eventCategory: "Aggregated", timeWindow: {} },
      put,
    ),
  ],
);

describe("forms of input", () => {
  it.each(forms)("%s", (_, text) => {
    for (const size of [1 << 20, 7, 1]) {
      expect(split(text, { size })).toEqual({ events: [scan, put], skipped: 0, damages: [] });
    }
  });

  it("a list without events is no damage", () => {
    expect(split('{"Records":[]}')).toEqual({ events: [], skipped: 0, damages: [] });
  });
});

describe("events of calls that are not wanted are counted and not parsed", () => {
  const wants = ({ eventSource, eventName }: Call) =>
    eventSource === "dynamodb.amazonaws.com" && eventName !== "GetItem";

  it.each<[string, string]>([
    ["records", records(other, scan, other, other, put)],
    ["lines", lines(other, scan, other, other, put)],
  ])("%s", (_, text) => {
    for (const size of [1 << 20, 100, 1]) {
      expect(split(text, { wants, size })).toEqual({ events: [scan, put], skipped: 3, damages: [] });
    }
  });

  it("a name in another place is not the event's", () => {
    const nested = event("GetItem", {
      requestParameters: { eventName: "Scan", eventSource: "dynamodb.amazonaws.com" },
    });
    expect(split(records(nested, { detail: scan }), { wants })).toEqual({ events: [scan], skipped: 1, damages: [] });
  });

  it("a name that is no text is looked at", () => {
    const odd = event("x", { eventSource: 5 });
    expect(split(records(odd), { wants })).toEqual({ events: [odd], skipped: 0, damages: [] });
  });

  it("of a name that is written twice, the last counts, as in JSON.parse", () => {
    const twice = records(scan).replace('"Scan"', '"Scan","eventName":"GetItem"');
    expect(split(twice, { wants })).toEqual({ events: [], skipped: 1, damages: [] });
  });

  it("a name that is written with escapes is found", () => {
    const escaped = records(scan).replace("dynamodb.", "dynamodb\\u002e");
    expect(split(escaped, { wants })).toEqual({ events: [scan], skipped: 0, damages: [] });
  });

  it("of a wanted call, events that lack what is needed", () => {
    const wants = ({ eventName }: Call): Needed => eventName === "Scan" && ["orders", "a/b"];
    const on = (tableName: unknown) => event("Scan", { requestParameters: { tableName } });
    const all = [on("orders"), on("customers"), put, on(["my-orders-2"]), on("a/b"), on('"customers"\n')];
    for (const size of [1 << 20, 100, 1]) {
      const { events, skipped } = split(records(...all), { wants, size });
      expect([events, skipped]).toEqual([[all[0], all[3], all[4]], 3]);
    }
  });

  it.each<[string, string, string]>([
    ["by its number", "orders", "o\\u0072ders"],
    ["a slash", "a/b", "a\\/b"],
  ])("not where a letter is escaped: %s", (_, tableName, written) => {
    const text = records(event("Scan", { requestParameters: { tableName } }), put);
    const wants = ({ eventName }: Call): Needed => eventName === "Scan" && [tableName];
    expect(split(text.replace(tableName, written), { wants })).toMatchObject({ events: [{}], skipped: 1 });
    expect(split(text.replace(tableName, written), { wants: () => ["x".repeat(50)] })).toMatchObject({
      events: [{}],
      skipped: 1,
    });
  });

  it("what is no event is said, whatever is wanted", () => {
    const { events, skipped, damages } = split(records(other, { some: "thing" }, 5, scan), { wants });
    expect([events, skipped]).toEqual([[scan], 1]);
    expect(damages.map(({ record, reason }) => [record, reason])).toEqual([
      [2, "not a CloudTrail event: it lacks eventName, or eventTime is no time"],
      [3, "not a CloudTrail event: it lacks eventName, or eventTime is no time"],
    ]);
  });
});

describe("damage", () => {
  const all = records(scan, put, list);
  const broken = (from: string, to: string): string => {
    expect(all.split(from).length).toBeGreaterThan(1);
    return all.replace(from, to);
  };

  it.each<[string, string, unknown[], object[]]>([
    [
      "a word that is no JSON",
      broken('"eventName":"PutItem"', '"eventName":oops'),
      [scan, list],
      [{ line: 1, record: 2, reason: 'not JSON at "oops' }],
    ],
    ["a missing quote", broken('"PutItem"', '"PutItem'), [scan, list], [{ record: 2 }]],
    ["a missing brace", broken('"PutItem"}', '"PutItem"'), [scan, list], [{ record: 2 }]],
    [
      "a second brace",
      broken('"PutItem"}', '"PutItem"}}'),
      [scan, put, list],
      [{ record: 2, reason: "expected , or ]" }],
    ],
    ["a record cut off", broken('"eventName":"PutItem"}', ""), [scan, list], [{ record: 2 }]],
    ["a line break in a text", broken("PutItem", "Put\nItem"), [scan, list], [{ record: 2 }]],
    ["a missing comma", broken('"PutItem"},', '"PutItem"}'), [scan, put, list], [{ record: 2, reason: "expected ," }]],
    [
      "a number in the list",
      broken(JSON.stringify(put), "17"),
      [scan, list],
      [{ record: 2, reason: "not a CloudTrail event" }],
    ],
    ["a word in the list", broken(JSON.stringify(put), "oops"), [scan, list], [{ record: 2 }]],
    ["the end missing", all.slice(0, -30), [scan, put], [{ record: 3, reason: "the input ends early" }]],
    ["the last bracket missing", all.slice(0, -2), [scan, put, list], [{ reason: "the input ends early" }]],
    ["the last brace missing", all.slice(0, -1), [scan, put, list], [{ reason: "the input ends early" }]],
    [
      "a line that is no JSON",
      `${JSON.stringify(scan)}\nsomething else\n${JSON.stringify(put)}`,
      [scan, put],
      [{ line: 2, column: 1, reason: 'not JSON, it begins with "something else' }],
    ],
    ["a first line that is no JSON", `# events\n${lines(scan, put)}`, [scan, put], [{ line: 1, column: 1 }]],
    ["a damaged line", `${lines(scan)}\n{"eventName":x}\n${lines(put)}`, [scan, put], [{ line: 2, column: 14 }]],
    [
      "a damaged event over several lines",
      `${JSON.stringify(scan, null, 1).replace('"1.11"', "!")}\n${lines(put)}`,
      [put],
      [{ line: 2 }],
    ],
    ["no JSON at all", "hello", [], [{ line: 1, column: 1, reason: 'not JSON, it begins with "hello"' }]],
    ["nothing", "", [], [{ line: 1, column: 1, reason: "empty" }]],
    ["white space", " \n ", [], [{ reason: "empty" }]],
    [
      "a value of a thousand levels",
      records(event("PutItem", { deep: JSON.parse(`${"[".repeat(1000)}${"]".repeat(1000)}`) }), list),
      [list],
      [{ record: 1, reason: "not JSON" }],
    ],
    ["another document", '{"name":"package"}', [], [{ reason: "not a CloudTrail event" }]],
  ])("%s", (_, text, events, damages) => {
    for (const size of [1 << 20, 11, 1]) {
      const found = split(text, { size });
      expect(found.events).toEqual(events);
      expect(found.damages).toHaveLength(damages.length);
      for (const [i, { reason = "", ...place }] of (damages as { reason?: string }[]).entries()) {
        expect(found.damages[i]).toMatchObject(place);
        // In small chunks, what follows is not known yet.
        const shown = size === 1 ? reason.replace(/".*/, "") : reason;
        expect(found.damages[i]!.reason.slice(0, shown.length)).toBe(shown);
      }
    }
  });

  it("UTF-16 is named", () => {
    for (const encoded of [Buffer.from(`\ufeff${all}`, "utf16le"), Buffer.from(`\ufeff${all}`, "utf16le").swap16()]) {
      expect(split(encoded)).toEqual({
        events: [],
        skipped: 0,
        damages: [{ line: 1, column: 1, reason: expect.stringMatching(/^UTF-16, not UTF-8\. Convert it.* iconv/) }],
      });
    }
  });

  it("nine hundred levels are read", () => {
    const deep = event("PutItem", { deep: JSON.parse(`${"[".repeat(900)}${"]".repeat(900)}`) });
    expect(split(records(deep)).events).toHaveLength(1);
  });

  it("gives up on an input of which nothing looks like events", () => {
    expect(split("word\n".repeat(10_000)).damages.length).toBeLessThan(25);
  });
});

describe("the scanner", () => {
  const scanner = new Scanner();
  const accepts = (text: string): boolean => {
    const bytes = Buffer.from(text);
    return scanner.value(bytes, 0, true) === bytes.length;
  };
  const parses = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const json = fc.oneof(
    fc.json(),
    fc.json().map((text) => JSON.stringify(JSON.parse(text), null, 2)),
    fc.constantFrom(
      '{"a":"\\u00e9\\\\\\"}]"}',
      "[-0.5e+10,1E5,true,false,null]",
      '{"":{"":[[],{}]}}',
      '"\ud83d\ude00"',
    ),
  );

  it("accepts what JSON.parse accepts, and nothing of it before its end", () => {
    fc.assert(
      fc.property(json, fc.nat(), (text, at) => {
        const bytes = Buffer.from(text.trim());
        expect(scanner.value(bytes, 0, true)).toBe(bytes.length);
        if (!/^[[{"]/.test(text.trim())) return;
        expect(scanner.value(bytes.subarray(0, at % bytes.length), 0, false)).toBe(incomplete);
      }),
    );
  });

  it("agrees with JSON.parse on damaged texts", () => {
    const bytes = fc.constantFrom(...'{}[]",:\\0123456789.eE+-tfnul x\n\t\u0001');
    fc.assert(
      fc.property(json, fc.nat(), fc.nat(2), bytes, (json, position, removed, inserted) => {
        const text = json.trim();
        const at = position % (text.length + 1);
        const changed = `${text.slice(0, at)}${inserted}${text.slice(at + removed)}`.trim();
        expect(accepts(changed), changed).toBe(parses(changed));
      }),
      { numRuns: 2000 },
    );
  });

  it("says where the damage is", () => {
    expect(scanner.value(Buffer.from('{"a":[1,}'), 0, true)).toBe(damaged);
    expect(scanner.damage).toBe(8);
  });

  it.each<[string, boolean]>([
    [JSON.stringify(scan), true],
    ['{"eventName":1,"eventTime":2}', true],
    ['{"eventName":1,"eventType":2}', false],
    ['{"detail":{"eventName":1,"eventTime":2}}', false],
    ['{"a":"eventName","b":"eventTime"}', false],
  ])("%s: an event: %s", (text, isEvent) => {
    scanner.value(Buffer.from(text), 0, true);
    expect(scanner.isEvent).toBe(isEvent);
  });
});

describe("any records, in any chunks", () => {
  const strings = fc.oneof(
    fc.string(),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom('},{"eventVersion":"', "\\", '"', "]}", "ec2"),
  );
  const some = fc.record({
    eventVersion: fc.constant("1.11"),
    eventTime: fc.constant("2026-01-05T10:00:00Z"),
    eventName: strings.map((text) => `x${text}`),
    requestParameters: fc.oneof(
      fc.constant(null),
      fc.dictionary(strings, fc.oneof(strings, fc.array(strings))),
      fc.jsonValue(),
    ),
  });

  it("come out as they are", () => {
    fc.assert(
      fc.property(
        fc.array(some),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom(undefined, 2),
        (all, size, indent) => {
          const parsed = JSON.parse(JSON.stringify(all)) as unknown[];
          expect(split(JSON.stringify({ Records: all }, null, indent), { size }).events).toEqual(parsed);
          if (all.length > 0) expect(split(lines(...all), { size }).events).toEqual(parsed);
        },
      ),
    );
  });

  it("of wanted calls are found, and the others counted", () => {
    fc.assert(
      fc.property(fc.array(some), fc.integer({ min: 1, max: 300 }), (all, size) => {
        const wanted = new Set(all.filter((_, i) => i % 2 === 0).map(({ eventName }) => eventName));
        const sourced = all.map((each) => ({ eventSource: "x", ...each }));
        const wants = ({ eventName }: Call) => wanted.has(eventName);
        const { events, skipped, damages } = split(JSON.stringify({ Records: sourced }), { wants, size });
        expect(damages).toEqual([]);
        expect(events.length + skipped).toBe(all.length);
        for (const each of sourced) {
          if (wanted.has(each.eventName)) expect(events).toContainEqual(JSON.parse(JSON.stringify(each)));
        }
      }),
    );
  });
});
