// Proves: what a document becomes, and the message for each mistake. Does not prove: that AWS refuses exactly the same
// documents; repeated keys inside JSON text are lost before we see them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PolicyDocument, PolicyDocumentError, parsePolicyDocument, readPolicyDocument } from "../../iam";
import { allow, type Fields, table, variable } from "./support/policies";

const inText = (...statements: Fields[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

describe("parsePolicyDocument", () => {
  it("normalises strings and lists", () => {
    const document: PolicyDocument = parsePolicyDocument({
      Id: "orders",
      Statement: {
        Sid: "Read",
        Effect: "Allow",
        Principal: { AWS: ["111122223333", "arn:aws:iam::444455556666:root"], Service: "sns.amazonaws.com" },
        Action: "dynamodb:GetItem",
        NotResource: [table],
        Condition: { NumericLessThan: { "s3:max-keys": 10 }, Bool: { "aws:SecureTransport": true } },
      },
    });
    expect(document).toMatchObject({
      version: "2008-10-17",
      id: "orders",
      statements: [
        {
          label: '"Read"',
          sid: "Read",
          effect: "Allow",
          principals: {
            except: false,
            entries: [
              { type: "account", account: "111122223333", written: "111122223333" },
              { type: "account", account: "444455556666", written: "arn:aws:iam::444455556666:root" },
              { type: "service", written: "sns.amazonaws.com" },
            ],
          },
          actions: { except: false, entries: ["dynamodb:GetItem"] },
          resources: { except: true, entries: [table] },
          conditions: [
            { operator: { name: "NumericLessThan", ifExists: false }, key: "s3:max-keys", values: ["10"] },
            { operator: { name: "Bool" }, key: "aws:SecureTransport", values: ["true"] },
          ],
        },
      ],
    });
  });

  it("reads JSON text like the object", () => {
    const statement = allow({
      Action: ["sns:Publish"],
      Condition: { StringLike: { "aws:PrincipalTag/team": `${variable("aws:username")}-*` } },
    });
    expect(parsePolicyDocument(inText(statement))).toEqual(
      parsePolicyDocument({ Version: "2012-10-17", Statement: [statement] }),
    );
  });

  it("completes short ARNs in identity policies only", () => {
    const statement = { Effect: "Allow", Action: "sqs:*", Resource: "arn:aws:sqs" };
    expect(parsePolicyDocument({ Statement: statement }, "identity").statements[0]!.resources!.entries).toEqual([
      "arn:aws:sqs:*:*:*",
    ]);
    const attached = parsePolicyDocument({ Statement: { ...statement, Principal: "*" } });
    expect(attached.statements[0]!.resources!.entries).toEqual(["arn:aws:sqs"]);
  });

  it("needs no resource in a trust policy", () => {
    const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
    expect(parsePolicyDocument({ Statement: [trust] }, "trust").statements[0]!.resources).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ["not JSON", "{", "policy document: is not JSON ("],
    ["a list", [], "policy document: is a list. Write an object"],
    ["null", "null", "policy document: is null. Write an object"],
    [
      "version",
      { Version: "2012-10-18", Statement: [] },
      'policy document, Version: is "2012-10-18". Write "2012-10-17"',
    ],
    ["no statement", {}, "policy document: has no Statement. Add a list of statements"],
    ["empty statement", { Statement: [] }, "policy document, Statement: is empty. Write at least one statement"],
    [
      "unknown element",
      { statement: [] },
      'policy document: has an unknown element "statement". Did you mean "Statement"?',
    ],
    ["text as statement", { Statement: ["Allow"] }, 'policy document, Statement[0]: is "Allow". Write an object'],
    [
      "no effect",
      { Statement: [{ ...allow(), Effect: undefined }] },
      'policy document, Statement[0].Effect: is missing. Write "Allow" or "Deny"',
    ],
    [
      "wrong effect",
      { Statement: [{ ...allow(), Effect: "allow" }] },
      'policy document, Statement[0].Effect: is "allow". Write "Allow" or "Deny"',
    ],
    [
      "two actions",
      { Statement: [{ ...allow(), NotAction: "*" }] },
      "policy document, Statement[0]: has both Action and NotAction. Keep one",
    ],
    [
      "no action",
      { Statement: [{ Effect: "Allow", Principal: "*", Resource: "*" }] },
      "policy document, Statement[0]: has neither Action nor NotAction. Add one",
    ],
    [
      "action without service",
      { Statement: allow({ Action: "GetItem" }) },
      'policy document, Statement.Action: "GetItem" is no action. Write "service:Action", for example "sns:Publish"',
    ],
    [
      "no principal",
      { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
      "policy document, Statement[0]: has no Principal, which every statement of a resource policy needs. Add it",
    ],
    [
      "no resource",
      { Statement: [{ Effect: "Allow", Action: "*", Principal: "*" }] },
      "policy document, Statement[0]: has no Resource, which every statement of a resource policy needs. Add it",
    ],
    [
      "resource that is no ARN",
      { Statement: [allow({ Resource: "orders" })] },
      'policy document, Statement[0].Resource: "orders" is no resource. Write an ARN or "*"',
    ],
    [
      "principal as text",
      { Statement: [allow({ Principal: "111122223333" })] },
      'policy document, Statement[0].Principal: is "111122223333". Write "*" or a map such as {"AWS": "111122223333"}',
    ],
    [
      "kind of principal",
      { Statement: [allow({ Principal: { Aws: "*" } })] },
      'policy document, Statement[0].Principal.Aws: unknown kind of principal "Aws". Allowed: AWS, Service, Federated, CanonicalUser',
    ],
    [
      "service wildcard",
      { Statement: [allow({ Principal: { Service: "*" } })] },
      'policy document, Statement[0].Principal.Service: "*" is no service principal. Write one such as "sns.amazonaws.com"',
    ],
    [
      "wildcard in a principal",
      { Statement: [allow({ Principal: { AWS: "arn:aws:iam::111122223333:role/*" } })] },
      'policy document, Statement[0].Principal.AWS: "arn:aws:iam::111122223333:role/*": a wildcard cannot be part of a principal. Write "*" with a condition on aws:PrincipalArn, or name the principals',
    ],
    [
      "account id",
      { Statement: [allow({ Principal: { AWS: "1111" } })] },
      'policy document, Statement[0].Principal.AWS: "1111" is no principal. Write "*", an account id of 12 digits or the ARN of a user or role',
    ],
    [
      "number",
      { Statement: [allow({ Action: ["a:b", 5] })] },
      "policy document, Statement[0].Action[1]: is 5. Write a string",
    ],
    [
      "operator case",
      { Statement: [allow({ Condition: { "ForAnyValue:stringequals": {} } })] },
      'policy document, Statement[0].Condition: unknown condition operator "ForAnyValue:stringequals". Did you mean "ForAnyValue:StringEquals"?',
    ],
    [
      "set operator on Null",
      { Statement: [allow({ Condition: { NullIfExists: {} } })] },
      'policy document, Statement[0].Condition: Null takes neither a set operator nor IfExists, got "NullIfExists". Write "Null".',
    ],
    [
      "IP range",
      { Statement: [allow({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/33" } } })] },
      'policy document, Statement[0].Condition.IpAddress.aws:SourceIp: is "10.0.0.0/33"; IpAddress needs an address or CIDR range',
    ],
    [
      "boolean",
      { Statement: [allow({ Condition: { Bool: { "aws:SecureTransport": "yes" } } })] },
      'policy document, Statement[0].Condition.Bool.aws:SecureTransport: is "yes"; Bool needs "true" or "false"',
    ],
    [
      "number text",
      { Statement: [allow({ Condition: { NumericEquals: { "s3:max-keys": "ten" } } })] },
      'policy document, Statement[0].Condition.NumericEquals.s3:max-keys: is "ten"; NumericEquals needs a number',
    ],
    [
      "date",
      { Statement: [allow({ Condition: { DateLessThan: { "aws:CurrentTime": "tomorrow" } } })] },
      'policy document, Statement[0].Condition.DateLessThan.aws:CurrentTime: is "tomorrow"; DateLessThan needs a date such as 2026-01-31T12:00:00Z, or seconds since 1970',
    ],
    [
      "value that is an object",
      { Statement: [allow({ Condition: { StringEquals: { "aws:username": {} } } })] },
      "policy document, Statement[0].Condition.StringEquals.aws:username: is an object. Write a string",
    ],
  ])("refuses %s", (_, input, message) => {
    const read = readPolicyDocument(input);
    expect("error" in read && read.error.message).toSatisfy((found: string) => found.startsWith(message));
    expect(() => parsePolicyDocument(input)).toThrow(PolicyDocumentError);
  });

  it("says which elements belong to which kind of policy", () => {
    const statement = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", Resource: "*" };
    expect(() => parsePolicyDocument({ Statement: [statement] }, "identity")).toThrow(
      "Statement[0]: has a Principal, which no identity policy may have. Remove it",
    );
    expect(() => parsePolicyDocument({ Statement: [statement] }, "trust")).toThrow(
      "Statement[0]: has a Resource, which no trust policy may have. Remove it",
    );
  });

  it("never fails otherwise, whatever the input", () => {
    const anything = fc.oneof(fc.anything({ withBigInt: true, withDate: true, withMap: true }), fc.json(), fc.string());
    const almost = fc.record(
      { Version: anything, Statement: fc.oneof(anything, fc.array(almostStatement(anything))) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anything, almost), fc.constantFrom("resource", "identity", "trust"), (input, type) => {
        const read = readPolicyDocument(input, type as "resource");
        if ("error" in read) expect(read.error).toBeInstanceOf(PolicyDocumentError);
        else expect(read.document.statements.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});

function almostStatement(anything: fc.Arbitrary<unknown>) {
  const or = (...usual: unknown[]) => fc.oneof(fc.constantFrom(...usual), anything);
  return fc.record(
    {
      Effect: or("Allow", "Deny"),
      Principal: or("*", { AWS: "111122223333" }),
      Action: or("sns:Publish", ["*"]),
      Resource: or("*", table),
      Condition: fc.oneof(fc.dictionary(or("StringEquals", "Bool", "__proto__").map(String), anything), anything),
    },
    { requiredKeys: [] },
  );
}
