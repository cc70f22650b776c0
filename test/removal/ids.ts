import { corpora } from "../corpus";
import type { Removal } from "./removals";

/** `table-scanned` for the filters and the alarm of that detection. */
export const detectionOf = (resource: string): string | undefined =>
  corpora
    .map(({ detection }) => detection)
    .filter((id) => resource.includes(`-detections-${id}-`))
    // One id may begin with another: backup-deleted, backup-deleted-then-table.
    .sort((a, b) => b.length - a.length)[0];

/** Of the stack's own things, whose physical names say which stack. */
const own = /"[^"]*\/dynamodb-detective-[^"]*"/g;

/** One name for what every detection has, and every rule on the stack's own things. The same in every stack. */
export function idOf(resource: string, { what }: Pick<Removal, "what">): string {
  const name = resource
    .replace(/^dynamodb-detective-/, "")
    .replace(/-email-.*/, "-email")
    .replace(/^rules-noncompliant-(alarms|functions|keys|topics|trail)/, "rules-noncompliant-<things>");
  const id = detectionOf(resource);
  const shared = id !== undefined && !what.startsWith("pattern: ");
  return `${shared ? name.replace(new RegExp(`${id}-(role-sessions-|other-principals-|accounts-)?`), "<detection>-") : name}: ${what.replace(own, '"<own>"')}`;
}

/** A `*` at the end of what is listed stands for all that begins so, but for a `*` of the name itself (`kms:Describe*`). */
export const covers = (listed: string, id: string): boolean =>
  id === listed || (listed.endsWith("*") && id.startsWith(listed.slice(0, -1)));
