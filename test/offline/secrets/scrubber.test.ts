// Proves: known secrets are found in texts, in the encodings that programs print, alone and within each other.
// Does not prove: encodings that are not listed here, and parts of a secret that a program prints by themselves.
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Scrubber } from "../../../offline/secrets/scrubber";
import { secret, secretTexts } from "../../../offline/wire";

function knowing(...secrets: string[]): Scrubber {
  const scrubber = new Scrubber();
  for (const value of secrets) scrubber.add(value);
  return scrubber;
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const hex = (text: string): string => Buffer.from(text).toString("hex");
const odd = "hun\"ter2/with+odd'chars&<ü>\\x\nsecond line";

describe("the scrubber", () => {
  it.each<[string, (text: string) => string, string]>([
    ["as it is", (text) => text, "[secret]"],
    ["in JSON", (text) => JSON.stringify({ text }), '{"text":"[secret]"}'],
    ["in JSON within JSON", (text) => JSON.stringify(JSON.stringify({ text })), JSON.stringify('{"text":"[secret]"}')],
    ["inspected", (text) => inspect({ text }), "{ text: `[secret]` }"],
    ["inspected among all quotes", (text) => inspect(`${text}\``), "'[secret]`'"],
    ["as an inspected buffer", (text) => inspect(Buffer.from(text)), "<Buffer [secret]>"],
    ["URL-encoded", encodeURIComponent, "[secret]"],
    ["URL-encoded with its delimiters", encodeURI, "[secret]"],
    ["in lower-case URL-encoding", (text) => encodeURIComponent(text).toLowerCase(), "[secret]"],
    ["in a form", (text) => new URLSearchParams({ text }).toString(), "text=[secret]"],
    [
      "in a URL",
      (text) => new URL(`https://user:${encodeURIComponent(text)}@host/`).href,
      "https://user:[secret]@host/",
    ],
    ["in HTML", (text) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`), "[secret]"],
    [
      "in HTML, by name and in hexadecimal",
      (text) =>
        text.replaceAll("&", "&AMP;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&#x3E;"),
      "[secret]",
    ],
    ["in escapes of code points", (text) => text.replace("ü", "\\u{fc}").replace("\\x", "\\x5cx"), "[secret]"],
    ["in escapes of code units", (text) => text.replace("ü", "\\u00FC").replace("\n", "\\u000a"), "[secret]"],
    ["in hexadecimal after a digit", (text) => `a${hex(text)}`, "a[secret]"],
    ["in base64 after a word", (text) => `word_${base64(text)}`, "word_[secret]"],
    ["in hexadecimal", (text) => `0x${hex(text)}`, "0x[secret]"],
    ["in hexadecimal capitals, among more", (text) => hex(`<${text}>`).toUpperCase(), "3C[secret]3E"],
    ["in coloured text", (text) => `\u001b[31m${text.replace("2", "\u001b[1m2\u001b[0m")}`, "\u001b[31m[secret]"],
    [
      "with line breaks of Windows in JSON",
      (text) => JSON.stringify(text.replace("\n", "\r\n")),
      '"[secret]\\r\\n[secret]"',
    ],
    [
      "in the base64 of JSON of base64",
      (text) => base64(JSON.stringify({ auths: { host: { auth: base64(`user:${text}`) } } })),
      // What is left says {"auths":{"host":{"auth":"dXNlc and, within, user.
      "eyJhdXRocyI6eyJob3N0Ijp7ImF1dGgiOiJkWE5sY2[secret]9In19fQ==",
    ],
  ])("finds a secret %s", (_, encode, scrubbed) => expect(knowing(odd).text(encode(odd))).toBe(scrubbed));

  const anySecret = fc
    .string({ unit: "grapheme", minLength: 4, maxLength: 40 })
    .filter((text) => text.trim() === text && !text.includes("\u0001") && !"[secret]".includes(text));

  it("finds every secret at every place of what was encoded in base64", () => {
    fc.assert(
      fc.property(
        anySecret,
        fc.nat(5),
        fc.nat(5),
        fc.constantFrom("base64", "base64url"),
        (value, before, after, encoding) => {
          const [head, tail] = ["\u0001".repeat(before), "\u0001".repeat(after)];
          const encoded = Buffer.from(head + value + tail).toString(encoding as BufferEncoding);
          const start = Math.floor((8 * before) / 6);
          const end = Math.ceil((8 * (before + Buffer.byteLength(value))) / 6);
          expect(knowing(value).text(encoded)).toBe(`${encoded.slice(0, start)}[secret]${encoded.slice(end)}`);
        },
      ),
    );
  });

  it("finds a secret that is inspected over several lines", () => {
    const value = `it's ${"long ".repeat(12)}\nand "goes on"\nand on`;
    expect(inspect({ value })).toMatch(/\\n" \+\n +'and "goes on"\\n' \+\n/);
    expect(knowing(value).text(inspect({ value }))).toBe("{\n  value: \"[secret]'\n}");
  });

  it("finds base64 that is broken into lines", () => {
    const value = "a secret of more than one line of base64, which breaks it";
    for (const end of ["\n", "\r\n"]) {
      const encoded = base64(`user:${value}`).replace(/.{20}/g, `$&${end}`);
      expect(knowing(value).text(encoded)).toBe("dXNlcj[secret]=");
    }
  });

  it("finds every secret that was on the wire, in any text", () => {
    fc.assert(
      fc.property(fc.array(anySecret, { minLength: 1, maxLength: 5 }), fc.string(), (secrets, between) => {
        const scrubber = new Scrubber();
        secretTexts({ list: secret(secrets), open: between }, (text) => scrubber.add(text));
        for (const value of secrets) {
          for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), hex(value)]) {
            // Other secrets may have taken the text before; what is left must not be the secret.
            expect(scrubber.text(`<${form}>`)).not.toContain(form);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("takes the longest of secrets that begin alike, all of those that overlap, and the lines of a long one", () => {
    const scrubber = knowing(
      "swordfish",
      "swordfish-extended",
      "extended-by-more",
      "-----BEGIN KEY-----\nMIIEowIBAAKCAQEA7x\n",
    );
    expect(scrubber.text("a swordfish-extended b swordfish c MIIEowIBAAKCAQEA7x d swordfish-extended-by-more e")).toBe(
      "a [secret] b [secret] c [secret] d [secret] e",
    );
  });

  it("takes a secret that goes over several lines of a process, and keeps the lines apart", () => {
    const scrubber = knowing("a\nbc\nd");
    expect(scrubber.lines(["1 a", "bc", "d 2", "a", "", "bc"])).toEqual([
      "1 [secret]",
      "[secret]",
      "[secret] 2",
      "a",
      "",
      "bc",
    ]);
  });

  it.each([
    ["abcd", ["x", "abcd"], ["x", "[secret]"]],
    ["abcd\n", ["abcd", "x"], ["[secret]", "x"]],
    ["\nabcd", ["x", "abcd"], ["x", "[secret]"]],
    ["abcd", [], []],
  ])("leaves the lines beside a secret alone: %j", (value, lines, scrubbed) => {
    expect(knowing(value).lines(lines)).toEqual(scrubbed);
  });

  it("takes secrets without the spaces around them and their lines", () => {
    expect(knowing("  hunter22 \n  hunter333 ").text("<hunter22> <hunter333>")).toBe("<[secret]> <[secret]>");
    expect(knowing(" pass ").text("<pass>")).toBe("<[secret]>");
  });

  it("takes secrets that stand side by side one by one", () => {
    expect(knowing("hunter22", "swordfish").text("hunter22swordfish")).toBe("[secret][secret]");
  });

  it("takes secrets of any length, and any number of them", () => {
    const long = "0123456789abcdef".repeat(5_000);
    const many = Array.from({ length: 5_000 }, (_, i) => `secret-number-${i}-${i * i}`);
    const scrubber = knowing(long, ...many);
    expect(scrubber.text(`<${long}> ${many[4_999]} secret-number-`)).toBe("<[secret]> [secret] secret-number-");
  });

  it("takes numbers of four digits and more, wherever they stand", () => {
    const scrubber = new Scrubber();
    secretTexts({ pin: secret(48291736), short: secret(123), nested: secret({ port: 9477 }), open: 5555 }, (text) =>
      scrubber.add(text),
    );
    scrubber.add('{"pins":[86420]}');
    expect(scrubber.value(["pin 48291736", 48291736, { n: 9477 }, 86420, 123, 5555])).toEqual([
      "pin [secret]",
      "[secret]",
      { n: "[secret]" },
      "[secret]",
      123,
      5555,
    ]);
  });

  it("reads secrets that are JSON, and leaves words of three letters alone", () => {
    const scrubber = knowing('{"user":"bob","password":"hunter22"}');
    expect(scrubber.value({ hunter22: ["bob hunter22"] })).toEqual({ "[secret]": ["bob [secret]"] });
  });

  it.each([
    [
      "a key with escaped line breaks",
      "-----BEGIN-----\\nMIIEow\\n-----END-----",
      "-----BEGIN-----\nMIIEow\n-----END-----",
    ],
    ["a key in base64", base64("first line of ü key\nsecond line"), "first line of ü key\nsecond line"],
    ["a key in base64, which is JSON", base64('{"user":"bob","password":"hunter22"}'), "hunter22"],
    ["a key in base64, without its padding", base64("the first key").replace("==", ""), "the first key"],
    ["a key in base64url", Buffer.from("?>?>?>?>?>?>").toString("base64url"), "?>?>?>?>?>?>"],
    ["a key in base64 with its two odd digits", base64("?>?>?>?>?>?>"), "?>?>?>?>?>?>"],
    ["a key in base64, in lines", base64("the first key of many").replace(/.{12}/g, "$&\n"), "the first key of many"],
    ["a URL-encoded text", "p%40ss%2Fword", "p@ss/word"],
    ["the password of a connection string", "postgres://shop:hunter22@db.example.com/shop", "hunter22"],
    ["the decoded password of a connection string", "postgres://shop:p%40ss%2Fw@db.example.com/shop", "p@ss/w"],
    ["the password of a connection string without a user", "redis://:hunter22@cache:6379", "hunter22"],
    ["the token of a URL", "https://hunter22@example.com/shop.git", "hunter22"],
    ["the password in a query", "jdbc:postgresql://db/shop?user=x&password=hunter22", "hunter22"],
    ["the encoded password in a query", "jdbc:postgresql://db/shop?password=p%40ss%2Fw&user=x", "p@ss/w"],
    ["the password among settings", "Server=h;User Id=a;Password=hunter22;", "hunter22"],
    ["the password among settings after commas", "cache:6380,password=hunter22=,ssl=True", "hunter22="],
    ["the password among settings after spaces", "host=h user=x password='hunter22' port=1", "hunter22"],
    ["a line of an environment file", 'A=1\nexport PW="hunter22"\nB=2', "hunter22"],
    ["a line of an environment file with semicolons", "A=1\nPW=hunter;22\nB=2", "hunter;22"],
    ["a line of YAML", "a: 1\nlist:\n  - b: hunter22\n", "hunter22"],
    ["a line of .npmrc", "//registry.example.com/:_authToken=hunter22", "hunter22"],
    ["the password of basic authentication", `Basic ${base64("shop:hunter22")}`, "hunter22"],
    ["the password of a user", "shop:hunter22", "hunter22"],
    ["lines that end as on Windows", "hunt\r\n22er\r\n", "hunt\n22er"],
    ["a line of four characters", "hunt\r\n22er\r\n", "22er"],
    ["a connection string in JSON in base64", base64('{"u":"postgres://a:p%40ss%2Fw@h"}'), "p@ss/w"],
  ])("knows what a secret says: %s", (_, value, printed) => {
    expect(knowing(value).text(`<${printed}>`)).toBe("<[secret]>");
    expect(knowing(value).text(`<${value}>`)).toBe("<[secret]>");
  });

  it("takes a value of any length that is a secret as a whole, and no part of another", () => {
    expect(knowing("zq7", "").value({ all: "zq7", part: "a zq7 b", none: "", number: 7 })).toEqual({
      all: "[secret]",
      part: "a zq7 b",
      none: "",
      number: 7,
    });
  });

  it("keeps what stands under keys that are secret apart", () => {
    expect(knowing("hunter22", "swordfish").value({ hunter22: 1, swordfish: 2, hunter22s: 3 })).toEqual({
      "[secret]": 1,
      "[secret] 2": 2,
      "[secret]s": 3,
    });
  });

  it.each(["true", "false", "null"])("leaves %s alone, which hides nothing", (word) => {
    expect(knowing(word).text(`set enabled: ${word}`)).toBe(`set enabled: ${word}`);
  });

  it.each([
    ["is short", base64("hello"), "hello"],
    ["is none", "correct horse battery staple", "r\x87"],
    ["has more to it", `${base64("hello world!")}.`, "hello world!"],
  ])("does not take for base64 what %s", (_, value, decoded) => {
    expect(knowing(value).text(`<${decoded}>`)).toBe(`<${decoded}>`);
  });

  it("reads structures as they are", () => {
    const value = { list: [null, true, 5, "five"], nested: { none: null } };
    expect(knowing('[null, true, {"a": null}, "hunter22"]').value(value)).toEqual(value);
    expect(new Scrubber().value(value)).toEqual(value);
  });

  it("leaves everything alone that holds no secret", () => {
    const text = `C:\\users\\new 100% of a+b &amp; ${base64("harmless")} ${hex("harmless")} \u001b[1mbold\u001b[0m`;
    expect(knowing(odd).text(text)).toBe(text);
    expect(new Scrubber().text(text)).toBe(text);
  });
});
