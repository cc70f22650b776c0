import { corpora } from "../corpus";
import type { Removal } from "./removals";

/** `table-scanned` for the filters and the alarm of that detection. */
export const detectionOf = (resource: string): string | undefined =>
  corpora
    .map(({ detection }) => detection)
    .filter((id) => resource.includes(`-detections-${id}-`))
    .sort((a, b) => b.length - a.length)[0];

/** One name for what every detection has: its clauses are its own. */
export function idOf(resource: string, { what }: Pick<Removal, "what">): string {
  const name = resource.replace(/^dynamodb-detective-/, "").replace(/-email-.*/, "-email");
  const id = detectionOf(resource);
  const shared = id !== undefined && !what.startsWith("pattern: ");
  return `${shared ? name.replace(new RegExp(`${id}-(role-sessions-|other-principals-|accounts-)?`), "<detection>-") : name}: ${what}`;
}

/** A `*` at the end of what is listed stands for all that begins so, but for a `*` of the name itself (`kms:Describe*`). */
export const covers = (listed: string, id: string): boolean =>
  id === listed || (listed.endsWith("*") && id.startsWith(listed.slice(0, -1)));
