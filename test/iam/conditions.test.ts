// Proves: each documented operator, set operator and suffix, with the rows that AWS's pages print (own account ids where
// theirs stand for any). Does not prove: what AWS does where its pages are silent, which is `unknown` here.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ContextValue, evaluate, unknownValue } from "../../iam";
import { operatorNames } from "../../iam/conditionOperator";
import { allow, policy, request, variable } from "./support/policies";

type Block = Record<string, Record<string, unknown>>;

/** True, false or unknown: does the condition block hold? */
function holds(Condition: Block, context: Record<string, ContextValue>): boolean | "unknown" {
  const { decision } = evaluate(policy(allow({ Condition })), request({ context }));
  return decision === "undecided" ? "unknown" : decision === "allow";
}

const departments = {
  StringEquals: {
    "aws:PrincipalTag/department": ["finance", "hr", "legal"],
    "aws:PrincipalTag/role": ["audit", "security"],
  },
};
const ana = ["arn:aws:iam::222222222222:user/Ana", "arn:aws:iam::222222222222:user/Mary"];
const by = (name: string) => ({ "aws:PrincipalArn": `arn:aws:iam::222222222222:user/${name}` });
const tags = (department?: string, role?: string) => ({
  ...(department && { "aws:PrincipalTag/department": department }),
  ...(role && { "aws:PrincipalTag/role": role }),
});

describe("several keys and values", () => {
  it.each<[string, Block, Record<string, ContextValue>, boolean]>([
    ["all match", { ArnLike: { "aws:PrincipalArn": ana } }, { ...tags("legal", "audit"), ...by("Mary") }, true],
    ["another user", { ArnLike: { "aws:PrincipalArn": ana } }, { ...tags("hr", "audit"), ...by("Nikki") }, false],
    ["another role", { ArnLike: { "aws:PrincipalArn": ana } }, { ...tags("hr", "payroll"), ...by("Mary") }, false],
    ["role absent", { ArnLike: { "aws:PrincipalArn": ana } }, { ...tags("hr"), ...by("Mary") }, false],
    ["both absent", { ArnLike: { "aws:PrincipalArn": ana } }, by("Mary"), false],
    [
      "negated, none listed",
      { ArnNotLike: { "aws:PrincipalArn": ana } },
      { ...tags("legal", "audit"), ...by("Nikki") },
      true,
    ],
    ["negated, listed", { ArnNotLike: { "aws:PrincipalArn": ana } }, { ...tags("hr", "audit"), ...by("Mary") }, false],
    ["negated, role absent", { ArnNotLike: { "aws:PrincipalArn": ana } }, { ...tags("hr"), ...by("Nikki") }, false],
  ])("%s", (_, block, context, expected) => expect(holds({ ...departments, ...block }, context)).toBe(expected));
});

describe("operators", () => {
  const key = "test:Key";
  it.each<[string, string | string[], string, boolean]>([
    ["StringEquals", "john", "john", true],
    ["StringEquals", "john", "John", false],
    ["StringEquals", "j*", "john", false],
    ["StringNotEquals", "john", "John", true],
    ["StringNotEquals", ["john", "jane"], "jane", false],
    ["StringEqualsIgnoreCase", "john", "JOHN", true],
    ["StringNotEqualsIgnoreCase", "john", "JOHN", false],
    ["StringLike", "home/*", "home/ana/x", true],
    ["StringLike", "home/?", "home/ab", false],
    ["StringLike", "HOME/*", "home/ana", false],
    ["StringNotLike", "home/*", "root/ana", true],
    ["NumericEquals", "10", "10.0", true],
    ["NumericNotEquals", "10", "11", true],
    ["NumericLessThan", "10", "9", true],
    ["NumericLessThan", "10", "10", false],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericGreaterThan", "10", "10.5", true],
    ["NumericGreaterThan", "10", "10", false],
    ["NumericGreaterThanEquals", "10", "10", true],
    ["NumericEquals", "10", "ten", false],
    ["DateEquals", "2026-01-01T00:00:00Z", "1767225600", true],
    ["DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", false],
    ["DateGreaterThan", "2020-01-01T00:00:01Z", "2020-01-01T00:00:02Z", true],
    ["DateGreaterThan", "2020-01-01T00:00:01Z", "2020-01-01T00:00:01Z", false],
    ["DateGreaterThanEquals", "2020-01-01", "2020-01-01T00:00:00Z", true],
    ["DateLessThan", "2026-06-30", "2026-07-01", false],
    ["DateLessThanEquals", "2026-06-30", "2026-06-30T00:00:00Z", true],
    ["Bool", "false", "false", true],
    ["Bool", "false", "true", false],
    ["BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", true],
    ["BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "ASIAIOSFODNN7EXAMPLE", false],
    ["IpAddress", "203.0.113.0/24", "203.0.113.1", true],
    ["IpAddress", "203.0.113.0/24", "198.51.100.1", false],
    ["IpAddress", "203.0.113.7", "203.0.113.8", false],
    ["IpAddress", ["203.0.113.0/24", "2001:DB8:1234:5678::/64"], "2001:db8:1234:5678::1", true],
    ["IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5679::1", false],
    ["IpAddress", "0.0.0.0/0", "dynamodb.amazonaws.com", false],
    ["NotIpAddress", "203.0.113.0/24", "203.0.113.1", false],
    ["NotIpAddress", "203.0.113.0/24", "2001:db8::1", true],
    ["ArnEquals", "arn:aws:sns:us-west-2:123456789012:*", "arn:aws:sns:us-west-2:123456789012:a", true],
    ["ArnLike", "arn:aws:sns:us-west-2:123456789012:a", "arn:aws:sns:us-west-2:777788889999:a", false],
    ["ArnNotEquals", "arn:aws:sns:us-west-2:123456789012:*", "arn:aws:sns:us-west-2:123456789012:a", false],
    ["ArnNotLike", "arn:aws:sns:*:123456789012:a", "arn:aws:sns:us-west-2:777788889999:a", true],
    ["Null", "false", "anything", true],
    ["Null", "true", "anything", false],
  ])("%s %s with %s: %s", (operator, values, given, expected) => {
    expect(holds({ [operator]: { [key]: values } }, { "TEST:kEY": given })).toBe(expected);
  });

  it.each(operatorNames.map((name) => [name]))("%s without the key", (name) => {
    const value = { S: "x", N: "1", D: "2026", B: "true", I: "10.0.0.0/8", A: "arn:aws:sns:::a" }[
      name.replace("NotIp", "Ip")[0]!
    ]!;
    const good =
      name === "BinaryEquals" ? "AAAA" : name === "Null" ? "true" : name.startsWith("NumericN") ? "1" : value;
    const negated = /Not/.test(name);
    expect(holds({ [name]: { [key]: good } }, {})).toBe(name === "Null" || negated);
    if (name !== "Null") {
      expect(holds({ [`${name}IfExists`]: { [key]: good } }, {})).toBe(true);
      expect(holds({ [`ForAllValues:${name}`]: { [key]: good } }, {})).toBe(true);
      expect(holds({ [`ForAnyValue:${name}`]: { [key]: good } }, {})).toBe(false);
    }
    expect(holds({ [name]: { [key]: good } }, { [key]: unknownValue })).toBe("unknown");
  });
});

describe("set operators", () => {
  const tagKeys = ["environment", "cost-center"];
  const all = { "ForAllValues:StringEquals": { "aws:TagKeys": tagKeys }, Null: { "aws:TagKeys": "false" } };
  const some = { "ForAnyValue:StringEquals": { "aws:TagKeys": tagKeys } };

  it.each<[string, Block, string[] | undefined, boolean]>([
    ["all: one", all, ["environment"], true],
    ["all: both", all, ["environment", "cost-center"], true],
    ["all: another", all, ["environment", "dept"], false],
    ["all: absent, with Null", all, undefined, false],
    ["all: empty text", { "ForAllValues:StringEquals": { "aws:TagKeys": tagKeys } }, [""], true],
    ["any: one of two", some, ["environment", "dept"], true],
    ["any: none", some, ["dept"], false],
    ["any: absent", some, undefined, false],
    ["all, negated: none listed", { "ForAllValues:StringNotEquals": { "aws:TagKeys": tagKeys } }, ["dept"], true],
    [
      "all, negated: one listed",
      { "ForAllValues:StringNotEquals": { "aws:TagKeys": tagKeys } },
      ["dept", "environment"],
      false,
    ],
    [
      "any, negated: one not listed",
      { "ForAnyValue:StringNotEquals": { "aws:TagKeys": tagKeys } },
      ["dept", "environment"],
      true,
    ],
    ["any, negated: all listed", { "ForAnyValue:StringNotEquals": { "aws:TagKeys": tagKeys } }, tagKeys, false],
  ])("%s", (_, block, given, expected) => expect(holds(block, given ? { "aws:TagKeys": given } : {})).toBe(expected));

  it("asks for one where the request holds several values", () => {
    expect(holds({ StringEquals: { "aws:TagKeys": tagKeys } }, { "aws:TagKeys": tagKeys })).toBe("unknown");
  });
});

describe("policy variables", () => {
  const like = (value: string) => ({ StringLike: { "s3:prefix": ["home/", value] } });

  it.each<[string, Block, Record<string, ContextValue>, boolean | "unknown"]>([
    [
      "filled in",
      like(`home/${variable("aws:username")}/*`),
      { "s3:prefix": "home/ana/x", "aws:UserName": "ana" },
      true,
    ],
    [
      "of somebody else",
      like(`home/${variable("aws:username")}/*`),
      { "s3:prefix": "home/ben/x", "aws:username": "ana" },
      false,
    ],
    [
      "a value with a wildcard is text",
      like(`home/${variable("aws:username")}/*`),
      { "s3:prefix": "home/ben/x", "aws:username": "*" },
      false,
    ],
    [
      "several values",
      like(`home/${variable("aws:TagKeys")}/*`),
      { "s3:prefix": "home/a/x", "aws:TagKeys": ["a", "b"] },
      "unknown",
    ],
    ["absent matches nothing", like(`home/${variable("aws:username")}/*`), { "s3:prefix": "home//x" }, false],
    ["absent, negated", { StringNotEquals: { "s3:prefix": variable("aws:username") } }, { "s3:prefix": "x" }, true],
    [
      "default",
      like(`home/${variable("aws:PrincipalTag/team, 'company-wide'")}/*`),
      { "s3:prefix": "home/company-wide/x" },
      true,
    ],
    [
      "not known",
      like(`home/${variable("aws:username")}/*`),
      { "s3:prefix": "home/x", "aws:username": unknownValue },
      "unknown",
    ],
    ["escape", { StringLike: { "s3:prefix": `a${variable("*")}` } }, { "s3:prefix": "ab" }, false],
    ["escape, itself", { StringLike: { "s3:prefix": `a${variable("*")}` } }, { "s3:prefix": "a*" }, true],
  ])("%s", (_, block, context, expected) => expect(holds(block, context)).toBe(expected));
});

describe("properties", () => {
  const operator = fc.constantFrom("StringEquals", "StringLike", "StringNotEquals", "StringNotLike");
  const texts = fc.array(fc.constantFrom("a", "b", "ab", "a*", "*"), { minLength: 1, maxLength: 3 });
  const given = fc.constantFrom<ContextValue>("a", "b", "ab", "c", []);

  it("a negated operator is the opposite", () => {
    fc.assert(
      fc.property(texts, given, (values, value) => {
        const context: Record<string, ContextValue> = { "test:Key": value };
        for (const [positive, negative] of [
          ["StringEquals", "StringNotEquals"],
          ["StringLike", "StringNotLike"],
        ] as const) {
          expect(holds({ [positive]: { "test:Key": values } }, context)).toBe(
            !holds({ [negative]: { "test:Key": values } }, context),
          );
        }
      }),
    );
  });

  it("what is unknown is only decided when every value decides it", () => {
    fc.assert(
      fc.property(operator, texts, given, (name, values, value) => {
        const block = { [name]: { "test:Key": values } };
        const unknown = holds(block, { "test:Key": unknownValue });
        if (unknown !== "unknown") expect(holds(block, { "test:Key": value })).toBe(unknown);
      }),
    );
  });
});
