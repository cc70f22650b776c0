import type { Listed, Statement } from "../document";
import { hasVariable } from "../variables";
import { covers, type Pattern, resourcePattern, wildcardPattern } from "../wildcards";

/**
 * Whether a Deny certainly applies to everything that an Allow allows, whoever calls and whatever its conditions say.
 * A no may be too careful: `NotAction` and `NotResource` of a Deny are never certain.
 */
export function denyCovers(deny: Statement, allow: Statement): boolean {
  return (
    listCovers(deny.actions, allow.actions, (action) => wildcardPattern(action.toLowerCase())) &&
    resourcesCovered(deny.resources, allow.resources)
  );
}

function resourcesCovered(deny: Listed<string> | undefined, allow: Listed<string> | undefined): boolean {
  if (deny === undefined || allow === undefined) return deny === allow;
  return listCovers(deny, allow, (resource) => resourcePattern(wildcardPattern(resource)));
}

function listCovers(outer: Listed<string>, inner: Listed<string>, pattern: (text: string) => Pattern): boolean {
  if (outer.except) return false;
  // A variable in the Deny covers nothing: its text stays text, and a variable in the Allow counts as anything.
  const patterns = outer.entries.map(pattern);
  // Everything but some: only everything is sure to hold it.
  const wanted = inner.except ? ["*"] : inner.entries.map((entry) => (hasVariable(entry) ? "*" : entry));
  return wanted.every((entry) => patterns.some((each) => covers(each, pattern(entry))));
}
