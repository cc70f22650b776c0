import { plain } from "../labels";

/** Text that is markup already. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Content = string | number | undefined | Markup | readonly Content[];

/** Markup from a template. Everything put into it is escaped but markup itself: logs hold what an attacker wrote. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, i) => `${part}${i < contents.length ? written(contents[i]) : ""}`).join(""));
}

function written(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Markup) return content.text;
  return Array.isArray(content) ? content.map(written).join("") : escaped(String(content));
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => plain(text).replace(/[&<>"']/g, (character) => entities[character]!);
