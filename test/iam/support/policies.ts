import { type AccessRequest, type PolicyDocument, parsePolicyDocument, type RequestPrincipal } from "../../../iam";

export const owner = "111122223333";
export const stranger = "999988887777";
export const partner = "444455556666";
export const table = `arn:aws:dynamodb:eu-west-1:${owner}:table/orders`;
export const topic = `arn:aws:sns:eu-west-1:${owner}:alarms`;

export type Fields = Record<string, unknown>;

/** A statement that allows everyone everything, but for what is given. */
export const allow = (fields: Fields = {}): Fields => statement("Allow", fields);
export const deny = (fields: Fields = {}): Fields => statement("Deny", fields);

function statement(Effect: "Allow" | "Deny", fields: Fields): Fields {
  const principal = "NotPrincipal" in fields ? {} : { Principal: "*" };
  const action = "NotAction" in fields ? {} : { Action: "*" };
  const resource = "NotResource" in fields ? {} : { Resource: "*" };
  return { Effect, ...principal, ...action, ...resource, ...fields };
}

/** A resource policy of these statements. */
export function policy(...statements: Fields[]): PolicyDocument {
  return parsePolicyDocument({ Version: "2012-10-17", Statement: statements });
}

/** An identity policy of these statements. */
export function identityPolicy(...statements: Fields[]): PolicyDocument {
  const withoutPrincipal = statements.map(({ Principal, ...rest }) => rest);
  return parsePolicyDocument({ Version: "2012-10-17", Statement: withoutPrincipal }, "identity");
}

export const service = (name: string): RequestPrincipal => ({ service: name });
export const user = (accountId: string, name = "ana") => ({
  arn: `arn:aws:iam::${accountId}:user/${name}`,
  accountId,
});
export const anonymous: RequestPrincipal = { anonymous: true };

export function request(fields: Partial<AccessRequest> = {}): AccessRequest {
  return { principal: user(owner), action: "dynamodb:GetItem", resource: table, ...fields };
}

/** A policy variable as written in a document. */
export const variable = (name: string): string => ["$", "{", name, "}"].join("");
