import { shown } from "../wording";
import { ArgumentError } from "./argumentError";

// Tagging restrictions (AWS General Reference, "Tag naming limits and requirements").

/** Throws ArgumentError for what cannot be the key of a tag. */
export function checkTagKey(argument: string, key: string): void {
  if (/^(?!aws:)[\p{L}\p{N}\p{Zs}_.:/=+@-]{1,128}$/u.test(key)) return;
  throw new ArgumentError(
    argument,
    `${shown(key)} is no tag key. Write 1 to 128 letters, digits, spaces or _ . : / = + - @, not starting with aws:.`,
  );
}

/** Throws ArgumentError for what cannot be the value of a tag, or is empty. */
export function checkTagValue(argument: string, value: string): void {
  if (/^[\p{L}\p{N}\p{Zs}_.:/=+@-]{1,256}$/u.test(value)) return;
  throw new ArgumentError(
    argument,
    `${shown(value)} is no tag value. Write 1 to 256 letters, digits, spaces or _ . : / = + - @.`,
  );
}
