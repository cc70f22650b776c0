import { arnComponents } from "./wildcards";

/** Value of a context key that may be there or not, with any value: nobody knows before deployment. */
export const unknownValue: unique symbol = Symbol("unknown value");

/** One value, the values of a multivalued key, or `unknownValue`. */
export type ContextValue = string | readonly string[] | typeof unknownValue;

/** Who calls. */
export type RequestPrincipal =
  /**
   * An AWS service on its own behalf. `alsoNamed`: further principal names that AWS accepts for the same call, for
   * example `logs.eu-west-1.amazonaws.com` beside `logs.amazonaws.com`.
   */
  | { readonly service: string; readonly alsoNamed?: readonly string[] }
  /**
   * A user, role, role session or account root. `roleArn`: for a session, the ARN of its role; a session's own ARN
   * does not hold the role's path, so without it what is said about the role stays undecided.
   */
  | { readonly arn: string; readonly accountId: string; readonly roleArn?: string }
  | { readonly anonymous: true };

/** One call to AWS, as the evaluation of policies sees it. */
export interface AccessRequest {
  readonly principal: RequestPrincipal;
  /** For example `sns:Publish`. No wildcard. */
  readonly action: string;
  /** ARN of what is acted on. No wildcard. */
  readonly resource: string;
  /** Context keys by name; names are not case sensitive. Keys that follow from the principal need not be listed. */
  readonly context?: Readonly<Record<string, ContextValue>>;
  /** What a key means that is not listed: not in the request (default), or not known. */
  readonly unlistedKeys?: "absent" | "unknown";
}

/** Reads a context key. Undefined: the request does not hold it. */
export type ContextLookup = (key: string) => readonly string[] | typeof unknownValue | undefined;

export function contextOf(request: AccessRequest): ContextLookup {
  const values = new Map<string, ContextValue | undefined>(principalKeys(request.principal));
  for (const [key, value] of Object.entries(request.context ?? {})) values.set(key.toLowerCase(), value);
  return (key) => {
    const name = key.toLowerCase();
    const value = values.get(name);
    if (value === unknownValue) return unknownValue;
    if (value === undefined) {
      return !values.has(name) && request.unlistedKeys === "unknown" ? unknownValue : undefined;
    }
    return typeof value === "string" ? [value] : value;
  };
}

/**
 * Keys that follow from who calls (IAM user guide, "AWS global condition context keys", section "Properties of the
 * principal"). A key with value undefined is known to be absent.
 */
function principalKeys(principal: RequestPrincipal): [string, ContextValue | undefined][] {
  if ("anonymous" in principal) {
    return [
      ["aws:principalaccount", "anonymous"],
      ["aws:principalarn", undefined],
      ["aws:principalorgid", undefined],
      ["aws:principalorgpaths", undefined],
      ["aws:principalisawsservice", undefined],
      ["aws:principalservicename", undefined],
      ["aws:principalservicenameslist", undefined],
    ];
  }
  if ("service" in principal) {
    return [
      // The account that a service calls from is AWS's own and not published.
      ["aws:principalaccount", unknownValue],
      ["aws:principalarn", unknownValue],
      // A service is no member of a customer's organization.
      ["aws:principalorgid", undefined],
      ["aws:principalorgpaths", undefined],
      ["aws:principalisawsservice", "true"],
      ["aws:principalservicename", principal.service],
      ["aws:principalservicenameslist", [principal.service, ...(principal.alsoNamed ?? [])]],
    ];
  }
  return [
    ["aws:principalaccount", principal.accountId],
    // A session shows the ARN of its role here.
    ["aws:principalarn", isRoleSession(principal.arn) ? (principal.roleArn ?? unknownValue) : principal.arn],
    ["aws:principalisawsservice", "false"],
    ["aws:principalservicename", undefined],
    ["aws:principalservicenameslist", undefined],
    // Only a service's own call carries these.
    ["aws:sourceaccount", undefined],
    ["aws:sourcearn", undefined],
    ["aws:sourceorgid", undefined],
    ["aws:sourceorgpaths", undefined],
  ];
}

export function isRoleSession(arn: string): boolean {
  const parts = arnComponents(arn);
  return parts?.[2] === "sts" && parts[5]!.startsWith("assumed-role/");
}
