// Proves: all JSON filter examples of AWS's pages give the answers that AWS prints. Pages of the CloudWatch Logs user guide, in
// their newest text: "Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail" (here
// FilterAndPatternSyntax), "Filter pattern syntax for metric filters" (FilterAndPatternSyntaxForMetricFilters). Its text of
// 2020 has further examples, which nothing newer takes back; and patterns of the CloudTrail and Security Hub user guides.
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
/** The event of the text of 2020. */
const flagged = { ...simple, ThisFlag: true };

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

// FilterAndPatternSyntax, "Match terms in JSON log events using simple expressions".
describe("simple expressions", () => {
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
    // FilterAndPatternSyntaxForMetricFilters, the example with a dimension.
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

describe("examples of the text of 2020", () => {
  it.each<[string, unknown, boolean]>([
    ["{ $.objectList[1].id = 2 }", flagged, true],
    ["{ $.objectList[1].id = 2 }", { objectList: { id: 2 } }, false],
    ["{ $.objectList[1].id = 2 }", { objectList: ["a", "b"] }, false],
    ['{ $.arrayKey[0] = "value" }', { arrayKey: "value" }, false],
    ["{ $.ThisFlag IS TRUE }", flagged, true],
    ["{ $.ThisFlag IS FALSE }", flagged, false],
    ["{ $.ThisFlag IS FALSE }", { ThisFlag: false }, true],
    ["{$.foo = bar}", { foo: "bar" }, true],
    ["{$.foo = baz }", { foo: "bar" }, false],
    ["{$.foo = bar || $.foo = baz }", { foo: "bar" }, true],
    ["{$.foo = bar || $.foo = baz }", { foo: "baz" }, true],
    ["{ $.name = *Event }", { name: "PutEvent" }, true],
    ["{ $.name = Event* }", { name: "EventId" }, true],
    ["{ $.name = Ev*ent }", { name: "Ev*ent" }, true],
    ["{ $.name = Ev*ent }", { name: "Event" }, false],
    // "Both {$.users = 1} and {$.users != 1} will fail to match a log event where users is an array."
    ["{$.users = 1}", { users: [1, 2, 3] }, false],
    ["{$.users != 1}", { users: [1, 2, 3] }, false],
    [
      '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
      compound,
      true,
    ],
    [
      '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
      compound,
      false,
    ],
    ["{ $.latency >= 500 }", { latency: 500 }, true],
    ["{ $.latency >= 500 }", { latency: 499 }, false],
    ["{ $.numbers[0] < 10e3 }", { numbers: [9999] }, true],
    ["{ $.numbers[0] < 10e3 }", { numbers: [10_000] }, false],
    ["{ $.numbers[0] < 10e-3 }", { numbers: [0.009] }, true],
    ["{ $.numbers[0] < 10e-3 }", { numbers: [0.01] }, false],
    ["{ $.processes[4].averageRuntime <= 55.5 }", { processes: [0, 0, 0, 0, { averageRuntime: 55.5 }] }, true],
    ["{ $.processes[4].averageRuntime <= 55.5 }", { processes: [{ averageRuntime: 1 }] }, false],
    ["{ $.latency > +1000 }", { latency: 1001 }, true],
    ["{ $.latency > +1000 }", { latency: 1000 }, false],
  ])("%s", (pattern, event, answer) => expect(compilePredicate(pattern)(event)).toBe(answer));
});

// FilterAndPatternSyntax, "Match terms in JSON objects using compound expressions".
describe("compound expressions", () => {
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

// FilterAndPatternSyntax, "Writing filter patterns that match numeric values".
describe("numeric values", () => {
  it.each([
    ["{ $.bandwidth > 75 }", { bandwidth: 76 }, { bandwidth: 75 }],
    ["{ $.latency < 50 }", { latency: 49.9 }, { latency: 50 }],
    ["{ $.refreshRate >= 60 }", { refreshRate: 60 }, { refreshRate: 59 }],
    ["{ $.responseTime <= 5 }", { responseTime: 5 }, { responseTime: 5.1 }],
    ["{ $.errorCode = 400}", { errorCode: 400 }, { errorCode: 500 }],
    ["{ $.errorCode != 500 }", { errorCode: 400 }, { errorCode: 500 }],
    ["{ $.number[0] = 1e+3 }", { number: [1000] }, { number: [100] }],
    ["{ $.number[0] != 1e-3 }", { number: [1] }, { number: [0.001] }],
    // FilterAndPatternSyntaxForMetricFilters: matches "latency" in { "latency": 50 }.
    ["{ $.latency = * }", { latency: 50, requestType: "GET" }, { requestType: "GET" }],
  ])("%s", (pattern, matching, other) => {
    const matches = compilePredicate(pattern);
    expect([matches(matching), matches(other)]).toEqual([true, false]);
  });
});

// CloudTrail user guide, "Creating CloudWatch alarms for CloudTrail events: examples"; AWS Security Hub user guide, "CIS AWS
// Foundations Benchmark controls". They say what the patterns are for.
describe("patterns that AWS publishes for CloudTrail", () => {
  it.each<[string, unknown, unknown]>([
    [
      "{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }",
      { eventName: "RevokeSecurityGroupEgress" },
      { eventName: "DescribeSecurityGroups" },
    ],
    [
      '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
      { eventName: "ConsoleLogin", errorMessage: "Failed authentication" },
      { eventName: "ConsoleLogin" },
    ],
    [
      "{($.eventName=DeleteGroupPolicy)||($.eventName=DeleteRolePolicy)||($.eventName=DetachGroupPolicy)}",
      { eventName: "DetachGroupPolicy" },
      { eventName: "ListPolicies" },
    ],
    [
      '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
      { userIdentity: { type: "Root" }, eventType: "AwsApiCall" },
      { userIdentity: { type: "Root", invokedBy: "ec2.amazonaws.com" }, eventType: "AwsApiCall" },
    ],
    [
      '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
      { errorCode: "Client.UnauthorizedOperation" },
      { errorCode: "ThrottlingException" },
    ],
    [
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
      { eventName: "ConsoleLogin", additionalEventData: { MFAUsed: "No" } },
      { eventName: "ConsoleLogin", additionalEventData: { MFAUsed: "Yes" } },
    ],
    [
      "{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}",
      { eventSource: "kms.amazonaws.com", eventName: "DisableKey" },
      { eventSource: "kms.amazonaws.com", eventName: "EnableKey" },
    ],
  ])("%s", (pattern, matching, other) => {
    const matches = compilePredicate(pattern);
    expect([matches(matching), matches(other)]).toEqual([true, false]);
  });
});

// FilterAndPatternSyntax, "Supported regular expressions (regex) syntax": what each operator's example matches.
describe("regular expressions", () => {
  it.each([
    ["%^[hc]at%", ["hat", "cats"], ["that"]],
    ["%[hc]at$%", ["that", "cat"], ["cats"]],
    ["%[abc]%", ["a", "b", "c"], ["d"]],
    ["%[a-z]%", ["q"], ["Q"]],
    ["%[abcx-z]%", ["a", "b", "c", "x", "y", "z"], ["d", "w"]],
    ["%a{3,5}%", ["aaa", "aaaa", "aaaaa"], ["aa"]],
    ["%^a{3, 5}$%", ["aaa", "aaaa", "aaaaa"], ["aa", "aaaaaa"]],
    ["%.at%", ["hat", "cat", "bat", "4at", "#at", " at"], ["at"]],
    ["%colou?r%", ["color", "colour"], ["colr"]],
    ["%gray|grey%", ["gray", "grey"], ["groy"]],
    ["%^starting|^initializing|^shutting down%", ["starting up", "shutting down"], ["skipping initializing"]],
    ["%abcc|ab[^c]$%", ["abcc x", "aba"], ["aac x"]],
    ["%\\[.\\]%", ["[a]", "[b]", "[7]", "[@]", "[]]", "[ ]"], ["[]", "a"]],
    ["%10\\.10\\.0\\.1%", ["10.10.0.1"], ["10010,051"]],
    ["%10.10.0.1%", ["10010,051"], ["10.0.0.1"]],
    ["%ab*c%", ["ac", "abc", "abbbc"], ["adc"]],
    ["%ab[0-9]*%", ["ab", "ab0", "ab129"], ["a0"]],
    ["%ab+c%", ["abc", "abbc", "abbbc"], ["ac"]],
    ["%^\\d$%", ["4"], ["a"]],
    ["%^\\D$%", ["a"], ["4"]],
    ["%\\s%", ["a b", "a\tb", "a\nb"], ["ab"]],
    ["%^\\S$%", ["a"], [" "]],
    ["%^\\W$%", ["-", " "], ["_", "9", "Z"]],
    ["%AUTHORIZED%", ["[ERROR 401] UNAUTHORIZED REQUEST", "[SUCCESS 200] AUTHORIZED REQUEST"], ["authorized"]],
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

// What the pages say is refused.
describe("refused", () => {
  it.each([
    ['{ $.["cluster.name"] = "c" }', "Double quotation marks aren't supported inside bracket notation"],
    ["{ $.SomeObject IS NOT NULL }", "IS NOT is not supported"],
    ["{ $.SomeObject EXISTS }", "EXISTS is not supported"],
    ["{ $.a[*].b[*] = 1 }", "up to one wildcard selector in a property selector"],
    ["{ $.a[*] = 1 && $.b[*] = 1 && $.c[*] = 1 && $.d.* = 1 }", "up to three in a compound expression"],
    ["{ $.a = %something!% }", "! is not supported"],
    ["{ $.a = %(ab)% }", "( and ) are not supported"],
    ["{ $.a = %é% }", "multi-byte characters are not supported"],
    ["{ $.a = %a% && $.b = %b% && $.c = %c% }", "2 regex for each filter pattern"],
    ['{ $.a = us-east-1 && $.b = "x" }', "other characters must be placed in double quotation marks"],
  ])("%s: %s", (pattern) => expect(() => compilePredicate(pattern)).toThrow("filter pattern, offset"));
});
