import { all, any, type Condition, differs, oneOf } from "../condition";
import { Inexpressible } from "./error";

/** A role's ARN is here for every session of the role; `userIdentity.arn` then ends with the session's name. */
export const issuerField = "userIdentity.sessionContext.sessionIssuer.arn";
export const callerField = "userIdentity.arn";

/** Of whom neither is known: the account that the caller belongs to. */
export const accountField = "userIdentity.accountId";

/** Whom a filter can meet: events with a session issuer, without one, with neither that nor an ARN of the caller, or all. */
export type Callers = "any" | "withIssuer" | "withoutIssuer" | "withoutArn";

/**
 * The shapes of a principal's ARN in CloudTrail (CloudTrail user guide, "userIdentity element"; IAM user guide, "IAM
 * identifiers"). A `*` may stand at the end of a name.
 */
const name = "[\\w+=,.@-]*";
const path = "([\\x21-\\x29\\x2b-\\x2e\\x30-\\x7e]+/)*";
const arn = (service: string, resource: string): RegExp =>
  new RegExp(`^arn:aws[a-z-]*:${service}::\\d{12}:${resource}$`);
const role = arn("iam", `role/${path}${name}\\*?`);
const callers = [
  arn("iam", "root"),
  arn("iam", `user/${path}${name}\\*?`),
  arn("sts", `assumed-role/${name}/${name}\\*?`),
  arn("sts", `assumed-role/${name}\\*`),
  arn("sts", `federated-user/${name}\\*?`),
];

export interface Principals {
  /** Matched against the session issuer. */
  roles: readonly string[];
  /** Matched against the caller itself: users, root, federated users, single role sessions. */
  others: readonly string[];
}

/** Sorts ARNs by the field that holds them. Throws Inexpressible for what is not a principal's ARN. */
export function readPrincipals(setting: string, arns: readonly string[] = []): Principals {
  const unique = [...new Set(arns)];
  for (const text of unique) {
    if (isNamed(text) && (role.test(text) || callers.some((shape) => shape.test(text)))) continue;
    throw new Inexpressible(`${setting}: "${text}" ${whatIsWrong(text)}`);
  }
  return { roles: unique.filter((text) => role.test(text)), others: unique.filter((text) => !role.test(text)) };
}

/** `role/` and `user/app/` lack a name; `role/app/*` does not. */
const isNamed = (text: string): boolean => !text.endsWith("/");

function whatIsWrong(text: string): string {
  if (text.slice(0, -1).includes("*")) return "has a * that is not at its end. A filter pattern cannot match that.";
  if (!text.startsWith("arn:")) return "is not an ARN. Write arn:aws:iam::111122223333:role/app/orders.";
  if (/:iam::\d{12}:group\//.test(text)) return "is a group. CloudTrail names users and roles: list those.";
  if (/:sts::\d{12}:assumed-role\/[^/*]+$/.test(text)) {
    return `lacks the session's name. For all sessions write the role's own ARN, ${text.replace(":sts:", ":iam:").replace("assumed-role", "role")}.`;
  }
  return (
    "is not the ARN of a principal. Write arn:aws:iam::<12 digits>:role/<path/name>, …:user/<path/name> or …:root, or " +
    "arn:aws:sts::<12 digits>:assumed-role/<role>/<session> or …:federated-user/<name>; a * may end it."
  );
}

/** Throws Inexpressible where all that are to count are also to be ignored: the detection could never fire. */
export function refuseNobody(only: Principals, ignored: Principals): void {
  const wanted = [...only.roles, ...only.others];
  const left = [...ignored.roles, ...ignored.others];
  const isIgnored = (arn: string): boolean =>
    left.some((other) => (other.endsWith("*") ? arn.startsWith(other.slice(0, -1)) : arn === other));
  if (wanted.length === 0 || !wanted.every(isIgnored)) return;
  throw new Inexpressible(
    "onlyPrincipals: each of them is ignored as well (ignorePrincipals or workloadPrincipals), so that nothing could ever count. " +
      "Take out one of the two.",
  );
}

const haveIssuer = (met: Callers): boolean => met === "any" || met === "withIssuer";

/**
 * Roles that AWS services alone can assume, to keep up what the account has asked for: capacity that follows a target,
 * replicas, recorders, backups. IAM reserves the path, so nobody can give it to a role of their own.
 */
export const serviceLinkedRoles = "*:role/aws-service-role/*";

/** Events of everyone but these. Undefined where it would exclude nobody. */
export function noneOfPrincipals({ roles, others }: Principals, met: Callers): Condition | undefined {
  const guards = [
    ...(roles.length > 0 && haveIssuer(met) ? [differs(issuerField, ...roles)] : []),
    ...(others.length > 0 && met !== "withoutArn" ? [differs(callerField, ...others)] : []),
  ];
  return guards.length === 0 ? undefined : all(...guards);
}

/** Events of these only. "nobody" where the filter can never match; undefined where no list is given. */
export function oneOfPrincipals({ roles, others }: Principals, met: Callers): Condition | "nobody" | undefined {
  if (roles.length + others.length === 0) return undefined;
  const issuers = others.filter((arn) => /:iam::\d{12}:(user\/|root$)/.test(arn));
  const branches = [
    ...(roles.length > 0 && haveIssuer(met) ? [oneOf(issuerField, ...roles)] : []),
    ...(others.length > 0 && met !== "withoutArn" ? [oneOf(callerField, ...others)] : []),
    // A user's GetFederationToken session calls under a name of its own; the user is its issuer.
    ...(issuers.length > 0 && haveIssuer(met) ? [oneOf(issuerField, ...issuers)] : []),
  ];
  return branches.length === 0 ? "nobody" : any(...branches);
}
