// Proves: which events a trail's selectors take, operator by operator (CloudTrail user guide, "Filtering data events by
// using advanced event selectors"; API reference, EventSelector). Does not prove: AWS's answer where
// simulation/readings.ts names a reading (several resources, missing resources, old events).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categoryOf } from "../../../simulation/cloudtrail/category";
import {
  advancedSelectors,
  basicSelectors,
  defaultSelectors,
  fieldTest,
} from "../../../simulation/cloudtrail/selectors";
import { isTooLargeForLogs, maxLogEventBytes, readTrail } from "../../../simulation/cloudtrail/trail";
import { account, data, management, tableArn } from "../support/records";

const trailArn = `arn:aws:cloudtrail:us-east-1:${account}:trail/audit`;

describe("values of one field", () => {
  it.each([
    [{ equals: ["a", "b"] }, ["a", "b"], ["c", "ab", ""]],
    [{ startsWiths: ["a", "b"] }, ["a", "ax", "bx"], ["xa", ""]],
    [{ endsWiths: ["a"] }, ["a", "xa"], ["ax"]],
    [{ equals: ["x"], startsWiths: ["a"], endsWiths: ["z"] }, ["x", "ab", "yz"], ["xy", "ba"]],
    [{ notEquals: ["a", "b"] }, ["c", "ab", ""], ["a", "b"]],
    [{ notStartsWiths: ["a", "b"] }, ["c", "xa"], ["a", "ax", "bx"]],
    [{ notEndsWiths: ["a"] }, ["ax", ""], ["a", "xa"]],
    [{ startsWiths: ["Get"], notEquals: ["GetItem"] }, ["GetRecords"], ["GetItem", "PutItem"]],
    [{ equals: ["a"], notEquals: ["a"] }, [], ["a", "b"]],
  ])("%j", (operators, taken, refused) => {
    const test = fieldTest(operators);
    expect(taken.filter((value) => !test(value))).toEqual([]);
    expect(refused.filter((value) => test(value))).toEqual([]);
  });

  it("a negative operator wins, and refuses whatever its positive would take", () => {
    const words = fc.array(fc.constantFrom("a", "b", "ab"), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(words, words, fc.constantFrom("a", "b", "ab", "ba"), (wanted, refused, value) => {
        const both = fieldTest({ startsWiths: wanted, notStartsWiths: refused })(value);
        expect(both).toBe(fieldTest({ startsWiths: wanted })(value) && !fieldTest({ startsWiths: refused })(value));
      }),
    );
  });
});

const field = (name: string, operators: Record<string, string[]>) => ({ field: name, ...operators });
const take = (...selectors: object[][]) =>
  advancedSelectors(
    "trail",
    selectors.map((fieldSelectors) => ({ fieldSelectors })),
  );
const category = (name: string) => field("eventCategory", { equals: [name] });
const tables = field("resources.type", { equals: ["AWS::DynamoDB::Table"] });

describe("advanced event selectors", () => {
  it.each([
    "eventName",
    "eventSource",
    "eventType",
    "errorCode",
    "sessionCredentialFromConsole",
    "userIdentity.arn",
    "vpcEndpointId",
  ])("take an event that lacks %s for no value of it", (name) => {
    const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    const bare = { eventCategory: "Management", awsRegion: "us-east-1" };
    expect(take([category("Management"), field(name, { startsWiths: letters })])(bare)).toBe(false);
    expect(take([category("Management"), field(name, { notStartsWiths: letters })])(bare)).toBe(true);
  });

  it("without a list of conditions are refused", () => {
    expect(() => advancedSelectors("trail", [{ name: "all" }])).toThrow(
      'trail, advancedEventSelectors[0]: lacks eventCategory with equals, for example ["Management"].',
    );
  });

  it("AND the conditions of a selector and OR the selectors", () => {
    const takes = take([category("Management")], [category("Data"), tables, field("readOnly", { equals: ["false"] })]);
    expect(takes(management("DeleteTable", "0"))).toBe(true);
    expect(takes(data("PutItem", "0"))).toBe(true);
    expect(takes(data("GetItem", "0"))).toBe(false);
    expect(takes(data("PutObject", "0", { resources: [{ type: "AWS::S3::Object", ARN: "arn:aws:s3:::b/k" }] }))).toBe(
      false,
    );
  });

  it("leave out KMS from management events", () => {
    const takes = take([category("Management"), field("eventSource", { notEquals: ["kms.amazonaws.com"] })]);
    expect(takes(management("Decrypt", "0", { eventSource: "kms.amazonaws.com" }))).toBe(false);
    expect(takes(management("DeleteTable", "0"))).toBe(true);
  });

  it("take one table and what is under it, and not its namesakes", () => {
    const arn = tableArn("orders");
    const takes = take([category("Data"), tables, field("resources.ARN", { equals: [arn], startsWiths: [`${arn}/`] })]);
    const on = (...arns: string[]) =>
      data("GetItem", "0", { resources: arns.map((ARN) => ({ type: "AWS::DynamoDB::Table", ARN })) });
    expect(takes(on(arn))).toBe(true);
    expect(takes(on(`${arn}/index/by-date`))).toBe(true);
    expect(takes(on(tableArn("orders-old")))).toBe(false);
    expect(takes(on(tableArn("orders-old"), arn))).toBe(true);
    expect(takes(data("GetItem", "0", { resources: undefined }))).toBe(false);
  });

  it("ask one resource for type and ARN together", () => {
    const takes = take([category("Data"), tables, field("resources.ARN", { startsWiths: ["arn:aws:s3"] })]);
    const resources = [
      { type: "AWS::DynamoDB::Table", ARN: tableArn("orders") },
      { type: "AWS::S3::Object", ARN: "arn:aws:s3:::bucket/key" },
    ];
    expect(takes(data("GetItem", "0", { resources }))).toBe(false);
  });

  it("take stream calls with the type of tables too", () => {
    const stream = [{ type: "AWS::DynamoDB::Stream", ARN: `${tableArn("orders")}/stream/2026` }];
    expect(take([category("Data"), tables])(data("GetRecords", "0", { resources: stream }))).toBe(true);
    const noStreams = field("eventName", { notEquals: ["GetRecords", "GetShardIterator"] });
    expect(take([category("Data"), tables, noStreams])(data("GetRecords", "0", { resources: stream }))).toBe(false);
  });

  it("read the other fields", () => {
    const denied = take([category("NetworkActivity"), field("errorCode", { equals: ["VpceAccessDenied"] })]);
    const event = management("Scan", "0", { eventCategory: "NetworkActivity" });
    expect([denied(event), denied({ ...event, errorCode: "VpceAccessDenied" })]).toEqual([false, true]);
    const notTheApp = take([category("Data"), tables, field("userIdentity.arn", { notEndsWiths: ["/app"] })]);
    const by = (arn: string) => data("GetItem", "0", { userIdentity: { arn } });
    expect([notTheApp(by("arn:aws:iam::1:user/app")), notTheApp(by("arn:aws:iam::1:user/eve"))]).toEqual([false, true]);
    const notConsole = take([category("Data"), tables, field("sessionCredentialFromConsole", { notEquals: ["true"] })]);
    const console = data("GetItem", "0", { sessionCredentialFromConsole: "true" });
    expect([notConsole(console), notConsole(data("GetItem", "0"))]).toEqual([false, true]);
    const inside = take([category("Data"), tables, field("vpcEndpointId", { equals: ["vpce-1"] })]);
    expect([inside(data("GetItem", "0", { vpcEndpointId: "vpce-1" })), inside(data("GetItem", "0"))]).toEqual([
      true,
      false,
    ]);
    const typed = take([category("Data"), tables, field("eventType", { equals: ["AwsApiCall"] })]);
    expect([
      typed(data("GetItem", "0", { eventType: "AwsApiCall" })),
      typed(data("GetItem", "0", { eventType: undefined })),
    ]).toEqual([true, false]);
  });

  it.each([
    ["no category", [field("eventName", { equals: ["x"] })], "lacks eventCategory with equals"],
    [
      "a category that is excluded",
      [field("eventCategory", { notEquals: ["Data"] })],
      "lacks eventCategory with equals",
    ],
    ["data events of no type", [category("Data")], "lacks resources.type with equals"],
    ["a field without operator", [category("Management"), field("readOnly", {})], "readOnly has no operator"],
    ["an empty list", [category("Management"), field("readOnly", { equals: [] })], "readOnly has no operator"],
  ])("AWS refuses %s", (_, selector, message) => {
    expect(() => take(selector)).toThrow(`trail, advancedEventSelectors[0]: ${message}`);
  });

  it("name an unknown field", () => {
    expect(() => take([field("eventVersion", { equals: ["1"] })])).toThrow(
      'trail, advancedEventSelectors[0]: unknown field "eventVersion". Known: errorCode, eventCategory,',
    );
  });
});

describe("events that do not say their category", () => {
  const old = { eventCategory: undefined, managementEvent: undefined };
  it.each([
    ["by managementEvent", { eventCategory: undefined, managementEvent: false }, "DeleteTable", "Data"],
    ["by managementEvent", { eventCategory: undefined, managementEvent: true }, "GetItem", "Management"],
    ["an item-level call", old, "GetItem", "Data"],
    ["a stream call", old, "GetRecords", "Data"],
    ["a control-plane call", old, "DeleteTable", "Management"],
    ["another service", { ...old, eventSource: "kinesis.amazonaws.com" }, "GetRecords", "Management"],
    ["insights", { ...old, eventType: "AwsCloudTrailInsight" }, "DeleteTable", "Insight"],
  ] as const)("%s", (_, change, name, expected) => {
    const event = management(name, "0", change);
    expect(categoryOf(event)).toBe(expected);
    expect(take([category("Management")])(event)).toBe(expected === "Management");
  });

  it("without resources the type follows from the call", () => {
    const withoutResources = data("GetRecords", "0", { resources: null });
    expect(
      take([category("Data"), field("resources.type", { equals: ["AWS::DynamoDB::Stream"] })])(withoutResources),
    ).toBe(true);
    expect(take([category("Data"), tables])(data("GetItem", "0", { resources: [] }))).toBe(true);
    expect(take([category("Data"), tables])(data("Invoke", "0", { resources: [], eventSource: "x" }))).toBe(false);
  });

  it("without readOnly the verb decides", () => {
    const reads = take([category("Management"), field("readOnly", { equals: ["true"] })]);
    expect(reads(management("ListTables", "0", { readOnly: undefined }))).toBe(true);
    expect(reads(management("DeleteTable", "0", { readOnly: undefined }))).toBe(false);
    expect(reads(management("DeleteTable", "0", { readOnly: "true" }))).toBe(true);
  });
});

describe("basic event selectors", () => {
  const orders = { type: "AWS::DynamoDB::Table", values: [tableArn("orders")] };
  it.each([
    ["default: management", [{}], management("DeleteTable", "0"), true],
    ["default: no data events", [{}], data("GetItem", "0"), false],
    ["no management events", [{ includeManagementEvents: false }], management("DeleteTable", "0"), false],
    ["write only", [{ readWriteType: "WriteOnly" }], management("ListTables", "0", { readOnly: true }), false],
    ["write only", [{ readWriteType: "WriteOnly" }], management("DeleteTable", "0"), true],
    ["read only", [{ readWriteType: "ReadOnly" }], management("DeleteTable", "0"), false],
    ["read only", [{ readWriteType: "ReadOnly" }], management("ListTables", "0", { readOnly: true }), true],
    ["excluded source", [{ excludeManagementEventSources: ["dynamodb.amazonaws.com"] }], management("X", "0"), false],
    ["a table", [{ dataResources: [orders] }], data("GetItem", "0"), true],
    [
      "a table's namesake",
      [{ dataResources: [{ ...orders, values: [tableArn("ord")] }] }],
      data("GetItem", "0"),
      false,
    ],
    ["all tables", [{ dataResources: [{ ...orders, values: ["arn:aws:dynamodb"] }] }], data("GetItem", "0"), true],
    ["another type", [{ dataResources: [{ ...orders, type: "AWS::S3::Object" }] }], data("GetItem", "0"), false],
    ["one of two", [{ readWriteType: "ReadOnly" }, { dataResources: [orders] }], data("PutItem", "0"), true],
  ] as const)("%s", (_, selectors, event, taken) => expect(basicSelectors(selectors)(event)).toBe(taken));

  it("a trail without selectors logs management events only", () => {
    expect([defaultSelectors(management("X", "0")), defaultSelectors(data("GetItem", "0"))]).toEqual([true, false]);
  });
});

describe("a trail", () => {
  const refuses = (inputs: Record<string, unknown>, change: object) =>
    readTrail("trail", trailArn, inputs).refuses(management("DeleteTable", "0", change));

  it("logs its home Region, or all", () => {
    const elsewhere = { awsRegion: "eu-west-1" };
    expect(refuses({}, {})).toBeUndefined();
    expect(refuses({}, elsewhere)).toBe("the trail logs us-east-1 only (isMultiRegionTrail is not true)");
    expect(refuses({ isMultiRegionTrail: true }, elsewhere)).toBeUndefined();
  });

  it("may leave out global services", () => {
    const iam = { eventSource: "iam.amazonaws.com" };
    expect(refuses({}, iam)).toBeUndefined();
    expect(refuses({ includeGlobalServiceEvents: false }, iam)).toContain("includeGlobalServiceEvents");
    expect(refuses({ includeGlobalServiceEvents: false }, {})).toBeUndefined();
  });

  it("prefers advanced selectors, as the provider refuses both", () => {
    expect(refuses({ eventSelectors: [{ includeManagementEvents: false }] }, {})).toContain("no event selector");
    expect(refuses({ advancedEventSelectors: [{ fieldSelectors: [category("Management")] }] }, {})).toBeUndefined();
  });

  it("is silent when it does not log", () => {
    expect(readTrail("trail", trailArn, { enableLogging: false }).silent).toContain("enableLogging is false");
    expect(readTrail("trail", trailArn, {}).silent).toBeUndefined();
  });
});

it("an event over 256 KB is too large for a log group, counted in bytes", () => {
  const sized = (text: string) => management("DeleteTable", "0", { requestParameters: { text } });
  const overhead = Buffer.byteLength(JSON.stringify(sized("")));
  const room = maxLogEventBytes - overhead;
  expect(isTooLargeForLogs(sized("x".repeat(room)))).toBe(false);
  expect(isTooLargeForLogs(sized("x".repeat(room + 50)))).toBe(true);
  expect(isTooLargeForLogs(sized("€".repeat(Math.ceil(room / 3) + 50)))).toBe(true);
  expect(isTooLargeForLogs(sized("€".repeat(Math.floor(room / 3) - 50)))).toBe(false);
  // JSON writes a control character by its number, with six.
  expect(isTooLargeForLogs(sized("\u0001".repeat(Math.ceil(room / 6) + 1)))).toBe(true);
  expect(isTooLargeForLogs(sized("\u0001".repeat(Math.floor(room / 6))))).toBe(false);
});

it.each<[string, (count: number) => unknown]>([
  ["numbers", (count) => Array(count).fill(-1.7976931348623157e308)],
  ["truths", (count) => Array(count).fill(false)],
  ["empty texts", (count) => Array(count).fill("")],
  ["empty objects", (count) => Array(count).fill({})],
  ["names of fields", (count) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`\u0001${i}`, null]))],
  ["lists in lists", (count) => Array(count).fill([[[]]])],
])("an event is too large by many %s, to the byte", (_, many) => {
  const event = (count: number) => management("DeleteTable", "0", { requestParameters: { text: many(count) } });
  const bytes = (count: number) => Buffer.byteLength(JSON.stringify(event(count)));
  const each = (bytes(2000) - bytes(1000)) / 1000;
  const near = Math.floor((maxLogEventBytes - bytes(0)) / each);
  for (const count of [near * 0.9, near, near * 1.2].map(Math.floor)) {
    expect(isTooLargeForLogs(event(count))).toBe(bytes(count) > maxLogEventBytes);
  }
});

it("empty lists of selectors are none: management events are logged", () => {
  const trail = readTrail("trail", trailArn, {
    isMultiRegionTrail: true,
    advancedEventSelectors: [],
    eventSelectors: [],
  });
  expect(trail.refuses(management("DeleteTable", "0"))).toBeUndefined();
  expect(trail.refuses(data("Scan", "0"))).toBe("no event selector of the trail takes the event");
});
