/** A principal without what is the same for all of an account: `role/ops`, `user/eve`. */
export function actorLabel(actor: string): string {
  return /^arn:[^:]*:(?:iam|sts)::\d*:(.+)$/.exec(actor)?.[1] ?? actor;
}

/** The first of several, and how many more there are. */
export function andMore(values: readonly string[]): string {
  if (values.length === 0) return "-";
  return values.length === 1 ? values[0]! : `${values[0]} +${values.length - 1}`;
}

/** A text of at most so many characters: of a longer one the beginning and the end. */
export function cut(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const end = Math.floor((most - 1) / 3);
  return `${characters.slice(0, most - 1 - end).join("")}…${end > 0 ? characters.slice(-end).join("") : ""}`;
}

/** Logs hold what an attacker wrote: what a terminal would take as a command, or what changes the order of letters, is replaced. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd");
