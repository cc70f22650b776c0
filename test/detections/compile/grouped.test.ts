// Proves: the three filters of a grouped detection share no event and leave out no caller that has an ARN or an account,
// and what is refused about dimensions. Does not prove: that AWS fills responseElements.tableDescription.tableArn.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CompileError,
  checkTransformation,
  compileDetection,
  detectionById,
  type GroupKey,
  metricsInsightsQuery,
  parseFilterPattern,
} from "../../../detections";
import { account, by, identities, roleArn, tableArn, updateTable } from "../../support/events";
import { matches } from "../support/evaluate";

const detection = detectionById("multiple-update-operations")!;
const table = "$.responseElements.tableDescription.tableArn";
const issuer = "$.userIdentity.sessionContext.sessionIssuer.arn";

describe("per principal and table", () => {
  const { filters } = compileDetection(detection);

  it("has a filter for role sessions, one for others who have an ARN, and one for others who have an account", () => {
    expect(filters.map(({ variant, dimensions }) => ({ variant, dimensions }))).toEqual([
      { variant: "role-sessions", dimensions: { principal: issuer, table } },
      { variant: "other-principals", dimensions: { principal: "$.userIdentity.arn", table } },
      { variant: "accounts", dimensions: { principal: "$.userIdentity.accountId", table } },
    ]);
  });

  it.each([
    ["a role session", identities.role("ops"), ["role-sessions"]],
    ["a user", identities.user("u"), ["other-principals"]],
    ["root", identities.root(), ["other-principals"]],
    // Its issuer is the user who asked for the session.
    ["a federated user", identities.federated("f"), ["role-sessions"]],
    ["a principal of another account", identities.otherAccount(), ["accounts"]],
    ["an Identity Center user", identities.identityCenter(), ["accounts"]],
    ["a caller without ARN and account", identities.service("x.amazonaws.com"), []],
    ["application auto scaling", identities.autoScaling(), []],
  ])("counts %s at most once", (_, identity, variants) => {
    const event = updateTable({ billingMode: "PAY_PER_REQUEST" }, by(identity));
    expect(filters.filter(({ pattern }) => matches(pattern, event)).map(({ variant }) => variant)).toEqual(variants);
  });

  it("counts no event twice", () => {
    const arn = fc.option(fc.constantFrom(roleArn("a"), `arn:aws:iam::${account}:user/u`), { nil: undefined });
    fc.assert(
      fc.property(arn, arn, fc.boolean(), fc.boolean(), (caller, from, owned, named) => {
        const identity = {
          ...(caller ? { arn: caller } : {}),
          ...(owned ? { accountId: account } : {}),
          ...(from ? { sessionContext: { sessionIssuer: { arn: from } } } : {}),
        };
        const event = updateTable(
          { billingMode: "PROVISIONED" },
          { userIdentity: identity, ...(named ? {} : { responseElements: null }) },
        );
        const hits = filters.filter(({ pattern }) => matches(pattern, event)).length;
        expect(hits).toBe(named && (from !== undefined || caller !== undefined || owned) ? 1 : 0);
      }),
    );
  });

  it("names the fields of its dimensions in the pattern", () => {
    for (const { pattern, dimensions } of filters) {
      for (const selector of Object.values(dimensions!)) expect(pattern).toContain(`${selector} = "*"`);
    }
  });

  it("is one filter without dimensions when not grouped, and needs no field of the response", () => {
    const fallback = compileDetection(detection, {}, { grouped: false }).filters;
    expect(fallback).toEqual([{ variant: "", pattern: expect.not.stringContaining("responseElements"), regexes: 0 }]);
    const event = updateTable({ billingMode: "PROVISIONED" }, { responseElements: null });
    expect(matches(fallback[0]!.pattern, event)).toBe(true);
  });

  it("leaves out guards and filters that cannot matter", () => {
    const guarded = compileDetection(detection, { ignorePrincipals: [roleArn("app/a")] }).filters;
    expect(guarded[0]!.pattern).toContain(`${issuer} != "${roleArn("app/a")}"`);
    expect(guarded.slice(1)).toEqual(filters.slice(1));
    const users = compileDetection(detection, { ignorePrincipals: [`arn:aws:iam::${account}:user/u`] }).filters;
    expect(users[1]!.pattern).not.toBe(filters[1]!.pattern);
    expect(users[2]).toEqual(filters[2]);
    const only = compileDetection(detection, { onlyPrincipals: [roleArn("app/a")] }).filters;
    expect(only.map(({ variant }) => variant)).toEqual(["role-sessions"]);
    const onlyUsers = compileDetection(detection, { onlyPrincipals: [`arn:aws:sts::${account}:federated-user/f`] });
    expect(onlyUsers.filters.map(({ variant }) => variant)).toEqual(["role-sessions", "other-principals"]);
    const user = `arn:aws:iam::${account}:user/u`;
    const [sessions, others] = compileDetection(detection, { onlyPrincipals: [user] }).filters;
    expect(sessions!.pattern).toContain(`($.userIdentity.arn = "${user}" || ${issuer} = "${user}")`);
    expect(others!.pattern).toContain(`&& $.userIdentity.arn = "${user}" }`);
  });

  it.each<[readonly GroupKey[], object]>([
    [["table"], { "": { table } }],
    [
      ["principal"],
      {
        "role-sessions": { principal: issuer },
        "other-principals": { principal: "$.userIdentity.arn" },
        accounts: { principal: "$.userIdentity.accountId" },
      },
    ],
  ])("per %s alone", (per, expected) => {
    const { filters: made } = compileDetection({ ...detection, alarm: { ...detection.alarm, per } });
    expect(Object.fromEntries(made.map(({ variant, dimensions }) => [variant, dimensions]))).toEqual(expected);
  });
});

describe("checkTransformation", () => {
  const pattern = parseFilterPattern('{ $.a = "*" && ($.b.c = "*" || $.d NOT EXISTS) }');
  const check = (transformation: Parameters<typeof checkTransformation>[2]) => () =>
    checkTransformation("made-up", pattern, transformation);

  it("takes dimensions that the pattern names, or a default value", () => {
    expect(check({ dimensions: { a: "$.a", c: "$.b.c" } })).not.toThrow();
    expect(check({ dimensions: { a: "$.a", b: "$.d", c: "$.b.c" } })).not.toThrow();
    expect(check({ defaultValue: 0 })).not.toThrow();
  });

  it.each([
    [
      "four dimensions",
      { dimensions: { a: "$.a", b: "$.a", c: "$.a", d: "$.a" } },
      "at most 3 dimensions, this one has a, b, c, d.",
    ],
    [
      "a default value beside dimensions",
      { dimensions: { a: "$.a", c: "$.b.c" }, defaultValue: 0 },
      "a metric filter with dimensions (a, c) cannot have a default value",
    ],
    [
      "a field outside the pattern",
      { dimensions: { b: "$.b" } },
      "dimension b reads $.b, which the pattern does not name",
    ],
  ])("refuses %s", (_, transformation, reason) => {
    expect(check(transformation)).toThrow(CompileError);
    expect(check(transformation)).toThrow(`detection made-up: `);
    expect(check(transformation)).toThrow(reason);
  });
});

describe("metricsInsightsQuery", () => {
  it("groups by every dimension, the largest first", () => {
    const query = { namespace: "p/dev", metricName: "multiple-update-operations", dimensions: ["principal", "table"] };
    expect(metricsInsightsQuery(query)).toBe(
      'SELECT SUM("multiple-update-operations") FROM SCHEMA("p/dev", "principal", "table") GROUP BY "principal", "table" ORDER BY SUM() DESC',
    );
  });

  it("escapes quotation marks in names", () => {
    expect(metricsInsightsQuery({ namespace: `a"b'c`, metricName: "m", dimensions: [] })).toBe(
      String.raw`SELECT SUM("m") FROM SCHEMA("a\"b\'c")`,
    );
  });
});

it("a table is told by its ARN, whatever the request calls it", () => {
  const event = updateTable({ tableName: tableArn("orders"), billingMode: "PROVISIONED" });
  expect(compileDetection(detection).filters.filter(({ pattern }) => matches(pattern, event))).toHaveLength(1);
});
