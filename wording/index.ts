import { distance } from "fastest-levenshtein";

// How mistakes are answered: what was written, and which right name is closest to it.

/** The value as a person would type it, short enough for one line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/**
 * The known name that is closest to what was written, if any is close enough to be a typing mistake: in any case of
 * letters, and with an end that is missing (`emial` for `emails`).
 */
export function closest(written: string, known: readonly string[]): string | undefined {
  const typed = written.toLowerCase();
  const near = (distanceOf: (name: string) => number, most: number): string | undefined => {
    const [first] = known
      .map((name) => ({ name, mistakes: distanceOf(name.toLowerCase()) }))
      .sort((a, b) => a.mistakes - b.mistakes);
    return first && first.mistakes <= most ? first.name : undefined;
  };
  return (
    near((name) => distance(typed, name), Math.max(2, Math.floor(typed.length / 3))) ??
    near((name) => distance(typed, name.slice(0, typed.length)), Math.min(2, Math.floor((typed.length - 1) / 2)))
  );
}

/** `Unknown <kind> "x". Did you mean "y"? Known: …` */
export function unknownName(kind: string, written: string, known: readonly string[]): string {
  const near = closest(written, known);
  return `unknown ${kind} ${shown(written)}.${near ? ` Did you mean ${shown(near)}?` : ""} Known: ${known.join(", ")}.`;
}

/** Why a file cannot be read or written, in words; Node.js names the system call and repeats the path. */
export function fileProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "no such file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EISDIR":
      return "a folder, where a file is expected";
    default:
      return message;
  }
}
