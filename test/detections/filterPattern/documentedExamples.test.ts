// Proves: AWS's own JSON filter examples give the answers that AWS prints. Page: CloudWatch Logs user guide, "Filter
// pattern syntax" (its newest text; where older pages disagree, the newest wins), and "Filter pattern syntax for metric filters".
// Does not prove: what AWS does where its pages are silent (simulation/readings.ts).
import { describe, expect, it } from "vitest";
import { compilePredicate } from "../../../detections/filterPattern/predicate";

const simple = {
  eventType: "UpdateTrail",
  sourceIPAddress: "111.111.111.111",
  arrayKey: ["value", "another value"],
  objectList: [
    { name: "a", id: 1 },
    { name: "b", id: 2 },
  ],
  SomeObject: null,
  "cluster.name": "c",
};

const compound = {
  user: { id: 1, email: "John.Stiles@example.com" },
  users: [
    { id: 2, email: "John.Doe@example.com" },
    { id: 3, email: "Jane.Doe@example.com" },
  ],
  actions: ["GET", "PUT", "DELETE"],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
    [7, 8, 9],
  ],
};

describe("match terms in JSON log events using simple expressions", () => {
  it.each([
    '{ $.eventType = "UpdateTrail" }',
    "{ $.sourceIPAddress != 123.123.* }",
    '{ $.arrayKey[0] = "value" }',
    "{ $.eventType = %Trail% }",
    "{ $.arrayKey[*] = %val.{2}% }",
    "{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }",
    "{ $.['cluster.name'] = \"c\" }",
    "{ $.SomeObject IS NULL }",
    "{ $.SomeOtherObject NOT EXISTS }",
    // Metric filters page, the example with a dimension.
    '{ $.eventType = "*" && $.sourceIPAddress != 123.123.* }',
  ])("matches: %s", (pattern) => expect(compilePredicate(pattern)(simple)).toBe(true));

  it.each([
    // "If a property selector points to an array or object, the filter pattern won't match the log format."
    '{ $.arrayKey = "value" }',
    '{ $.objectList[0] = "a" }',
    // "Filter patterns are case sensitive."
    '{ $.eventType = "updatetrail" }',
    "{ $.SomeObject NOT EXISTS }",
    "{ $.eventType IS NULL }",
  ])("does not match: %s", (pattern) => expect(compilePredicate(pattern)(simple)).toBe(false));
});

describe("match terms in JSON objects using compound expressions", () => {
  it.each([
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', true],
    [
      '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }',
      true,
    ],
    [
      '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }',
      false,
    ],
    ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', false],
  ])("%s: %s", (pattern, answer) => expect(compilePredicate(pattern)(compound)).toBe(answer));
});

describe("writing filter patterns that match numeric values", () => {
  it.each([
    ["{ $.bandwidth > 75 }", { bandwidth: 76 }, { bandwidth: 75 }],
    ["{ $.latency < 50 }", { latency: 49.9 }, { latency: 50 }],
    ["{ $.refreshRate >= 60 }", { refreshRate: 60 }, { refreshRate: 59 }],
    ["{ $.responseTime <= 5 }", { responseTime: 5 }, { responseTime: 5.1 }],
    ["{ $.errorCode = 400}", { errorCode: 400 }, { errorCode: 500 }],
    ["{ $.errorCode != 500 }", { errorCode: 400 }, { errorCode: 500 }],
    ["{ $.number[0] = 1e+3 }", { number: [1000] }, { number: [100] }],
    ["{ $.number[0] != 1e-3 }", { number: [1] }, { number: [0.001] }],
    // Metric filters page: matches "latency" in { "latency": 50 }.
    ["{ $.latency = * }", { latency: 50, requestType: "GET" }, { requestType: "GET" }],
  ])("%s", (pattern, matching, other) => {
    const matches = compilePredicate(pattern);
    expect([matches(matching), matches(other)]).toEqual([true, false]);
  });
});

// "Supported regular expressions": what each operator's example matches.
describe("regular expressions", () => {
  it.each([
    ["%^[hc]at%", ["hat", "cats"], ["that"]],
    ["%[hc]at$%", ["that", "cat"], ["cats"]],
    ["%colou?r%", ["color", "colour"], ["colr"]],
    ["%gray|grey%", ["gray", "grey"], ["groy"]],
    ["%^starting|^initializing|^shutting down%", ["starting up", "shutting down"], ["skipping initializing"]],
    ["%abcc|ab[^c]$%", ["abcc x", "aba"], ["aac x"]],
    ["%\\[.\\]%", ["[a]", "[7]", "[ ]"], ["[]", "a"]],
    ["%10\\.10\\.0\\.1%", ["10.10.0.1"], ["10010,051"]],
    ["%10.10.0.1%", ["10010,051"], ["10.0.0.1"]],
    ["%ab*c%", ["ac", "abc", "abbbc"], ["adc"]],
    ["%ab+c%", ["abc", "abbc"], ["ac"]],
    ["%^\\d$%", ["4"], ["a"]],
    ["%^\\D$%", ["a"], ["4"]],
    ["%\\s%", ["a b"], ["ab"]],
    ["%^\\w$%", ["_", "9", "Z"], ["-"]],
    ["%\\x3A%", ["a:b"], ["ab"]],
    ["%\\x28%", ["f("], ["f"]],
    ["%^a{,2}$%", ["", "a", "aa"], ["aaa"]],
    ["%^a{2,}$%", ["aa", "aaaa"], ["a"]],
  ])("%s", (regex, matching, others) => {
    const matches = compilePredicate(`{ $.f = ${regex} }`);
    expect(matching.filter((f) => !matches({ f }))).toEqual([]);
    expect(others.filter((f) => matches({ f }))).toEqual([]);
  });
});
