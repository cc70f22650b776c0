import type { Expression, FilterPattern, Operator, Selector, SelectorStep, StateTest, Value } from "./ast";
import { FilterPatternError } from "./error";
import { maxPatternLength, maxRegexesPerPattern, maxWildcardsPerPattern, maxWildcardsPerSelector } from "./limits";
import { checkRegex } from "./regex";

/**
 * Reads a CloudWatch Logs filter pattern for JSON log events. Throws a FilterPatternError for what AWS refuses and for
 * what its documentation does not allow (CloudWatch Logs user guide, "Filter pattern syntax").
 */
export function parseFilterPattern(text: string): FilterPattern {
  if (text.length > maxPatternLength) {
    throw new FilterPatternError(
      maxPatternLength,
      `the pattern has ${text.length} characters, AWS allows ${maxPatternLength}. Shorten it, or split it over several filters.`,
    );
  }
  return new Parser(text).pattern();
}

/** Reads one selector, `$.a.b`. */
export function parseSelector(text: string): Selector {
  return new Parser(text).onlySelector();
}

const nameCharacter = /[A-Za-z0-9_-]/;
/** The page wants quotes for anything but letters, digits and `_`, and itself writes `123.123.*` without them. */
const unquotedCharacter = /[A-Za-z0-9_.*+-]/;
const unquoted = /^[A-Za-z0-9_.*]+$/;
/** Sign, integer or decimal, exponent with a small `e`. */
const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/;
const states: Record<string, StateTest["kind"]> = { NULL: "isNull", TRUE: "isTrue", FALSE: "isFalse" };

class Parser {
  private at = 0;
  private wildcards = 0;
  private regexes = 0;

  constructor(private readonly text: string) {}

  pattern(): FilterPattern {
    this.space();
    if (this.text[this.at] !== "{") {
      this.fail('this is not a pattern for JSON events. Write { $.field = "value" }, in curly braces.');
    }
    this.at++;
    const expression = this.or();
    this.space();
    if (this.text[this.at] !== "}") this.unexpected("&&, || or }");
    this.at++;
    this.space();
    if (this.at < this.text.length) this.fail("text after the closing }. Move it into the braces, or delete it.");
    return { expression };
  }

  onlySelector(): Selector {
    const selector = this.selector();
    if (this.at < this.text.length) this.unexpected("the end of the selector");
    return selector;
  }

  private or(): Expression {
    return this.compound("or", "||", () => this.compound("and", "&&", () => this.operand()));
  }

  /** One or more operands; `&&` binds before `||`. */
  private compound(kind: "and" | "or", symbol: string, operand: () => Expression): Expression {
    this.space();
    const position = this.at;
    const first = operand();
    const of = [first];
    for (this.space(); this.text.startsWith(symbol, this.at); this.space()) {
      this.at += symbol.length;
      of.push(operand());
    }
    return of.length === 1 ? first : { kind, of, position };
  }

  private operand(): Expression {
    this.space();
    const next = this.text[this.at];
    if (next === "$") return this.condition();
    if (next === "!") this.fail("! does not negate. Write != in the comparison, or NOT EXISTS for an absent field.");
    if (next !== "(") this.unexpected("a selector such as $.eventName, or (");
    const opened = this.at++;
    const inner = this.or();
    this.space();
    if (this.text[this.at] === undefined || this.text[this.at] === "}") {
      throw new FilterPatternError(opened, "this ( is not closed.");
    }
    if (this.text[this.at] !== ")") this.unexpected("&&, || or )");
    this.at++;
    return inner;
  }

  private condition(): Expression {
    const position = this.at;
    const selector = this.selector();
    this.space();
    const wordAt = this.at;
    const word = this.word();
    if (word !== "") return { kind: this.state(word, wordAt, selector), selector, position };
    const operator = this.operator();
    this.space();
    const value = this.value();
    if (operator !== "=" && operator !== "!=" && value.kind !== "number") {
      throw new FilterPatternError(
        value.position,
        `${operator} compares numbers. Write a number without quotes, or use = or !=.`,
      );
    }
    return { kind: "comparison", selector, operator, value, position };
  }

  /** What follows IS or NOT. `EXISTS` and `IS NOT` are named as unsupported on the page. */
  private state(word: string, wordAt: number, selector: Selector): StateTest["kind"] {
    const field = this.text.slice(selector.position, wordAt).trim();
    const refuse = (reason: string): never => {
      throw new FilterPatternError(wordAt, reason);
    };
    if (word === "EXISTS") refuse(`EXISTS is not supported. Write ${field} = "*" for a string that is there.`);
    this.space();
    const second = this.word();
    if (word === "NOT" && second === "EXISTS") return "notExists";
    if (word === "IS" && second === "NOT") {
      refuse("IS NOT is not supported. Write the opposite: IS TRUE, IS FALSE, NOT EXISTS or != with a value.");
    }
    if (word === "IS" && Object.hasOwn(states, second)) return states[second]!;
    if (/^(is|not|exists)$/i.test(word)) {
      refuse(
        `${`${word} ${second}`.trim()} is not a test. Write IS NULL, IS TRUE, IS FALSE or NOT EXISTS, in capitals.`,
      );
    }
    return refuse(`"${word}" is not an operator. Write = != < > <= >=, IS NULL, IS TRUE, IS FALSE or NOT EXISTS.`);
  }

  private operator(): Operator {
    const found = /^(==|<>|=|!=|<=|>=|<|>)/.exec(this.text.slice(this.at, this.at + 2))?.[0];
    if (found === undefined) return this.unexpected("an operator: = != < > <= >=, IS or NOT EXISTS");
    if (found === "==") this.fail("== is not an operator. Write =.");
    if (found === "<>") this.fail("<> is not an operator. Write !=.");
    this.at += found.length;
    return found as Operator;
  }

  private value(): Value {
    const next = this.text[this.at];
    if (next === '"') return this.quoted();
    if (next === "%") return this.regex();
    if (next === "'")
      this.fail("a string takes double quotes. Single quotes belong into a selector only, $.['a.key'].");
    if (next === undefined || !unquotedCharacter.test(next)) this.unexpected("a value");
    const position = this.at;
    const text = this.while(unquotedCharacter);
    if (number.test(text)) return { kind: "number", value: Number(text), text, position };
    const after = this.text[this.at];
    if (!unquoted.test(text) || (after !== undefined && !/[ \t\r\n)&|}]/.test(after))) {
      throw new FilterPatternError(
        position,
        "a value with other characters than letters, digits, _ . * needs double quotes.",
      );
    }
    return { kind: "string", text, quoted: false, position };
  }

  private quoted(): Value {
    const position = this.at++;
    let text = "";
    for (;;) {
      const next = this.text[this.at];
      if (next === undefined) throw new FilterPatternError(position, 'this string is not closed. Add a " at its end.');
      if (next === '"') break;
      if (next === "\\") {
        const escaped = this.text[this.at + 1];
        if (escaped !== '"' && escaped !== "\\")
          this.fail('in a string, \\ escapes " and \\ only. Write \\\\ for one backslash.');
        this.at++;
      }
      text += this.text[this.at++];
    }
    this.at++;
    return { kind: "string", text, quoted: true, position };
  }

  private regex(): Value {
    const position = this.at++;
    const end = this.text.indexOf("%", this.at);
    if (end < 0) throw new FilterPatternError(position, "this regular expression is not closed. Add a % at its end.");
    const source = this.text.slice(this.at, end);
    checkRegex(source, this.at);
    this.regexes++;
    if (this.regexes > maxRegexesPerPattern) {
      throw new FilterPatternError(
        position,
        `AWS allows ${maxRegexesPerPattern} regular expressions in one pattern. Join alternatives with |, or use "text*".`,
      );
    }
    this.at = end + 1;
    return { kind: "regex", source, position };
  }

  private selector(): Selector {
    const position = this.at;
    if (this.text[this.at] !== "$") this.unexpected("a selector, which starts with $.");
    this.at++;
    if (this.text[this.at] !== ".") this.fail("a selector starts with $. and a name, for example $.eventName.");
    const steps: SelectorStep[] = [];
    for (;;) {
      const next = this.text[this.at];
      if (next === ".") steps.push(this.member());
      else if (next === "[") steps.push(this.element());
      else break;
      this.countWildcards(steps, position);
    }
    return { steps, position };
  }

  /** `.name`, `.*` or `.['key']`. */
  private member(): SelectorStep {
    this.at++;
    if (this.text[this.at] === "*") {
      this.at++;
      return { kind: "anyField" };
    }
    if (this.text[this.at] === "[") return this.bracketedKey();
    const name = this.while(nameCharacter);
    if (name === "")
      this.fail("a name of letters, digits, - and _ belongs here. Other keys are written $.['the.key'].");
    return { kind: "key", name };
  }

  private bracketedKey(): SelectorStep {
    this.at++;
    if (this.text[this.at] === '"') this.fail("a key in brackets takes single quotes: $.['the.key'].");
    if (this.text[this.at] !== "'")
      this.fail("after .[ a key in single quotes belongs here. An index follows a name: $.name[0].");
    const start = ++this.at;
    const end = this.text.indexOf("'", start);
    if (end < 0) throw new FilterPatternError(start - 1, "this key is not closed. Write $.['the.key'].");
    if (end === start) this.fail("the key between the quotes is empty.");
    this.at = end + 1;
    if (this.text[this.at] !== "]") this.unexpected("]");
    this.at++;
    return { kind: "key", name: this.text.slice(start, end) };
  }

  /** `[3]` or `[*]`. */
  private element(): SelectorStep {
    this.at++;
    const next = this.text[this.at];
    if (next === "'" || next === '"')
      this.fail("a key in brackets follows a dot and takes single quotes: $.['the.key'].");
    if (next === "*") this.at++;
    const digits = next === "*" ? "" : this.while(/\d/);
    if (next !== "*" && digits === "") this.fail("an index belongs here: [0], or [*] for any element.");
    if (this.text[this.at] !== "]") this.unexpected("]");
    this.at++;
    return next === "*" ? { kind: "anyElement" } : { kind: "index", index: Number(digits) };
  }

  private countWildcards(steps: readonly SelectorStep[], position: number): void {
    const isWildcard = ({ kind }: SelectorStep): boolean => kind === "anyElement" || kind === "anyField";
    if (!isWildcard(steps[steps.length - 1]!)) return;
    if (steps.filter(isWildcard).length > maxWildcardsPerSelector) {
      throw new FilterPatternError(
        position,
        "AWS allows one wildcard ([*] or .*) in a selector. Write an index for the others.",
      );
    }
    this.wildcards++;
    if (this.wildcards > maxWildcardsPerPattern) {
      throw new FilterPatternError(
        position,
        `AWS allows ${maxWildcardsPerPattern} wildcard selectors ([*] or .*) in one pattern. Split it over several filters.`,
      );
    }
  }

  private word(): string {
    return this.while(/[A-Za-z]/);
  }

  private while(character: RegExp): string {
    const start = this.at;
    while (this.at < this.text.length && character.test(this.text[this.at]!)) this.at++;
    return this.text.slice(start, this.at);
  }

  /** Other white space, which a copied text may hold, is nowhere on the page. */
  private space(): void {
    this.while(/[ \t\r\n]/);
  }

  private unexpected(expected: string): never {
    const found = this.text[this.at];
    return this.fail(`expected ${expected}, found ${found === undefined ? "the end" : shown(found)}.`);
  }

  private fail(reason: string): never {
    throw new FilterPatternError(this.at, reason);
  }
}

/** A character as text; what cannot be told from a space or seen at all by its number. */
const shown = (character: string): string =>
  /^[\s\p{C}\p{Z}]$/u.test(character) && character !== " "
    ? `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`
    : JSON.stringify(character);
