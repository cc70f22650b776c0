import { type Answer, answer, anyOf, no, not, unknown, yes } from "./answer";
import { isRoleSession, type RequestPrincipal } from "./request";
import { arnComponents } from "./wildcards";

/** One entry of a `Principal` or `NotPrincipal` element (IAM user guide, "AWS JSON policy elements: Principal"). */
export type PrincipalEntry = {
  /** As written in the document. */
  readonly written: string;
} & (
  | { readonly type: "everyone" }
  /** An account: every principal in it to whom the account's own policies give the right. */
  | { readonly type: "account"; readonly account: string }
  /** A user, a role or a session. */
  | { readonly type: "arn"; readonly account: string }
  | { readonly type: "service" }
  | { readonly type: "federated" }
  | { readonly type: "canonicalUser" }
  /** `AIDA…`, `AROA…`: what AWS shows for a principal that was deleted. */
  | { readonly type: "uniqueId" }
);

/** Reads one entry, or says what is wrong with it. */
export function readPrincipal(kind: string, written: string): PrincipalEntry | { readonly problem: string } {
  switch (kind) {
    case "AWS":
      return readAwsPrincipal(written);
    case "Service":
      // "The service principal in an IAM policy can't be "Service": "*"", says the page named above.
      return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(written)
        ? { type: "service", written }
        : { problem: `${JSON.stringify(written)} is no service principal. Write one such as "sns.amazonaws.com"` };
    case "Federated":
      return written.includes("*")
        ? { problem: "a wildcard cannot stand for identity providers. Name the provider" }
        : { type: "federated", written };
    case "CanonicalUser":
      return { type: "canonicalUser", written };
    default:
      return {
        problem: `unknown kind of principal ${JSON.stringify(kind)}. Allowed: AWS, Service, Federated, CanonicalUser`,
      };
  }
}

function readAwsPrincipal(written: string): PrincipalEntry | { readonly problem: string } {
  if (written === "*") return { type: "everyone", written };
  if (/[*?]/.test(written)) {
    return {
      problem:
        `${JSON.stringify(written)}: a wildcard cannot be part of a principal. ` +
        'Write "*" with a condition on aws:PrincipalArn, or name the principals',
    };
  }
  if (/^\d{12}$/.test(written)) return { type: "account", account: written, written };
  if (/^A[A-Z0-9]{15,127}$/.test(written)) return { type: "uniqueId", written };
  const parts = arnComponents(written);
  // CloudFront's origin access identities have "cloudfront" in place of an account.
  if (parts?.[0] === "arn" && /^(iam|sts)$/.test(parts[2]!) && /^(\d{12}|cloudfront)$/.test(parts[4]!)) {
    const account = parts[4]!;
    return parts[5] === "root" ? { type: "account", account, written } : { type: "arn", account, written };
  }
  return {
    problem: `${JSON.stringify(written)} is no principal. Write "*", an account id of 12 digits or the ARN of a user or role`,
  };
}

/**
 * Whether an entry names the caller. `"*"` and `{"AWS": "*"}` are everyone, services included: AWS's own example lets
 * CloudWatch publish that way (SNS developer guide, "Example cases for Amazon SNS access control", section "Allow any
 * CloudWatch alarm to publish to a topic in a different account").
 */
export function names(entry: PrincipalEntry, caller: RequestPrincipal): Answer {
  const label = `principal ${JSON.stringify(entry.written)}`;
  if (entry.type === "everyone") return yes(`${label} is everyone`);
  if (entry.type === "federated" || entry.type === "canonicalUser" || entry.type === "uniqueId") {
    return "arn" in caller
      ? unknown(`${label}: whether this is the caller cannot be seen from an ARN`)
      : no(`${label} is not the caller`);
  }
  if ("service" in caller) {
    const called = [caller.service, ...(caller.alsoNamed ?? [])];
    // Names of Regions are exact: s3.amazonaws.com does not stand for s3.ap-east-1.amazonaws.com (same page).
    return answer(entry.type === "service" && called.includes(entry.written), `${label}, called by ${caller.service}`);
  }
  if ("anonymous" in caller) return no(`${label}, called anonymously`);
  if (entry.type === "account") return answer(entry.account === caller.accountId, `${label}, called by ${caller.arn}`);
  return entry.type === "arn" ? namesIdentity(entry.written, caller, label) : no(`${label}, called by ${caller.arn}`);
}

function namesIdentity(written: string, caller: { arn: string; roleArn?: string }, label: string): Answer {
  if (written === caller.arn || written === caller.roleArn) return yes(`${label} is the caller`);
  const role = arnComponents(written);
  const session = arnComponents(caller.arn);
  if (caller.roleArn === undefined && isRoleSession(caller.arn) && role && session) {
    const sameName = role[5]!.startsWith("role/") && role[5]!.split("/").at(-1) === session[5]!.split("/")[1];
    if (sameName && role[4] === session[4]) return unknown(`${label}: the path of the session's role is not known`);
  }
  return no(`${label}, called by ${caller.arn}`);
}

/** Whether a statement's `Principal` applies to the caller. */
export function applies(entries: readonly PrincipalEntry[], caller: RequestPrincipal): Answer {
  const written = entries.map((entry) => JSON.stringify(entry.written)).join(", ") || "nobody";
  return anyOf(
    entries.map((entry) => names(entry, caller)),
    `principal ${written} is not ${callerText(caller)}`,
  );
}

/**
 * Whether a statement's `NotPrincipal` applies to the caller. AWS may check the account before the user or role, so an
 * exception must name both; with only one of them the outcome is not documented (IAM user guide, "AWS JSON policy
 * elements: NotPrincipal", section "Key points").
 */
export function appliesExcept(entries: readonly PrincipalEntry[], caller: RequestPrincipal): Answer {
  if (!("arn" in caller)) return not(applies(entries, caller));
  const listed = (of: readonly PrincipalEntry[]) => applies(of, caller);
  if (listed(entries.filter((entry) => entry.type === "everyone")).truth === true)
    return no("NotPrincipal is everyone");
  const account = listed(entries.filter((entry) => entry.type === "account"));
  const identity = listed(entries.filter((entry) => entry.type !== "account"));
  if (account.truth === false && identity.truth === false) return yes(`NotPrincipal does not list ${caller.arn}`);
  if (account.truth === true && identity.truth === true) return no(`NotPrincipal lists ${caller.arn} and its account`);
  if (account.truth === true && caller.arn.endsWith(":root")) return no(`NotPrincipal lists ${caller.arn}`);
  return unknown(`NotPrincipal must list both ${caller.arn} and its account to except it`);
}

export function callerText(caller: RequestPrincipal): string {
  if ("service" in caller) return caller.service;
  return "arn" in caller ? caller.arn : "an anonymous caller";
}
