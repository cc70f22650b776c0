import { type ContextLookup, unknownValue } from "./request";
import { literalPattern, type PatternPart, wildcardPattern } from "./wildcards";

/** A text of a policy with its variables filled in, or why that cannot be done. */
export type Expansion =
  | { readonly pattern: PatternPart[] }
  /** A variable whose key the request does not hold: equal to nothing and like nothing. */
  | { readonly missing: string }
  | { readonly unknown: string };

const variable = /\$\{([^}]*)\}/g;

export function hasVariable(text: string): boolean {
  return /\$\{[^}]*\}/.test(text);
}

/**
 * Fills in `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}` (IAM user guide, "IAM policy elements:
 * Variables and tags"). A document without `Version` 2012-10-17 has no variables: there the text stays as it is.
 */
export function expand(
  text: string,
  settings: { readonly variables: boolean; readonly wildcards: boolean; readonly lookup: ContextLookup },
): Expansion {
  const plain = settings.wildcards ? wildcardPattern : literalPattern;
  if (!settings.variables) return { pattern: plain(text) };
  const pattern: PatternPart[] = [];
  let end = 0;
  for (const found of text.matchAll(variable)) {
    pattern.push(...plain(text.slice(end, found.index)));
    end = found.index + found[0].length;
    const name = found[1]!;
    if (name === "*" || name === "?" || name === "$") {
      pattern.push(name);
      continue;
    }
    const [, key, otherwise] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(name) ?? [undefined, name];
    const values = settings.lookup(key!);
    // A multivalued key cannot be used as a variable, so what would happen is not documented.
    if (values === unknownValue || (values && values.length > 1)) return { unknown: key! };
    const value = values?.[0] ?? otherwise;
    if (value === undefined) return { missing: key! };
    pattern.push(...literalPattern(value));
  }
  pattern.push(...plain(text.slice(end)));
  return { pattern };
}
