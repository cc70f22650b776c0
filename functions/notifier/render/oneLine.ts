/**
 * Text from events as one harmless line. Whoever calls an API chooses names of tables and sessions, so they are hostile:
 * a line break would forge a line of the alert, a control or direction character would change how it is shown.
 */
export function oneLine(text: unknown, most = 300): string {
  const line = String(text ?? "")
    // Control, format (directions, zero width), half and private characters, separators of lines, unassigned ones.
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return shortened(line, most);
}

/** At most so many UTF-16 units, never half of a character. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, Math.max(0, most - 1)).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
