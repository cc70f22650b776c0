import { distance } from "fastest-levenshtein";
import type { Configuration } from "./configuration";
import type { Project } from "./project";

/** So few letters apart that one is taken for a misspelling of the other; short names of two packages may be alike. */
const alike = (one: string, other: string): boolean => distance(one, other) <= (one.length < 6 ? 1 : 2);

/**
 * Configuration keys that nothing read, under a namespace that looks like one that is read: Pulumi's engine ignores them
 * without a word. One sentence each.
 *
 * @param used namespaces that the program asked for, and packages of its resources.
 */
export function misspeltNamespaces(project: Project, { values }: Configuration, used: ReadonlySet<string>): string[] {
  const right = new Set([project.name, "aws", ...used]);
  return Object.keys(values).flatMap((key) => {
    const [namespace = "", ...name] = key.split(":");
    if (right.has(namespace) || key in project.declared) return [];
    const near = [...right].find((other) => alike(namespace, other));
    return near === undefined
      ? []
      : [`config key ${key}: nothing reads the namespace "${namespace}". Did you mean ${near}:${name.join(":")}?`];
  });
}
