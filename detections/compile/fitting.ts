import { maxPatternLength } from "../filterPattern";
import { Inexpressible } from "./error";
import type { Principals } from "./principals";

/** What came of compiling with some lists of principals. */
export interface Attempt<Filter> {
  filters: Filter[];
  /** Characters of the longest pattern over AWS's limit. 0 or less: all fit. */
  excess: number;
}

type Try<Filter> = (ignored: Principals, only: Principals) => Attempt<Filter>;

/**
 * Compiles with the lists as written. Where they are too long, roles that share an IAM path become one wildcard over
 * that path, the longest paths first, and a note says so. Throws Inexpressible where that is not enough.
 */
export function fitPrincipals<Filter>(
  ignored: Principals,
  only: Principals,
  attempt: Try<Filter>,
): { filters: Filter[]; notes: string[] } {
  const written = attempt(ignored, only);
  if (written.excess <= 0) return { filters: written.filters, notes: wideWildcards(ignored) };

  for (let depth = Math.max(deepestPath(ignored), deepestPath(only)); depth > 0; depth--) {
    const ignore = foldRoles(ignored, depth);
    const count = foldRoles(only, depth);
    const { filters, excess } = attempt(ignore.principals, count.principals);
    if (excess > 0) continue;
    const notes = [
      ...wideWildcards(ignored),
      ...ignore.paths.map((path) => folded("ignorePrincipals", path, "is ignored")),
      ...count.paths.map((path) => folded("onlyPrincipals", path, "counts")),
    ];
    return { filters, notes };
  }
  throw new Inexpressible(whatWouldFit(written.excess, ignored, only, attempt));
}

const folded = (setting: string, path: string, effect: string): string =>
  `${setting} is too long to be listed one by one: ${path} ${effect}, with any role that is created under that path.`;

/** A wildcard may take in more than was meant: a whole account, names that only begin alike, sessions named by anybody. */
function wideWildcards({ roles, others }: Principals): string[] {
  return [...roles, ...others].flatMap((arn) => {
    const note = (effect: string): string[] => [`ignorePrincipals: ${arn} ${effect}`];
    if (/:[a-z-]+\/\*$/.test(arn)) return note("ignores every principal of its kind in that account.");
    if (/:assumed-role\/[^/]+\/[^*]+\*$/.test(arn)) {
      return note("ignores sessions by name, and whoever assumes the role chooses the name: list the role itself.");
    }
    if (/[^/]\*$/.test(arn)) return note("ignores every name that begins like this: end a wildcard at a path, `/*`.");
    return [];
  });
}

/** Path and name of a role, `app/orders/reader`. */
const pathAndName = (arn: string): string[] => arn.slice(arn.indexOf(":role/") + ":role/".length).split("/");

/** Number of path segments of the deepest role: `role/app/orders/reader` has 2. */
const deepestPath = ({ roles }: Principals): number => Math.max(0, ...roles.map((arn) => pathAndName(arn).length - 1));

/**
 * Roles that share the first `depth` segments of their IAM path become one wildcard: `role/app/*`. Paths only, never the
 * root and never a start of a name: who may create roles under a path is governed in IAM.
 */
function foldRoles({ roles, others }: Principals, depth: number): { principals: Principals; paths: string[] } {
  const pathOf = (arn: string): string => {
    const segments = pathAndName(arn);
    const root = arn.slice(0, arn.indexOf(":role/") + ":role/".length);
    return segments.length > depth ? `${root}${segments.slice(0, depth).join("/")}/*` : arn;
  };
  const folded = roles.map(pathOf);
  const shared = folded.filter((path, i) => path !== roles[i] && folded.indexOf(path) !== folded.lastIndexOf(path));
  const kept = roles.map((arn, i) => (shared.includes(folded[i]!) ? folded[i]! : arn));
  return { principals: { roles: [...new Set(kept)], others }, paths: [...new Set(shared)] };
}

/** Says by how much the pattern is too long, and a wildcard that was tried and fits. */
function whatWouldFit<Filter>(excess: number, ignored: Principals, only: Principals, attempt: Try<Filter>): string {
  const count = ({ roles, others }: Principals): number => roles.length + others.length;
  const problem = `the pattern is ${excess} characters over AWS's limit of ${maxPatternLength}.`;
  if (count(ignored) + count(only) === 0)
    return `${problem} Shorten ignoreSourceIps or ignoreVpcEndpoints, or the list that it reads.`;
  const setting = count(only) > count(ignored) ? "onlyPrincipals" : "ignorePrincipals";
  const long = setting === "onlyPrincipals" ? only : ignored;
  const roles = commonStarts(long.roles);
  const others = commonStarts(long.others);
  if (roles && others) {
    const short = { roles, others };
    const tried = setting === "onlyPrincipals" ? attempt(ignored, short) : attempt(short, only);
    if (tried.excess <= 0) {
      return `${problem} Instead of the ${count(long)} ARNs of ${setting} write ${[...roles, ...others].join(", ")}.`;
    }
  }
  return (
    `${problem} No wildcard over the ${count(long)} ARNs of ${setting} would fit: give the roles a common IAM path, for ` +
    "example /app/, and write arn:aws:iam::<account>:role/app/*."
  );
}

/**
 * Per account and kind, a wildcard over what all names start with, up to a separator (`role/team-*`); one ARN stays
 * itself. Undefined where a group shares nothing: a wildcard over everything is no advice.
 */
function commonStarts(arns: readonly string[]): string[] | undefined {
  const kindOf = (arn: string): string => /^.*:[a-z-]+\/?/.exec(arn)![0];
  const starts = [...new Set(arns.map(kindOf))].map((kind) => {
    const members = arns.filter((arn) => kindOf(arn) === kind);
    if (members.length === 1) return members[0]!;
    const start = commonStart(members).replace(/[^/_.-]*$/, "");
    return start.length > kind.length ? `${start}*` : undefined;
  });
  return starts.every((start) => start !== undefined) ? starts : undefined;
}

function commonStart(texts: readonly string[]): string {
  let start = texts[0]!.replace(/\*$/, "");
  for (const text of texts) while (!text.startsWith(start)) start = start.slice(0, -1);
  return start;
}
