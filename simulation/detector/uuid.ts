/** Numbers of 32 bits in a UUID. */
export const uuidNumbers = 4;

const values = new Int8Array(128).fill(-1);
for (const [value, digit] of [..."0123456789abcdef"].entries()) values[digit.charCodeAt(0)] = value;
const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const dash = 0x2d;

/**
 * Writes a UUID as CloudTrail prints it, in small letters, as four numbers: a quarter of the memory of its text. False for other
 * texts.
 */
export function packUuid(text: string, into: Int32Array, at: number): boolean {
  if (text.length !== 36) return false;
  let [number, digits, written] = [0, 0, at];
  for (let i = 0; i < 36; i++) {
    const code = text.charCodeAt(i);
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== dash) return false;
      continue;
    }
    const value = code < 128 ? values[code]! : -1;
    if (value < 0) return false;
    number = (number << 4) | value;
    if (++digits % 8 === 0) into[written++] = number;
  }
  return true;
}

export function unpackUuid(from: Int32Array, at: number): string {
  const [a, b, c, d] = [from[at]!, from[at + 1]!, from[at + 2]!, from[at + 3]!];
  return `${two(a >>> 16)}${two(a)}-${two(b >>> 16)}-${two(b)}-${two(c >>> 16)}-${two(c)}${two(d >>> 16)}${two(d)}`;
}

const two = (number: number): string => bytes[(number >>> 8) & 255]! + bytes[number & 255]!;
