import { FilterPatternError } from "./error";

/** CloudWatch Logs user guide, "Supported regular expressions": letters, digits, these symbols and these operators. */
const symbols = ":_#=@/;,-";
const operators = "^$?[]{}|\\*+.";
/** Letters with a meaning after a backslash. `\x` takes two hexadecimal digits. */
const classLetters = "dDsSwW";
/** The page names the white space that `\s` stands for by these. */
const spaceLetters = "tn";

/** Refuses what AWS refuses in `%…%`. `position` is the offset of the expression's first character. */
export function checkRegex(source: string, position: number): void {
  if (source === "") throw new FilterPatternError(position, "the regular expression between % and % is empty.");
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    if (character === "\\") at += checkEscape(source, at, position);
    else checkCharacter(character, position + at);
  }
  checkJavaScriptAgrees(source, position);
}

function checkCharacter(character: string, position: number): void {
  if (character === "(" || character === ")") {
    throw new FilterPatternError(
      position,
      "groups ( ) are not supported in a regular expression. Write alternatives with | at the top level; " +
        `for the character itself write \\x${hex(character)}.`,
    );
  }
  // White space is outside the page's list of characters, but its own example `^shutting down` holds one.
  if (/[A-Za-z0-9 ]/.test(character) || symbols.includes(character) || operators.includes(character)) return;
  const instead = /[\x21-\x7e]/.test(character) ? ` Write \\x${hex(character)}.` : " Use printable ASCII.";
  throw new FilterPatternError(
    position,
    `${JSON.stringify(character)} is not supported in a regular expression.${instead}`,
  );
}

/** Returns how many characters follow the backslash. */
function checkEscape(source: string, at: number, position: number): number {
  const next = source[at + 1];
  if (next === "x" && /^[0-9A-Fa-f]{2}$/.test(source.slice(at + 2, at + 4))) return 3;
  if (next === "x") throw new FilterPatternError(position + at, "\\x takes two hexadecimal digits, for example \\x28.");
  if (next !== undefined && (/[^A-Za-z0-9]/.test(next) || (classLetters + spaceLetters).includes(next))) return 1;
  throw new FilterPatternError(
    position + at,
    `\\${next ?? ""} is not supported. Escape an operator, or use \\d \\D \\s \\S \\w \\W or \\xhh.`,
  );
}

/** Unbalanced brackets and dangling repetitions: JavaScript reads this small language the same way. */
function checkJavaScriptAgrees(source: string, position: number): void {
  try {
    new RegExp(source);
  } catch (error) {
    const cause = (error as Error).message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, "");
    throw new FilterPatternError(position, `the regular expression is malformed (${cause}).`);
  }
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).toUpperCase();
