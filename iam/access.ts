import type { PolicyDocument } from "./document";
import { type Decision, decide, type Judgement, judge } from "./evaluate";
import type { AccessRequest } from "./request";

/** The policies that bear on one request. */
export interface AccessPolicies {
  /** Policy of the resource: bucket, topic, queue, function, table or key policy, or a role's trust policy. */
  readonly resourcePolicy?: PolicyDocument;
  /** Account that owns the resource. */
  readonly resourceAccount: string;
  /** All policies of the calling user or role. Absent: not known. Not asked for services and anonymous callers. */
  readonly identityPolicies?: readonly PolicyDocument[];
}

/**
 * Whether a request goes through, by resource and identity policies together. Organization policies, permissions
 * boundaries, session policies, VPC endpoint policies and KMS grants are not considered.
 *
 * - A service, or nobody in particular, has no identity policies: the resource policy alone decides.
 * - In one account, either policy is enough (IAM user guide, "Policy evaluation for requests within a single account").
 *   An Allow for the account as principal only hands the decision to the account's identity policies.
 * - For KMS keys and role trust policies the resource policy must allow: without an Allow for the account, identity
 *   policies that allow are without effect (KMS developer guide, "Default key policy").
 * - Across accounts, both must allow (IAM user guide, "Cross-account policy evaluation logic").
 */
export function mayAccess(policies: AccessPolicies, request: AccessRequest): Decision {
  const resource = policies.resourcePolicy ? judge(policies.resourcePolicy, request) : [];
  const { principal } = request;
  if (!("arn" in principal)) return decide(resource);
  const sameAccount = principal.accountId === policies.resourceAccount;
  const found = byBoth(resource, policies.identityPolicies && judge(policies.identityPolicies, request), {
    sameAccount,
    needsResourcePolicy: !sameAccount || /^(kms:|sts:AssumeRole)/i.test(request.action),
  });
  // Identity policies that nobody has seen may deny.
  return found.decision === "allow" && policies.identityPolicies === undefined ? notSeen : found;
}

const notSeen: Decision = { decision: "undecided", why: "The caller's identity policies are not known." };

function byBoth(
  resource: readonly Judgement[],
  identity: readonly Judgement[] | undefined,
  rules: { readonly sameAccount: boolean; readonly needsResourcePolicy: boolean },
): Decision {
  const denies = [...resource, ...(identity ?? [])].filter(({ statement }) => statement.effect === "Deny");
  const denied = decide(denies);
  if (denied.decision === "explicitDeny") return denied;

  const byIdentity = identity ? decide([...identity, ...denies]) : notSeen;
  const handedOver = rules.needsResourcePolicy ? both(decide([...resource, ...denies]), byIdentity) : byIdentity;
  if (!rules.sameAccount) return handedOver;

  const allows = resource.filter(({ statement }) => statement.effect === "Allow");
  const direct = decide([...allows.map((each) => ({ ...each, applies: each.appliesDirectly })), ...denies]);
  return either(direct, handedOver);
}

function both(one: Decision, other: Decision): Decision {
  const open = [one, other];
  return (
    open.find(({ decision }) => decision === "implicitDeny") ??
    open.find(({ decision }) => decision === "undecided") ??
    one
  );
}

function either(one: Decision, other: Decision): Decision {
  const open = [one, other];
  return (
    open.find(({ decision }) => decision === "allow") ?? open.find(({ decision }) => decision === "undecided") ?? other
  );
}
