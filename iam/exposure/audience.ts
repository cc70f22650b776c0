/** Whom the owner of a resource counts as inside. */
export interface Trust {
  /** Account that owns the resource. Absent: not known, so that an account that is not allowed is undecided. */
  readonly ownerAccount?: string;
  /** Further account ids that may be let in. Default: none. */
  readonly allowedAccounts?: readonly string[];
  /** Organization ids (`o-…`) whose members may be let in. Default: none. */
  readonly allowedOrganizations?: readonly string[];
}

/** From best to worst. `undecided`: not known, and not a pass. */
export const exposures = ["private", "undecided", "cross-account", "public"] as const;
export type Exposure = (typeof exposures)[number];

/** A set of callers, as far as a policy tells. */
export type Audience =
  | { readonly kind: "everyone" }
  /** Principals of these accounts. */
  | { readonly kind: "accounts"; readonly accounts: readonly string[] }
  | { readonly kind: "organizations"; readonly organizations: readonly string[] }
  /** AWS services; empty: any of them. */
  | { readonly kind: "services"; readonly services: readonly string[] }
  /** Services that act for resources of these accounts, or of these organizations. */
  | { readonly kind: "serviceSource"; readonly of: Audience }
  /** Whoever calls from these networks. AWS counts that as not public. */
  | { readonly kind: "networks"; readonly networks: readonly string[] }
  /** Not everyone; but who, the policy does not tell. */
  | { readonly kind: "unclear"; readonly why: string };

export interface Rating {
  readonly exposure: Exposure;
  readonly why: string;
}

/** How exposed a resource is to one audience. */
export function rate(audience: Audience, trust: Trust): Rating {
  switch (audience.kind) {
    case "everyone":
      return { exposure: "public", why: "anyone may call" };
    case "accounts":
      return worst(audience.accounts.map((account) => rateAccount(account, trust)));
    case "organizations":
      return worst(
        audience.organizations.map((id) => ({
          exposure: trust.allowedOrganizations?.includes(id) ? "private" : "cross-account",
          why: `organization ${id} is ${trust.allowedOrganizations?.includes(id) ? "" : "not "}allowed`,
        })),
      );
    case "services":
      return { exposure: "private", why: `only ${audience.services.join(", ") || "AWS services"}` };
    case "serviceSource":
      return rate(audience.of, trust);
    case "networks":
      return { exposure: "private", why: `only from ${audience.networks.join(", ")}` };
    case "unclear":
      return { exposure: "undecided", why: audience.why };
  }
}

function rateAccount(account: string, trust: Trust): Rating {
  if (account === trust.ownerAccount) return { exposure: "private", why: `account ${account} owns the resource` };
  if (trust.allowedAccounts?.includes(account)) return { exposure: "private", why: `account ${account} is allowed` };
  return trust.ownerAccount === undefined
    ? {
        exposure: "undecided",
        why: `account ${account} is not in the allowed list, and who owns the resource is not known`,
      }
    : { exposure: "cross-account", why: `account ${account} is not allowed` };
}

export const nobody: Rating = { exposure: "private", why: "nobody" };

/** Rating of a union: an empty one lets nobody in. */
export function worst(ratings: readonly Rating[]): Rating {
  return ratings.length === 0 ? nobody : ratings.reduce((a, b) => (rank(b) > rank(a) ? b : a));
}

/** A certain foreign account is worse news than an unclear one, so among limits `cross-account` beats `undecided`. */
const narrowest: readonly Exposure[] = ["private", "cross-account", "undecided", "public"];

/**
 * Rating of an intersection: whoever is let in belongs to every one of these, so the best rating holds for the whole.
 * Each element is a union.
 */
export function rateIntersection(unions: readonly (readonly Audience[])[], trust: Trust): Rating {
  const source = unions.filter((union) => isAll(union, "serviceSource"));
  // A named service is let in by name; for whom it acts is said by the source conditions, if there are any.
  const considered = source.length > 0 ? unions.filter((union) => !isAll(union, "services")) : unions;
  return intersectAccounts(considered)
    .map((union) => worst(union.map((each) => rate(each, trust))))
    .reduce((a, b) => (narrowest.indexOf(b.exposure) < narrowest.indexOf(a.exposure) ? b : a));
}

/** Whether a union has members, and all of this kind. */
export function isAll(union: readonly Audience[], kind: Audience["kind"]): boolean {
  return union.length > 0 && union.every((each) => each.kind === kind);
}

/** Several lists of accounts: only who is on each of them is let in. */
function intersectAccounts(unions: readonly (readonly Audience[])[]): (readonly Audience[])[] {
  const lists = unions.map((union) => (union.length === 1 && union[0]!.kind === "accounts" ? union[0] : undefined));
  const found = lists.flatMap((list) => (list ? [list.accounts] : []));
  if (found.length < 2) return [...unions];
  const accounts = found.reduce((a, b) => a.filter((account) => b.includes(account)));
  return [...unions.filter((_, i) => lists[i] === undefined), [{ kind: "accounts", accounts }]];
}

function rank(rating: Rating): number {
  return exposures.indexOf(rating.exposure);
}
