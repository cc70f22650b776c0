/** A CloudWatch Logs filter pattern for JSON log events, `{ … }`. */
export interface FilterPattern {
  expression: Expression;
}

/** Every node carries the offset of its first character in the text that it was read from. */
interface Node {
  position: number;
}

/** `&&` or `||` over two or more operands, as written: parentheses make a nested node. */
export interface Compound extends Node {
  kind: "and" | "or";
  of: readonly Expression[];
}

export const operators = ["=", "!=", "<", ">", "<=", ">="] as const;
export type Operator = (typeof operators)[number];

/** `<selector> <operator> <value>`. `<`, `>`, `<=` and `>=` take numbers only. */
export interface Comparison extends Node {
  kind: "comparison";
  selector: Selector;
  operator: Operator;
  value: Value;
}

/** `IS NULL`, `IS TRUE`, `IS FALSE` and `NOT EXISTS`. */
export interface StateTest extends Node {
  kind: "isNull" | "isTrue" | "isFalse" | "notExists";
  selector: Selector;
}

export type Expression = Compound | Comparison | StateTest;

/** A path from the root `$` of the event. */
export interface Selector extends Node {
  steps: readonly SelectorStep[];
}

export type SelectorStep =
  /** `.name`, or `.['na.me']` where the key holds other characters. */
  | { kind: "key"; name: string }
  /** `[3]` */
  | { kind: "index"; index: number }
  /** `[*]`: any element of an array. */
  | { kind: "anyElement" }
  /** `.*`: any field of an object. */
  | { kind: "anyField" };

export type Value =
  /** A `*` at the start or the end stands for any text; elsewhere it is a plain character. */
  | ({ kind: "string"; text: string; quoted: boolean } & Node)
  /** `text` is the number as written: `1e3` and `1000` are the same number. */
  | ({ kind: "number"; value: number; text: string } & Node)
  /** `%source%`: found anywhere in the field's text unless anchored. */
  | ({ kind: "regex"; source: string } & Node);
