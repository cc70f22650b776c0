/** `*`: any text, also none. */
export const anyText = Symbol("*");
/** `*` that stops at a colon. */
export const anyTextInSegment = Symbol("* within an ARN segment");
/** `?`: exactly one character. */
export const anyCharacter = Symbol("?");

/** One literal character, or one of the wildcards. */
export type PatternPart = string | typeof anyText | typeof anyTextInSegment | typeof anyCharacter;
/** Kept as parts and not as text, so that a `*` that came out of a policy variable stays a plain character. */
export type Pattern = readonly PatternPart[];

/** Reads `*` and `?` as wildcards. */
export function wildcardPattern(text: string): PatternPart[] {
  return text.split("").map((character) => {
    if (character === "*") return anyText;
    return character === "?" ? anyCharacter : character;
  });
}

/** Every character stands for itself. */
export function literalPattern(text: string): PatternPart[] {
  return text.split("");
}

/**
 * Whether the whole value matches. Linear in memory and at worst pattern times value in time: a policy of somebody
 * else must not be able to make this slow.
 */
export function matches(pattern: Pattern, value: string): boolean {
  // reachable[i]: the pattern so far matches the first i characters of the value.
  let reachable = new Uint8Array(value.length + 1);
  reachable[0] = 1;
  for (const part of pattern) {
    const next = new Uint8Array(value.length + 1);
    if (part === anyText || part === anyTextInSegment) {
      let open = 0;
      for (let i = 0; i <= value.length; i++) {
        if (part === anyTextInSegment && i > 0 && value[i - 1] === ":") open = 0;
        open ||= reachable[i]!;
        next[i] = open;
      }
    } else {
      for (let i = 0; i < value.length; i++) {
        next[i + 1] = reachable[i]! && (part === anyCharacter || part === value[i]) ? 1 : 0;
      }
    }
    reachable = next;
  }
  return reachable[value.length] === 1;
}

/** The same pattern and value without regard to case. */
export function matchesIgnoringCase(pattern: Pattern, value: string): boolean {
  return matches(
    pattern.map((part) => (typeof part === "string" ? part.toLowerCase() : part)),
    value.toLowerCase(),
  );
}

/** The six colon-delimited components of an ARN; the last may hold colons. Undefined: not of that shape. */
export function arnComponents(text: string): string[] | undefined {
  const parts = text.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/**
 * ARN condition operators: each of the six components is compared separately, so a wildcard never reaches over a colon
 * into the next (IAM user guide, "Condition operators", section "Amazon Resource Name (ARN) condition operators").
 * Undefined: the pattern has not six components, for which no behaviour is documented.
 */
export function matchesArn(pattern: Pattern, value: string): boolean | undefined {
  const expected = components(pattern);
  if (expected === undefined) return undefined;
  const given = arnComponents(value);
  return given !== undefined && expected.every((component, i) => matches(component, given[i]!));
}

/**
 * Pattern of a `Resource` entry: a `*` stays within its segment of the ARN, except where it is the segment's last
 * character (IAM user guide, "IAM JSON policy elements: Resource", section "Using wildcards in resource ARNs"). What
 * follows the fifth colon is one segment here: AWS prints no example that would tell.
 */
export function resourcePattern(pattern: Pattern): PatternPart[] {
  let colons = 0;
  return pattern.map((part, i) => {
    if (part === ":") colons++;
    const inside = part === anyText && colons < 5 && pattern[i + 1] !== ":" && i + 1 < pattern.length;
    return inside ? anyTextInSegment : part;
  });
}

function components(pattern: Pattern): Pattern[] | undefined {
  const found: PatternPart[][] = [[]];
  for (const part of pattern) {
    if (part === ":" && found.length < 6) found.push([]);
    else found.at(-1)!.push(part);
  }
  return found.length === 6 ? found : undefined;
}

/**
 * Whether everything that `inner` matches, `outer` matches too. A yes is certain; a no may be too careful. Used where
 * a Deny must be known to cover an Allow.
 */
export function covers(outer: Pattern, inner: Pattern): boolean {
  // `inner` is read as text in which its wildcards are letters, each covered only by a wildcard that is as wide.
  let reachable = new Uint8Array(inner.length + 1);
  reachable[0] = 1;
  for (const part of outer) {
    const next = new Uint8Array(inner.length + 1);
    if (part === anyText || part === anyTextInSegment) {
      let open = 0;
      for (let i = 0; i <= inner.length; i++) {
        if (part === anyTextInSegment && i > 0 && mayHoldColon(inner[i - 1]!)) open = 0;
        open ||= reachable[i]!;
        next[i] = open;
      }
    } else {
      for (let i = 0; i < inner.length; i++) {
        const letter = inner[i]!;
        const one = part === anyCharacter ? typeof letter === "string" || letter === anyCharacter : part === letter;
        next[i + 1] = reachable[i]! && one ? 1 : 0;
      }
    }
    reachable = next;
  }
  return reachable[inner.length] === 1;
}

function mayHoldColon(part: PatternPart): boolean {
  return part === ":" || part === anyText || part === anyCharacter;
}
