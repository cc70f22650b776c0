// Proves: how statements combine, how principals match, and that what is not known is never an answer. Does not prove:
// organization policies, permissions boundaries, session policies and KMS grants, which are not modelled.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AccessPolicies,
  type AccessRequest,
  type ContextValue,
  type Decision,
  evaluate,
  mayAccess,
  parsePolicyDocument,
  type RequestPrincipal,
  unknownValue,
} from "../../iam";
import {
  allow,
  anonymous,
  deny,
  type Fields,
  identityPolicy,
  owner,
  partner,
  policy,
  request,
  service,
  stranger,
  table,
  user,
  variable,
} from "./support/policies";

const decision = (statements: Fields[], fields: Partial<AccessRequest> = {}) =>
  evaluate(policy(...statements), request(fields)).decision;

describe("statements together", () => {
  const unsure = { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } };
  const context: Record<string, ContextValue> = { "aws:SourceVpc": unknownValue };

  it.each<[string, Fields[], Decision["decision"]]>([
    ["an Allow", [allow()], "allow"],
    ["an Allow and a Deny", [allow(), deny()], "explicitDeny"],
    ["neither", [allow({ Action: "sns:Publish" }), deny({ Resource: "arn:aws:s3:::x" })], "implicitDeny"],
    ["an Allow that may apply", [allow(unsure)], "undecided"],
    ["an Allow, and one that may apply", [allow(unsure), allow()], "allow"],
    ["an Allow, and a Deny that may apply", [allow(), deny(unsure)], "undecided"],
    ["a Deny that may apply, and no Allow", [deny(unsure)], "implicitDeny"],
    ["a Deny, and an Allow that may apply", [deny(), allow(unsure)], "explicitDeny"],
  ])("%s", (_, statements, expected) => expect(decision(statements, { context })).toBe(expected));

  it("says which statement and why", () => {
    const document = policy(
      allow({
        Sid: "Alarms",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": owner } },
      }),
      deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
    const from = (account: string) =>
      request({ principal: service("cloudwatch.amazonaws.com"), context: { "aws:SourceAccount": account } });
    expect(evaluate(document, from(owner))).toMatchObject({ decision: "allow", statement: '"Alarms"' });
    expect(evaluate(document, from(stranger))).toEqual({
      decision: "implicitDeny",
      why: 'No statement allows it: "Alarms" (StringEquals aws:SourceAccount: "999988887777" does not match "111122223333").',
    });
    const open = request({ unlistedKeys: "unknown" });
    expect(evaluate(policy(allow(), deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } })), open)).toEqual({
      decision: "undecided",
      statement: "Statement[1]",
      why: "Statement[1] (Bool aws:SecureTransport: the value of aws:SecureTransport is not known).",
    });
  });

  it.each<[string, Fields, boolean]>([
    ["action, other case", { Action: "DynamoDB:getitem" }, true],
    ["action wildcard", { Action: ["s3:*", "dynamodb:Get*"] }, true],
    ["other action", { Action: "dynamodb:PutItem" }, false],
    ["NotAction of another", { NotAction: "dynamodb:Put*" }, true],
    ["NotAction of this", { NotAction: ["dynamodb:*"] }, false],
    ["resource", { Resource: [table] }, true],
    ["resource, longer name", { Resource: `${table}-old` }, false],
    ["NotResource", { NotResource: `${table}/*` }, true],
    ["NotResource of this", { NotResource: "*" }, false],
    ["resource variable", { Resource: table.replace("orders", variable("aws:username")) }, true],
    ["resource variable without value", { Resource: table.replace("orders", variable("aws:PrincipalTag/x")) }, false],
  ])("%s", (_, fields, allowed) => {
    expect(decision([allow(fields)], { context: { "aws:username": "orders" } })).toBe(
      allowed ? "allow" : "implicitDeny",
    );
  });

  it("has no variables in version 2008-10-17", () => {
    const document = parsePolicyDocument({
      Statement: allow({ Condition: { StringEquals: { "aws:userid": variable("aws:username") } } }),
    });
    expect(evaluate(document, request({ context: { "aws:userid": "x", "aws:username": "x" } })).decision).toBe(
      "implicitDeny",
    );
  });
});

describe("principals", () => {
  const session = `arn:aws:sts::${owner}:assumed-role/Ops/ana`;
  const role = `arn:aws:iam::${owner}:role/team/Ops`;
  const inSession = { arn: session, accountId: owner };

  it.each<[string, Fields, RequestPrincipal, Decision["decision"]]>([
    ["everyone and a user", { Principal: { AWS: "*" } }, user(stranger), "allow"],
    ["everyone and a service", { Principal: "*" }, service("sns.amazonaws.com"), "allow"],
    ["everyone and nobody in particular", { Principal: "*" }, anonymous, "allow"],
    ["an account and its user", { Principal: { AWS: partner } }, user(partner), "allow"],
    ["an account ARN and its user", { Principal: { AWS: `arn:aws:iam::${partner}:root` } }, user(partner), "allow"],
    ["an account and a user of another", { Principal: { AWS: partner } }, user(stranger), "implicitDeny"],
    ["an account and nobody in particular", { Principal: { AWS: partner } }, anonymous, "implicitDeny"],
    ["an account and a service", { Principal: { AWS: owner } }, service("sns.amazonaws.com"), "implicitDeny"],
    ["another user", { Principal: { AWS: `arn:aws:iam::${owner}:user/Ana` } }, user(owner, "ana"), "implicitDeny"],
    ["a session", { Principal: { AWS: session } }, inSession, "allow"],
    ["the role of a session", { Principal: { AWS: role } }, { ...inSession, roleArn: role }, "allow"],
    ["a role that may be the session's", { Principal: { AWS: role } }, inSession, "undecided"],
    ["a role of another account", { Principal: { AWS: role.replace(owner, partner) } }, inSession, "implicitDeny"],
    ["a role of another name", { Principal: { AWS: `${role}2` } }, inSession, "implicitDeny"],
    ["a service", { Principal: { Service: "logs.amazonaws.com" } }, service("logs.amazonaws.com"), "allow"],
    [
      "a Region's service",
      { Principal: { Service: "s3.amazonaws.com" } },
      service("s3.ap-east-1.amazonaws.com"),
      "implicitDeny",
    ],
    [
      "a service of several names",
      { Principal: { Service: "logs.eu-west-1.amazonaws.com" } },
      { service: "logs.amazonaws.com", alsoNamed: ["logs.eu-west-1.amazonaws.com"] },
      "allow",
    ],
    ["nobody", { Principal: { AWS: [] } }, user(owner), "implicitDeny"],
    ["a canonical user", { Principal: { CanonicalUser: "79a59d" } }, user(owner), "undecided"],
    ["NotPrincipal of others", { NotPrincipal: { AWS: partner } }, user(owner), "allow"],
    ["NotPrincipal of everyone", { NotPrincipal: { AWS: "*" } }, user(owner), "implicitDeny"],
    ["NotPrincipal of the user alone", { NotPrincipal: { AWS: user(owner).arn } }, user(owner), "undecided"],
    [
      "NotPrincipal of user and account",
      { NotPrincipal: { AWS: [user(owner).arn, owner] } },
      user(owner),
      "implicitDeny",
    ],
    [
      "NotPrincipal of a service",
      { NotPrincipal: { Service: "sns.amazonaws.com" } },
      service("sns.amazonaws.com"),
      "implicitDeny",
    ],
  ] as [string, Fields, RequestPrincipal, Decision["decision"]][])("%s", (_, fields, principal, expected) => {
    expect(decision([allow(fields)], { principal })).toBe(expected);
  });

  it.each<[string, Record<string, unknown>, RequestPrincipal, Decision["decision"]]>([
    ["user", { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${owner}:user/ana` } }, user(owner), "allow"],
    ["role of a session", { ArnEquals: { "aws:PrincipalArn": role } }, { ...inSession, roleArn: role }, "allow"],
    ["role of a session, not known", { ArnEquals: { "aws:PrincipalArn": role } }, inSession, "undecided"],
    ["account", { StringEquals: { "aws:PrincipalAccount": owner } }, user(stranger), "implicitDeny"],
    ["anonymous account", { StringEquals: { "aws:PrincipalAccount": "anonymous" } }, anonymous, "allow"],
    [
      "account of a service, which is not published",
      { StringEquals: { "aws:PrincipalAccount": owner } },
      service("sns.amazonaws.com"),
      "undecided",
    ],
    ["service", { Bool: { "aws:PrincipalIsAWSService": "true" } }, service("sns.amazonaws.com"), "allow"],
    ["no service", { Bool: { "aws:PrincipalIsAWSService": "true" } }, user(owner), "implicitDeny"],
    ["a user has no source", { StringEquals: { "aws:SourceAccount": owner } }, user(owner), "implicitDeny"],
    [
      "a service is in no organization",
      { StringNotEquals: { "aws:PrincipalOrgID": "o-mine" } },
      service("sns.amazonaws.com"),
      "allow",
    ],
  ] as [string, Record<string, unknown>, RequestPrincipal, Decision["decision"]][])(
    "gives the keys of the %s",
    (_, Condition, principal, expected) => {
      expect(decision([allow({ Condition })], { principal, unlistedKeys: "unknown" })).toBe(expected);
    },
  );
});

describe("mayAccess", () => {
  const may = identityPolicy(allow());
  const mayNot = identityPolicy(deny());
  const silent = identityPolicy(allow({ Action: "s3:GetObject" }));
  const key = { action: "kms:Decrypt", resource: `arn:aws:kms:eu-west-1:${owner}:key/1` };
  const toAccount = policy(allow({ Principal: { AWS: owner } }));
  const toUser = policy(allow({ Principal: { AWS: user(owner).arn } }));
  const role = `arn:aws:iam::${owner}:role/team/Ops`;
  const session = { arn: `arn:aws:sts::${owner}:assumed-role/Ops/ana`, accountId: owner };
  const toAccountAndRole = policy(allow({ Principal: { AWS: [owner, role] } }));
  const toPartner = policy(allow({ Principal: { AWS: partner } }));

  it.each<[string, Partial<AccessPolicies>, Partial<AccessRequest>, Decision["decision"]]>([
    ["same account, identity allows", { identityPolicies: [may] }, {}, "allow"],
    ["same account, resource allows", { resourcePolicy: toUser, identityPolicies: [silent] }, {}, "allow"],
    ["same account, resource allows, identity not known", { resourcePolicy: toUser }, {}, "undecided"],
    ["same account, identity denies", { resourcePolicy: toUser, identityPolicies: [mayNot] }, {}, "explicitDeny"],
    ["same account, resource denies", { resourcePolicy: policy(deny()), identityPolicies: [may] }, {}, "explicitDeny"],
    ["same account, resource denies, identity not known", { resourcePolicy: policy(deny()) }, {}, "explicitDeny"],
    [
      "other account, resource denies, identity not known",
      { resourcePolicy: policy(deny()) },
      { principal: user(partner) },
      "explicitDeny",
    ],
    ["key: resource denies, identity not known", { resourcePolicy: policy(deny()) }, key, "explicitDeny"],
    ["account principal hands over", { resourcePolicy: toAccount, identityPolicies: [silent] }, {}, "implicitDeny"],
    ["account principal, identity not known", { resourcePolicy: toAccount }, {}, "undecided"],
    ["nothing allows", { identityPolicies: [silent] }, {}, "implicitDeny"],
    [
      "key: account, and a role that may be the session's",
      { resourcePolicy: toAccountAndRole, identityPolicies: [silent] },
      { ...key, principal: session },
      "undecided",
    ],
    [
      "other account, both allow",
      { resourcePolicy: toPartner, identityPolicies: [may] },
      { principal: user(partner) },
      "allow",
    ],
    [
      "other account, identity silent",
      { resourcePolicy: toPartner, identityPolicies: [silent] },
      { principal: user(partner) },
      "implicitDeny",
    ],
    [
      "other account, resource silent",
      { resourcePolicy: toUser, identityPolicies: [may] },
      { principal: user(partner) },
      "implicitDeny",
    ],
    ["other account, identity not known", { resourcePolicy: toPartner }, { principal: user(partner) }, "undecided"],
    ["key: identity alone", { resourcePolicy: toPartner, identityPolicies: [may] }, key, "implicitDeny"],
    ["key: account and identity", { resourcePolicy: toAccount, identityPolicies: [may] }, key, "allow"],
    ["key: account without identity", { resourcePolicy: toAccount, identityPolicies: [silent] }, key, "implicitDeny"],
    ["key: user named", { resourcePolicy: toUser, identityPolicies: [silent] }, key, "allow"],
    [
      "key: NotPrincipal of others",
      { resourcePolicy: policy(allow({ NotPrincipal: { AWS: partner } })), identityPolicies: [silent] },
      key,
      "allow",
    ],
    [
      "key: root user",
      { resourcePolicy: toAccount, identityPolicies: [] },
      { ...key, principal: { arn: `arn:aws:iam::${owner}:root`, accountId: owner } },
      "allow",
    ],
    [
      "service, resource policy alone",
      { resourcePolicy: policy(allow({ Principal: { Service: "sns.amazonaws.com" } })) },
      { principal: service("sns.amazonaws.com") },
      "allow",
    ],
    [
      "service without resource policy",
      { identityPolicies: [may] },
      { principal: service("sns.amazonaws.com") },
      "implicitDeny",
    ],
  ])("%s", (_, policies, fields, expected) => {
    expect(mayAccess({ resourceAccount: owner, ...policies }, request(fields)).decision).toBe(expected);
  });
});

describe("properties", () => {
  const condition = fc.constantFrom<Fields>(
    {},
    { StringEquals: { "aws:SourceVpc": "vpc-1" } },
    { StringNotLike: { "aws:SourceVpc": ["vpc-*", "x"] } },
    { Null: { "aws:SourceVpc": "true" } },
    { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
    { NumericLessThanIfExists: { "s3:max-keys": "3" } },
  );
  const statement = fc
    .record({
      Effect: fc.constantFrom("Allow", "Deny"),
      Principal: fc.constantFrom<unknown>("*", { AWS: owner }, { AWS: partner }, { Service: "sns.amazonaws.com" }),
      Action: fc.constantFrom("*", "dynamodb:*", "sns:Publish"),
      Condition: condition,
    })
    .map((fields) => ({ Resource: "*", ...fields }));
  const requests = fc.record({
    principal: fc.constantFrom<RequestPrincipal>(
      user(owner),
      user(partner),
      user(stranger),
      service("sns.amazonaws.com"),
      anonymous,
    ),
    context: fc.record(
      {
        "aws:SourceVpc": fc.constantFrom("vpc-1", "vpc-2", unknownValue),
        "aws:TagKeys": fc.constantFrom<string | string[]>("a", ["a", "c"], []),
        "s3:max-keys": fc.constantFrom("1", "5", unknownValue),
      },
      { requiredKeys: [] },
    ),
  });
  const openness = { explicitDeny: 0, implicitDeny: 0, undecided: 1, allow: 2 };
  const open = (statements: Fields[], fields: Partial<AccessRequest>) => openness[decision(statements, fields)];

  it("a further Deny never opens", () => {
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 4 }),
        statement,
        requests,
        (statements, added, fields) => {
          expect(open([...statements, { ...added, Effect: "Deny" }], fields)).toBeLessThanOrEqual(
            open(statements, fields),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it("a further condition on an Allow never opens", () => {
    fc.assert(
      fc.property(statement, condition, requests, (base, added, fields) => {
        const narrowed = { ...base, Effect: "Allow", Condition: { ...added, ...base.Condition } };
        expect(open([narrowed], fields)).toBeLessThanOrEqual(open([{ ...base, Effect: "Allow" }], fields));
      }),
      { numRuns: 500 },
    );
  });

  it("the order of statements does not matter", () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 2, maxLength: 4 }), requests, (statements, fields) => {
        expect(decision([...statements].reverse(), fields)).toBe(decision(statements, fields));
      }),
    );
  });
});
