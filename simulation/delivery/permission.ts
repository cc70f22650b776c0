import { mayAccess } from "../../iam/access";
import { type PolicyDocument, readPolicyDocument } from "../../iam/document";
import { type Decision, evaluate } from "../../iam/evaluate";
import type { AccessRequest } from "../../iam/request";
import { assumed, broken, type Hop, type HopName, ok } from "./hop";

/** Asks a resource's policy whether a request of an AWS service may go through. The policy is JSON text or an object. */
export function servicePermission(hop: HopName, at: string, policy: unknown, requests: readonly AccessRequest[]): Hop {
  const read = readPolicyDocument(policy);
  if ("error" in read) return broken(hop, at, read.error.message);
  return judged(hop, at, requests, (request) =>
    mayAccess({ resourcePolicy: read.document, resourceAccount: accountIn(request.resource) }, request),
  );
}

/** Asks the identity policies of a role. */
export function rolePermission(
  hop: HopName,
  at: string,
  policies: readonly unknown[],
  requests: readonly AccessRequest[],
): Hop {
  const documents: PolicyDocument[] = [];
  for (const policy of policies) {
    const read = readPolicyDocument(policy, "identity");
    if ("error" in read) return broken(hop, at, read.error.message);
    documents.push(read.document);
  }
  return judged(hop, at, requests, (request) => evaluate(documents, request));
}

/** Asks the trust policy of a role. */
export function trustPermission(hop: HopName, at: string, policy: unknown, request: AccessRequest): Hop {
  const read = readPolicyDocument(policy, "trust");
  if ("error" in read) return broken(hop, at, read.error.message);
  return judged(hop, at, [request], (each) => evaluate(read.document, each));
}

function judged(
  hop: HopName,
  at: string,
  requests: readonly AccessRequest[],
  decide: (request: AccessRequest) => Decision,
): Hop {
  let open: Hop | undefined;
  for (const request of requests) {
    const { decision, why } = decide(request);
    const who = "service" in request.principal ? request.principal.service : "the role";
    if (decision === "undecided") open ??= assumed(hop, at, `${request.action} for ${who} is not decided: ${why}`);
    else if (decision !== "allow") return broken(hop, at, `${who} may not ${request.action}. ${why}`);
  }
  return open ?? ok(hop, at);
}

/** Account in an ARN; empty in those of buckets. */
export const accountIn = (arn: string): string => arn.split(":")[4] ?? "";
