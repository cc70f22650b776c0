// Proves: what the command prints and how it exits, for every form of input and mistake. Does not prove: that AWS answers
// as the predicate does (test/simulation/logs), nor how fast it starts (bench/).
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "match-"));
const script = join(folder, "match.cjs");
let inputs: string[];

beforeAll(() => {
  const { metafile } = buildSync({
    stdin: {
      contents: `import { match } from "./cli/match"; match(process.argv.slice(2)).then((code) => { process.exitCode = code; });`,
      resolveDir: join(__dirname, "../.."),
    },
    bundle: true,
    platform: "node",
    packages: "external",
    metafile: true,
    outfile: script,
  });
  inputs = Object.keys(metafile.inputs);
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: string[], input: string | Buffer = "") => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    input,
    cwd: folder,
    maxBuffer: 1 << 26,
  });
  return { status, out: stdout.toString(), err: stderr.toString() };
};
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const pattern = '{ $.eventName = "Delete*" }';
const deletes = { eventName: "DeleteTable", n: 1 };
const creates = { eventName: "CreateTable", n: 2 };
const [line, other] = [deletes, creates].map((event) => JSON.stringify(event)) as [string, string];
const records = JSON.stringify({ Records: [creates, deletes] });

const said = (value: unknown): string => JSON.stringify(value);
const envelope = (detail: object): string => said({ version: "0", "detail-type": "x", source: "aws.dynamodb", detail });
const logEvent = (event: object) => ({ logStreamName: "a", timestamp: 1, message: said(event), eventId: "1" });

describe("input", () => {
  it.each<[string, string | Buffer]>([
    ["JSON lines", `${line}\n${other}\n`],
    ["JSON lines without a last line break", `${other}\n\n${line}`],
    ["Windows line breaks", `${line}\r\n${other}\r\n`],
    ["a byte order mark", `\ufeff${line}\n`],
    ["CloudTrail's records", records],
    ["records over several lines", JSON.stringify(JSON.parse(records), null, 2)],
    ["an event over several lines", `\n${JSON.stringify(deletes, null, 2)}\n`],
    ["an array", JSON.stringify([creates, deletes])],
    ["records, line by line", `${records}\n${other}\n`],
    ["events one after the other, as zcat joins files", `${records}{"Records": [${other}]}${other}`],
    [
      "indented records one after the other",
      `${JSON.stringify(JSON.parse(records), null, 2)}\n${JSON.stringify(creates, null, 2)}`,
    ],
    [
      "lines after a timestamp, as CloudWatch Logs exports them",
      `2026-01-05T10:00:00.123Z ${line}\n2026-01-05T10:00:01Z ${other}`,
    ],
    ["EventBridge envelopes", `${envelope(deletes)}\n${envelope(creates)}`],
    ["a list of EventBridge envelopes", `[${envelope(creates)},${envelope(deletes)}]`],
    ["aws logs filter-log-events", said({ events: [creates, deletes].map(logEvent), searchedLogStreams: [] })],
    ["aws logs get-log-events", said({ nextForwardToken: "f", events: [deletes, creates].map(logEvent) })],
    [
      "a subscription's payload",
      said({ messageType: "CONTROL_MESSAGE", logEvents: [{ id: "", timestamp: 1, message: "CWL CONTROL MESSAGE" }] }) +
        said({
          messageType: "DATA_MESSAGE",
          owner: "1",
          logEvents: [deletes, creates].map((each) => ({ id: "1", timestamp: 1, message: said(each) })),
        }),
    ],
    [
      "aws cloudtrail lookup-events",
      said({ Events: [creates, deletes].map((each) => ({ EventId: "1", CloudTrailEvent: said(each) })) }),
    ],
    [
      "aws logs get-query-results",
      said({
        results: [deletes, creates].map((each) => [{ field: "@message", value: said(each) }]),
        status: "Complete",
      }),
    ],
    [
      "aws sqs receive-message, of a topic that EventBridge publishes to",
      said({
        Messages: [creates, deletes].map((each) => ({
          MessageId: "1",
          Body: said({ Type: "Notification", Message: envelope(each) }),
        })),
      }),
    ],
    ["gzip", gzipSync(records)],
    ["gzip of several parts", Buffer.concat([gzipSync(records), gzipSync(other)])],
    ["gzip of lines", gzipSync(`${line}\n${other}`)],
  ])("%s", (name, content) => {
    const expected = { status: 0, out: `${line}\n`, err: "" };
    expect(run([pattern, file("input", content)])).toEqual(expected);
    expect(run([pattern], content), `${name} on standard input`).toEqual(expected);
    expect(run([pattern, "-"], content)).toEqual(expected);
  });

  it.each<[string, object]>([
    ["a message", { level: "x", message: line }],
    ["a message that is no JSON", { timestamp: 1, message: "hello" }],
    ["a detail", { eventName: "DeleteTable", detail: { a: 1 } }],
    ["lists of other things", { events: [1, 2], results: [{ a: 1 }], Messages: ["x"] }],
    ["an Insights event", { eventCategory: "Insight", insightDetails: {} }],
  ])("an event with %s of its own is matched as it is", (_, own) => {
    expect(run(["{ $.eventName NOT EXISTS || $.eventName = * }"], said(own))).toEqual({
      status: 0,
      out: `${said(own)}\n`,
      err: "",
    });
  });

  it("prints matches of all files in order", () => {
    const [a, b] = [file("a", line), file("b.gz", gzipSync(records))];
    expect(run([pattern, a, b, a])).toMatchObject({ status: 0, out: `${line}\n`.repeat(3) });
  });

  it("keeps characters of several bytes whole, over any number of chunks", () => {
    const long = JSON.stringify({ eventName: `Delete${"€".repeat(300_000)}` });
    expect(run([pattern], long).out === `${long}\n`).toBe(true);
  });

  it("exits 1 where nothing matches", () => {
    expect(run([pattern], other)).toEqual({ status: 1, out: "", err: "" });
    expect(run([pattern], "")).toEqual({ status: 1, out: "", err: "" });
    expect(run([pattern], "{}\nnull\n1\n")).toEqual({ status: 1, out: "", err: "" });
  });

  it("ends quietly when nobody reads on", () => {
    const many = file("many", `${line}\n`.repeat(200_000));
    const { status, stdout, stderr } = spawnSync(
      "sh",
      ["-c", `"${process.execPath}" "${script}" '${pattern}' ${many} | head -1`],
      { cwd: folder },
    );
    expect([status, stdout.toString(), stderr.toString()]).toEqual([0, `${line}\n`, ""]);
  });
});

describe("input that is unreadable: exit 2, and the rest is processed", () => {
  it("a bad line in the middle", () => {
    const bad = file("bad", `${line}\n{"eventName": \n${line}\n`);
    expect(run([pattern, bad])).toEqual({
      status: 2,
      out: `${line}\n${line}\n`,
      err: "bad:2:1: the input ends early\n",
    });
  });

  it("a bad first line", () => {
    expect(run([pattern], `nonsense\n${line}\n`)).toEqual({
      status: 2,
      out: `${line}\n`,
      err: 'standard input:1:1: not JSON, it begins with "nonsense"\n',
    });
  });

  it("no JSON at all", () => {
    expect(run([pattern], "\nERROR 1\nERROR 2\n")).toEqual({
      status: 2,
      out: "",
      err: ['2:1: not JSON, it begins with "ERROR 1\\nERROR 2"', '3:1: not JSON, it begins with "ERROR 2"']
        .map((text) => `standard input:${text}\n`)
        .join(""),
    });
  });

  it("a truncated gzip file: what came before its end counts", () => {
    const whole = gzipSync(
      `${line}\n${Array.from({ length: 5000 }, (_, i) => JSON.stringify({ i, x: i * 7919 })).join("\n")}`,
    );
    const cut = file("cut.gz", whole.subarray(0, whole.length - 200));
    const { status, out, err } = run([pattern, cut, file("after", line)]);
    expect([status, out]).toEqual([2, `${line}\n${line}\n`]);
    const place = /^cut\.gz: the gzip data ends early after byte (\d+); (\d+) events before were read\n$/.exec(err);
    expect(Number(place?.[1])).toBe(whole.length - 200);
    expect(Number(place?.[2])).toBeGreaterThan(4000);
  });

  it("records of CloudTrail: the damaged one is named, the others are processed, also before the end of a truncated file", () => {
    const all = { Records: [deletes, creates, deletes, ...Array.from({ length: 400 }, (_, i) => ({ i, x: i ** 9 }))] };
    const bad = JSON.stringify(all).replace('"CreateTable"', "oops");
    expect(run([pattern, file("bad.json", bad)])).toEqual({
      status: 2,
      out: `${line}\n${line}\n`,
      err: expect.stringMatching(/^bad\.json:1:60: record 2: not JSON at "oops/),
    });
    const cut = gzipSync(JSON.stringify(all)).subarray(0, -500);
    expect(run([pattern, file("cut.json.gz", cut)])).toMatchObject({
      status: 2,
      out: `${line}\n${line}\n`,
      err: expect.stringMatching(
        /^cut\.json\.gz: the gzip data ends early after byte \d+; \d+ events before were read\n$/,
      ),
    });
  });

  it("many bad lines: the first ones, and how many more", () => {
    const { err } = run([pattern, file("many-bad", `${line}\n${"oops\n".repeat(30)}`)]);
    expect(err.split("\n")).toHaveLength(7);
    expect(err).toMatch(/many-bad: and 25 more\n$/);
  });

  it.each<[string, string | Buffer, string, string?]>([
    [
      "UTF-16",
      Buffer.from(`\ufeff${line}`, "utf16le"),
      "odd:1:1: UTF-16, not UTF-8. Convert it, for example with: iconv",
    ],
    ["objects of which one is damaged", `${line}{"eventName":oops}${line}`, "odd:1:47: not JSON", `${line}\n`],
    [
      "an event too deep to be printed",
      `{"eventName":"DeleteTable","deep":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
      "odd:1:1034: nested too deeply",
    ],
    [
      "a log event that wraps no JSON",
      JSON.stringify({ Events: [{ CloudTrailEvent: "x" }] }),
      "odd:1:1: wraps no JSON",
    ],
  ])("%s", (_, content, message, before = "") => {
    const { status, out, err } = run([pattern, file("odd", content), file("after", line)]);
    expect([status, out]).toEqual([2, `${before}${line}\n`]);
    expect(err.startsWith(message), err).toBe(true);
  });

  it("a file that is not there, and a folder", () => {
    mkdirSync(join(folder, "logs"), { recursive: true });
    expect(run([pattern, "nowhere", "logs/", file("there", line)])).toEqual({
      status: 2,
      out: `${line}\n`,
      err: "nowhere: no such file or folder\nlogs/: a folder. Name the files, for example logs/*.json.gz\n",
    });
  });
});

describe("a pattern that AWS would refuse", () => {
  it("is shown with a caret under the mistake", () => {
    expect(run(["{ $.a EXISTS }"], line)).toEqual({
      status: 2,
      out: "",
      err: '{ $.a EXISTS }\n      ^\nfilter pattern, offset 6: EXISTS is not supported. Write $.a = "*" for a string that is there.\n',
    });
  });

  it("over several lines: the line of the mistake", () => {
    const { err } = run(["{ $.a = 1 &&\n\t$.b == 2 }"], line);
    expect(err.split("\n").slice(0, 2)).toEqual([" $.b == 2 }", "     ^"]);
  });

  it("that is long: an excerpt", () => {
    const { err } = run([`{ ${"$.a = 1 || ".repeat(20)}$.b EXISTS${" || $.a = 1".repeat(20)} }`], line);
    const [excerpt, caret] = err.split("\n");
    expect(excerpt).toMatch(/^\.\.\..*\$\.b EXISTS.*\.\.\.$/);
    expect(excerpt!.slice(caret!.indexOf("^"))).toMatch(/^EXISTS/);
  });

  it("that is too long: its end", () => {
    const { status, err } = run([`{ $.a = "${"x".repeat(1100)}" }`], line);
    expect([status, err]).toEqual([2, expect.stringContaining("offset 1024")]);
  });
});

describe("usage", () => {
  it("is printed when asked for", () => {
    expect(run(["--help"])).toMatchObject({
      status: 0,
      out: expect.stringContaining("Usage: dynamodb-detective match"),
    });
  });

  it.each([
    [[], "a pattern is missing"],
    [[pattern, "--json"], "unknown option --json"],
  ])("%j", (args, problem) => {
    expect(run(args)).toMatchObject({ status: 2, out: "", err: expect.stringContaining(`match: ${problem}`) });
  });

  it("after -- everything is a name", () => {
    expect(run(["--", pattern, file("--odd", line)])).toMatchObject({ status: 0, out: `${line}\n` });
  });
});

it("loads the grammar, the reader of inputs and nothing else: it starts as fast as Node.js does", () => {
  const needed =
    /^(cli\/match|cli\/replay\/input|detections\/event\/record\.ts|detections\/filterPattern|simulation\/logs|<stdin>)/;
  expect(inputs.filter((path) => !needed.test(path))).toEqual([]);
  const required = createRequire(__filename)("node:fs")
    .readFileSync(script, "utf8")
    .matchAll(/require\("([^"]+)"\)/g);
  expect([...required].map(([, name]) => name).filter((name) => !name!.startsWith("node:"))).toEqual([]);
});
