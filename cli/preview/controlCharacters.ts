import { stripVTControlCharacters } from "node:util";

// Text of a program can move a terminal's cursor, recolour, and turn lines round; a report could then show another verdict.
const control = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
const controlInLine = /[^\P{Cc}\n\t]|[\p{Bidi_Control}\u2028\u2029]/gu;
const written = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A text of several lines, such as a message, with its control characters written out and without its colours. */
export const visibleLines = (text: string): string =>
  stripVTControlCharacters(text.replaceAll("\r\n", "\n")).replace(controlInLine, written);

/** Properties that may have several lines; every other text is a name or the like, and has one. */
const multiline = ["message", "add"];

/** The same structure, with the control characters of its texts written out. */
export function visible<T>(value: T, key = ""): T {
  if (typeof value === "string") {
    return (multiline.includes(key) ? visibleLines(value) : value.replace(control, written)) as T;
  }
  if (Array.isArray(value)) return value.map((element) => visible(element, key)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visible(inner, name)])) as T;
}
