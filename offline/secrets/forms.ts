import { decodedForms } from "./encodings";

/** Shorter values are ordinary words: scrubbing them would make a report unreadable and hide nothing. */
export const shortest = 4;
/** What is found within what was found: the password in a line of a file in JSON, decoded. */
const deepest = 5;

/** What a program may take out of a secret and print by itself: the secret, its parts, and what they decode to. */
export function formsOf(secret: string): Set<string> {
  const forms = new Set<string>();
  let found = [secret];
  for (let depth = 0; depth <= deepest && found.length > 0; depth += 1) {
    const within: string[] = [];
    for (const form of found) {
      if (form.length < shortest || forms.has(form)) continue;
      forms.add(form);
      within.push(form.trim(), unquoted(form.trim()), ...parts(form), ...decodedForms(form));
    }
    found = within;
  }
  return forms;
}

function parts(text: string): string[] {
  const lines = text.split(/[\r\n]+/);
  return [
    ...lines,
    // As programs write them whose lines end otherwise.
    ...(text.includes("\r") ? [text.replace(/\r\n?/g, "\n")] : []),
    ...separators.flatMap((separator) => text.split(separator).flatMap(settingOf)),
    ...passwords(text),
    // `Basic dXNlcjpwYXNzd29yZA==`
    ...text.split(/\s+/).filter((word) => word !== text && decodedForms(word).length > 0),
    ...jsonLeaves(text),
  ];
}

/** Between the settings of a file, of a connection string or a query, and of a list. */
const separators = [/[\r\n]+/, /[\r\n;&?]+/, /[\s;&?,]+/];

/** The value of `key=value` and `key: value`. */
function settingOf(setting: string): string[] {
  return ["=", ": "].flatMap((sign) => {
    const at = setting.indexOf(sign);
    return at === -1 ? [] : [setting.slice(at + sign.length)];
  });
}

const unquoted = (text: string): string => /^(["'`])([\s\S]*)\1[,;]?$/.exec(text)?.[2] ?? text;

/** Of connection strings; a user without a password is a token. And of `user:password`. */
function passwords(text: string): string[] {
  const ofUrls = [...text.matchAll(/:\/\/(?:[^\s:@/]*:)?([^\s:@/]+)@/g)].map(([, password]) => password!);
  const [, ofUser] = /^(?!arn:)[^\s:/]+:(?!\/\/)(\S+)$/.exec(text.trim()) ?? [];
  return ofUser === undefined ? ofUrls : [...ofUrls, ofUser];
}

/** A secret that is JSON text is also its strings and numbers. */
function jsonLeaves(text: string): string[] {
  if (!/^\s*[{[]/.test(text)) return [];
  try {
    return leaves(JSON.parse(text));
  } catch {
    // Not JSON after all.
    return [];
  }
}

function leaves(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}
