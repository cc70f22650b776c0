/** A principal without what is the same for all of an account: `role/ops`, `user/eve`. */
export function actorLabel(actor: string): string {
  return /^arn:[^:]*:(?:iam|sts)::\d*:(.+)$/.exec(actor)?.[1] ?? actor;
}

/** The first of several, and how many more there are. */
export function andMore(values: readonly string[]): string {
  if (values.length === 0) return "-";
  return values.length === 1 ? values[0]! : `${values[0]} +${values.length - 1}`;
}

/** Logs hold what an attacker wrote: what a terminal would take as a command, or what changes the order of letters, is replaced. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd");
