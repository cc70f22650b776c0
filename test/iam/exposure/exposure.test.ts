// Proves: whom a resource policy lets in, by AWS's definition of public, and that `private` is never said of a policy by
// which the evaluator lets a stranger in. Does not prove: that AWS's automated reasoning says the same of every policy.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AccessRequest,
  type ContextValue,
  type Exposure,
  type ExposureSettings,
  evaluate,
  exposure,
  type RequestPrincipal,
} from "../../../iam";
import {
  allow,
  anonymous,
  deny,
  type Fields,
  owner,
  partner,
  policy,
  request,
  service,
  stranger,
  table,
  user,
  variable,
} from "../support/policies";

const trust: ExposureSettings = { ownerAccount: owner, allowedAccounts: [partner], allowedOrganizations: ["o-mine"] };
const verdict = (statements: Fields[], settings: ExposureSettings = trust) =>
  exposure(policy(...statements), settings).verdict;
const when = (Condition: Fields) => allow({ Principal: { AWS: "*" }, Condition });
const arn = (account: string) => `arn:aws:iam::${account}:role/app`;

describe("principals", () => {
  it.each<[string, Fields, Exposure]>([
    ["everyone", { Principal: "*" }, "public"],
    ["everyone, as AWS", { Principal: { AWS: "*" } }, "public"],
    ["everyone among others", { Principal: { AWS: [owner, "*"] } }, "public"],
    ["the owner", { Principal: { AWS: `arn:aws:iam::${owner}:root` } }, "private"],
    ["a role of the owner", { Principal: { AWS: arn(owner) } }, "private"],
    ["an allowed account", { Principal: { AWS: partner } }, "private"],
    ["another account", { Principal: { AWS: [owner, stranger] } }, "cross-account"],
    ["a role of another account", { Principal: { AWS: arn(stranger) } }, "cross-account"],
    ["a service", { Principal: { Service: "sns.amazonaws.com" } }, "private"],
    ["a canonical user", { Principal: { CanonicalUser: "79a59d" } }, "undecided"],
    ["an identity provider", { Principal: { Federated: "accounts.google.com" } }, "undecided"],
    ["a deleted principal", { Principal: { AWS: "AIDACKCEVSQ6C2EXAMPLE" } }, "undecided"],
    ["NotPrincipal", { NotPrincipal: { AWS: stranger } }, "public"],
    ["nobody", { Principal: { AWS: [] } }, "private"],
  ])("%s", (_, fields, expected) => expect(verdict([allow(fields)])).toBe(expected));

  it("cannot tell an account that is not allowed from an owner that is not known", () => {
    expect(verdict([allow({ Principal: { AWS: owner } })], {})).toBe("undecided");
    expect(verdict([allow({ Principal: { AWS: partner } })], { allowedAccounts: [partner] })).toBe("private");
  });

  it("says which statement, who and why", () => {
    const statements = [
      allow({ Sid: "Share", Principal: { AWS: [owner, stranger] } }),
      when({ Bool: { "aws:SecureTransport": "true" } }),
    ];
    expect(exposure(policy(...statements), trust)).toEqual({
      verdict: "public",
      findings: [
        {
          statement: '"Share"',
          principal: owner,
          exposure: "private",
          why: `account ${owner} owns the resource`,
          confusedDeputy: false,
        },
        {
          statement: '"Share"',
          principal: stranger,
          exposure: "cross-account",
          why: `account ${stranger} is not allowed`,
          confusedDeputy: false,
        },
        {
          statement: "Statement[1]",
          principal: "*",
          exposure: "public",
          why: "anyone may call, since this does not narrow who calls: Bool aws:SecureTransport true",
          confusedDeputy: false,
        },
      ],
    });
  });
});

describe("conditions on everyone", () => {
  it.each<[string, Fields, Exposure]>([
    ["own organization", { StringEquals: { "aws:PrincipalOrgID": "o-mine" } }, "private"],
    ["another organization", { StringEquals: { "aws:PrincipalOrgID": ["o-mine", "o-else"] } }, "cross-account"],
    ["any organization", { StringLike: { "aws:PrincipalOrgID": "o-*" } }, "public"],
    ["not another organization", { StringNotEquals: { "aws:PrincipalOrgID": "o-else" } }, "public"],
    ["organization, if any", { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-mine" } }, "public"],
    [
      "organization, if any, and it must be there",
      { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-mine" }, Null: { "aws:principalorgid": "false" } },
      "private",
    ],
    ["organization, all values of none", { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-mine" } }, "public"],
    [
      "organization path",
      { "ForAnyValue:StringEquals": { "aws:PrincipalOrgPaths": "o-mine/r-ab12/ou-ab12-1/" } },
      "private",
    ],
    [
      "organization path with a wildcard",
      { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-mine/*" } },
      "public",
    ],
    [
      "organization path without set operator",
      { StringEquals: { "aws:PrincipalOrgPaths": "o-mine/r-ab12/" } },
      "undecided",
    ],
    ["own account", { StringEquals: { "AWS:principalaccount": owner } }, "private"],
    ["own and another account", { StringEquals: { "aws:PrincipalAccount": [owner, stranger] } }, "cross-account"],
    ["own role", { ArnEquals: { "aws:PrincipalArn": arn(owner) } }, "private"],
    ["another account's role", { StringEquals: { "aws:PrincipalArn": arn(stranger) } }, "cross-account"],
    [
      "roles by wildcard, which AWS counts as public",
      { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${owner}:role/*` } },
      "public",
    ],
    ["a variable", { StringEquals: { "aws:PrincipalArn": variable("aws:PrincipalTag/arn") } }, "public"],
    ["source account", { StringEquals: { "aws:SourceAccount": owner } }, "private"],
    ["another source account", { StringEquals: { "aws:SourceAccount": stranger } }, "cross-account"],
    ["source ARN", { ArnEquals: { "aws:SourceArn": `arn:aws:sns:eu-west-1:${owner}:t` } }, "private"],
    ["source ARN by wildcard", { ArnLike: { "aws:SourceArn": `arn:aws:sns:*:${owner}:*` } }, "public"],
    ["source ARN without account", { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::bucket" } }, "undecided"],
    [
      "source ARN without account, and account",
      { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::bucket" }, StringEquals: { "aws:SourceAccount": owner } },
      "private",
    ],
    ["source organization", { StringEquals: { "aws:SourceOrgID": "o-mine" } }, "private"],
    ["VPC", { StringEquals: { "aws:SourceVpc": "vpc-91237329" } }, "private"],
    ["VPC by wildcard", { StringLike: { "aws:SourceVpc": "vpc-*" } }, "public"],
    ["VPC, if any", { StringEqualsIfExists: { "aws:SourceVpc": "vpc-91237329" } }, "public"],
    ["VPC endpoint", { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } }, "private"],
    ["services", { Bool: { "aws:PrincipalIsAWSService": "true" } }, "private"],
    ["not services", { Bool: { "aws:PrincipalIsAWSService": "false" } }, "public"],
    ["user id", { StringEquals: { "aws:userid": "AIDACKCEVSQ6C2EXAMPLE" } }, "undecided"],
    ["transport", { Bool: { "aws:SecureTransport": "true" } }, "public"],
    ["user agent", { StringEquals: { "aws:UserAgent": "ours" } }, "public"],
    ["referer", { StringLike: { "aws:Referer": "https://example.com/*" } }, "public"],
    ["any text", { StringLike: { "aws:PrincipalArn": "*" } }, "public"],
    ["number", { NumericLessThan: { "aws:MultiFactorAuthAge": "300" } }, "public"],
    ["a stranger's tag", { StringEquals: { "aws:PrincipalTag/team": "ours" } }, "public"],
    ["leading keys", { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "ours" } }, "public"],
    ["address, which DynamoDB does not trust", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, "public"],
    ["every address", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, "public"],
    ["no value", { StringEquals: { "aws:PrincipalOrgID": [] } }, "public"],
    [
      "organization and transport",
      { StringEquals: { "aws:PrincipalOrgID": "o-mine" }, Bool: { "aws:SecureTransport": "true" } },
      "private",
    ],
    [
      "two lists of accounts",
      {
        StringEquals: { "aws:PrincipalAccount": [stranger, owner] },
        ArnEquals: { "aws:PrincipalArn": [arn(owner), arn("123412341234")] },
      },
      "private",
    ],
  ])("%s", (_, condition, expected) => expect(verdict([when(condition)])).toBe(expected));

  it.each<[ExposureSettings["service"], Fields, Exposure]>([
    ["s3", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, "private"],
    ["s3", { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1"] } }, "public"],
    ["s3", { IpAddress: { "aws:SourceIp": "172.16.0.0/12" } }, "private"],
    ["s3", { IpAddress: { "aws:SourceIp": "2001:db8::/31" } }, "public"],
    ["s3", { IpAddress: { "aws:SourceIp": "10.0.0.0/7" } }, "public"],
    ["s3", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, "public"],
    ["s3", { StringEquals: { "s3:DataAccessPointAccount": owner } }, "private"],
    ["s3", { StringEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "1" } }, "undecided"],
    [
      "kms",
      { StringEquals: { "kms:CallerAccount": owner, "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" } },
      "private",
    ],
    ["kms", { StringEquals: { "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" } }, "public"],
    ["dynamodb", { StringEquals: { "kms:CallerAccount": owner } }, "public"],
    ["sns", { StringEquals: { "AWS:SourceOwner": owner } }, "private"],
  ])("of %s: %j", (of, condition, expected) =>
    expect(verdict([when(condition)], { ...trust, service: of })).toBe(expected),
  );
});

describe("services", () => {
  const sns = (Condition: Fields = {}) => {
    const report = exposure(policy(allow({ Principal: { Service: "cloudwatch.amazonaws.com" }, Condition })), trust);
    return [report.verdict, report.findings[0]!.confusedDeputy];
  };

  it.each<[string, Fields, Exposure, boolean]>([
    ["for anyone", {}, "private", true],
    ["for the owner", { StringEquals: { "aws:SourceAccount": owner } }, "private", false],
    ["for another account", { StringEquals: { "aws:SourceAccount": stranger } }, "cross-account", false],
    [
      "for the owner's alarms",
      { ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:*:${owner}:alarm:*` } },
      "private",
      false,
    ],
    [
      "for another account's alarms",
      { ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:*:${stranger}:alarm:*` } },
      "cross-account",
      false,
    ],
    ["for any account's alarms", { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:*:alarm:*" } }, "private", true],
    [
      "a text that reaches over the account",
      { StringLike: { "aws:SourceArn": `arn:aws:cloudwatch:*:${owner}:alarm:*` } },
      "private",
      true,
    ],
    ["for the owner, if said", { StringEqualsIfExists: { "aws:SourceAccount": owner } }, "private", true],
  ])("%s", (_, condition, expected, deputy) => expect(sns(condition)).toEqual([expected, deputy]));
});

describe("Deny", () => {
  const unless = (Condition: Fields, fields: Fields = {}) => deny({ Condition, ...fields });
  const outside = { StringNotEquals: { "aws:PrincipalOrgID": "o-mine" } };

  it.each<[string, Fields, Exposure]>([
    ["all", deny(), "private"],
    ["who is not in the organization", unless(outside), "private"],
    [
      "who is not in the organization, if in any",
      unless({ StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-mine" } }),
      "private",
    ],
    ["who is in another organization", unless({ StringEquals: { "aws:PrincipalOrgID": "o-else" } }), "public"],
    [
      "who is not in another organization",
      unless({ StringNotEquals: { "aws:PrincipalOrgID": "o-else" } }),
      "cross-account",
    ],
    [
      "some value of the organization",
      unless({ "ForAnyValue:StringNotEquals": { "aws:PrincipalOrgID": "o-mine" } }),
      "public",
    ],
    [
      "who is outside and no service",
      unless({ ...outside, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } }),
      "private",
    ],
    // Anonymous callers lack the key, so this Bool is false for them and they are not denied.
    [
      "who is outside and signed and no service",
      unless({ ...outside, Bool: { "aws:PrincipalIsAWSService": "false" } }),
      "public",
    ],
    ["who is outside, without TLS", unless({ ...outside, Bool: { "aws:SecureTransport": "false" } }), "public"],
    ["without TLS", unless({ Bool: { "aws:SecureTransport": "false" } }), "public"],
    ["other VPCs", unless({ StringNotEquals: { "aws:SourceVpc": "vpc-1" } }), "private"],
    ["of other actions", unless(outside, { Action: "dynamodb:PutItem" }), "public"],
    ["of all but these actions", unless(outside, { NotAction: "dynamodb:Get*" }), "public"],
    ["of all but this resource", unless(outside, { NotResource: table }), "public"],
    ["of another resource", unless(outside, { Resource: `${table}-old` }), "public"],
    [
      "of a resource that a variable names",
      unless(outside, { Resource: variable("aws:username").replace(/^/, "arn:aws:dynamodb:::") }),
      "public",
    ],
    ["for one account", unless(outside, { Principal: { AWS: stranger } }), "public"],
    ["for all but the owner", deny({ NotPrincipal: { AWS: [owner, arn(owner)] } }), "private"],
    ["for all but another account", deny({ NotPrincipal: { AWS: stranger } }), "cross-account"],
  ])("%s", (_, statement, expected) => {
    expect(verdict([allow({ Action: "dynamodb:Get*", Resource: table }), statement])).toBe(expected);
    expect(verdict([statement, allow({ Action: "dynamodb:Get*", Resource: table })])).toBe(expected);
  });

  it("must cover every action of an Allow with NotAction", () => {
    const open = allow({ NotAction: "dynamodb:DeleteTable" });
    expect(verdict([open, unless(outside, { Action: "dynamodb:*" })])).toBe("public");
    expect(verdict([open, unless(outside)])).toBe("private");
  });
});

describe("properties", () => {
  const values: Record<string, string[]> = {
    "aws:PrincipalOrgID": ["o-mine", "o-else", "o-*"],
    "aws:PrincipalAccount": [owner, stranger, "anonymous", "*"],
    "aws:PrincipalArn": [arn(owner), arn(stranger), "arn:aws:iam::*:role/app"],
    "aws:SourceVpc": ["vpc-1", "vpc-*"],
    "aws:SourceAccount": [owner, stranger],
    "aws:UserAgent": ["x", "*"],
  };
  const operators = ["StringEquals", "StringLike", "StringNotEquals", "StringNotLike"].flatMap((name) => [
    name,
    `${name}IfExists`,
    `ForAllValues:${name}`,
    `ForAnyValue:${name}`,
  ]);
  const condition = fc.constantFrom(...Object.keys(values)).chain((key) =>
    fc
      .record({
        operator: fc.constantFrom(...operators, "Null"),
        some: fc.subarray(values[key]!, { minLength: 1 }),
        absent: fc.boolean(),
      })
      .map(
        ({ operator, some, absent }): Fields => ({
          [operator]: { [key]: operator === "Null" ? String(absent) : some },
        }),
      ),
  );
  const bool = fc.constantFrom<Fields>(
    { Bool: { "aws:PrincipalIsAWSService": "false" } },
    { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
    { Bool: { "aws:PrincipalIsAWSService": "true" } },
    { Bool: { "aws:SecureTransport": "false" } },
  );
  const conditions = fc
    .array(fc.oneof(condition, condition, bool), { maxLength: 2 })
    .map((all): Fields => Object.assign({}, ...all));
  const principal = fc.constantFrom<Fields>(
    { Principal: "*" },
    { Principal: { AWS: owner } },
    { Principal: { AWS: stranger } },
    { Principal: { Service: "sns.amazonaws.com" } },
    { NotPrincipal: { AWS: [owner, user(owner).arn] } },
  );
  const statement = fc
    .record({
      Effect: fc.constantFrom("Allow", "Allow", "Deny"),
      who: principal,
      Action: fc.constantFrom("*", "dynamodb:*", "dynamodb:Get*", "dynamodb:PutItem"),
      Resource: fc.constantFrom("*", table, `${table}*`),
      Condition: conditions,
    })
    .map(({ who, ...rest }): Fields => ({ ...who, ...rest }));
  const statements = fc.array(statement, { minLength: 1, maxLength: 4 });

  // Strangers: what they are is fixed, what they send is theirs to choose. They are in none of our networks.
  const outsiders = fc
    .record({
      principal: fc.constantFrom<RequestPrincipal>(
        anonymous,
        { arn: arn(stranger), accountId: stranger },
        user("123412341234"),
      ),
      own: fc.record(
        {
          "aws:UserAgent": fc.constantFrom("x", "y"),
          "aws:SourceVpc": fc.constant("vpc-9"),
          "aws:SecureTransport": fc.constantFrom("true", "false"),
        },
        { requiredKeys: [] },
      ),
      organization: fc.option(fc.constantFrom("o-else", "o-third"), { nil: undefined }),
    })
    .map(
      ({ principal, own, organization }): Partial<AccessRequest> => ({
        principal,
        context: {
          ...own,
          ...(organization && !("anonymous" in principal) && { "aws:PrincipalOrgID": organization }),
        } as Record<string, ContextValue>,
      }),
    );

  it("private is never said of what lets a stranger in", () => {
    fc.assert(
      fc.property(statements, outsiders, (all, caller) => {
        const allowed = evaluate(policy(...all), request(caller)).decision === "allow";
        expect(allowed && verdict(all) === "private").toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  const rank = (found: Exposure) => ["private", "undecided", "cross-account", "public"].indexOf(found);

  it("a further Deny never makes it worse, and a further Allow never better", () => {
    fc.assert(
      fc.property(statements, statement, (all, added) => {
        const before = rank(verdict(all));
        const after = rank(verdict([...all, added]));
        const deputy = exposure(policy(...all), trust).findings.some((finding) => finding.confusedDeputy);
        if (added["Effect"] === "Allow") expect(after).toBeGreaterThanOrEqual(before);
        // What was open may turn out foreign, as may those for whom a service acts.
        else if (before !== rank("undecided") && !deputy) expect(after).toBeLessThanOrEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  it("lets AWS services in without asking who they are", () => {
    expect(
      evaluate(
        policy(allow({ Principal: { Service: "sns.amazonaws.com" } })),
        request({ principal: service("sns.amazonaws.com") }),
      ).decision,
    ).toBe("allow");
  });
});
