import { isDeepStrictEqual } from "node:util";
import type { AttributeValue } from "aws-lambda";
import { parseDocumentPath } from "../../detections/documentPath";

type Image = Record<string, AttributeValue>;

/** An attribute that settings name: `status`, or inside maps and lists `limits.daily`, `owners[0].id`. */
export class DocumentPath {
  private readonly steps: (string | number)[];

  constructor(readonly text: string) {
    this.steps = parseDocumentPath(text) ?? [text];
  }

  /** What the item holds there. A name may itself hold dots: an attribute of the whole text counts as well. */
  private values(image: Image): (AttributeValue | undefined)[] {
    const nested = this.steps.length === 1 ? undefined : stepped(image, this.steps);
    return [Object.hasOwn(image, this.text) ? image[this.text] : undefined, nested];
  }

  isIn(image: Image): boolean {
    return this.values(image).some((value) => value !== undefined);
  }

  /** Changed, added or removed. */
  differs(before: Image, after: Image): boolean {
    const [one, other] = [this.values(before), this.values(after)];
    return one.some((value, i) => !isSame(value, other[i]));
  }
}

function stepped(image: Image, steps: readonly (string | number)[]): AttributeValue | undefined {
  let at: AttributeValue | undefined = { M: image };
  for (const step of steps) {
    const inside: Image | AttributeValue[] | undefined = typeof step === "number" ? at.L : at.M;
    at = inside !== undefined && Object.hasOwn(inside, step) ? (inside as Image)[step] : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}

/** A set has no order, and a stream may give the same set in another one. */
export const isSame = (a: AttributeValue | undefined, b: AttributeValue | undefined): boolean =>
  isDeepStrictEqual(a, b) || (hasSet(a) && hasSet(b) && isDeepStrictEqual(unordered(a), unordered(b)));

const hasSet = (value: AttributeValue | undefined): boolean =>
  value !== undefined && (setOf(value) !== undefined || Object.values(value.M ?? value.L ?? {}).some(hasSet));

const setOf = (value: AttributeValue): string[] | undefined => value.SS ?? value.NS ?? value.BS;

function unordered(value: AttributeValue | undefined): unknown {
  if (value === undefined) return undefined;
  const members = setOf(value);
  if (members !== undefined) return { [Object.keys(value)[0]!]: [...members].sort() };
  if (value.L) return { L: value.L.map(unordered) };
  if (value.M)
    return { M: Object.fromEntries(Object.entries(value.M).map(([name, inner]) => [name, unordered(inner)])) };
  return value;
}
