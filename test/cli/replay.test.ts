// Proves: what the command prints and how it exits, for alerts, order, lateness, delays, damage and mistakes, on the resources
// of a stack export. Does not prove: the forms of input (replayInput.test.ts), the wiring (test/simulation), the page in a
// browser (test/browser).
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { type ReplayOptions, runReplay } from "../../cli/replay/command";
import { Copies } from "../../cli/replay/copies";
import { delayOf } from "../../cli/replay/jitter";
import { cut } from "../../cli/replay/labels";
import { progressText } from "../../cli/replay/progress";
import { OrderWindow } from "../../cli/replay/window";
import type { CloudTrailRecord, ResolvedResource } from "../../simulation";
import { folderOf } from "../offline/support/programs";
import { account, data, management, roleSession } from "../simulation/support/records";
import { changed, stackOf } from "../simulation/support/stack";

/** As `pulumi stack export` writes it. */
const exportOf = (resources: readonly ResolvedResource[]): string =>
  JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", custom: false, type: "pulumi:pulumi:Stack" },
        ...resources.map(({ type, name, inputs, outputs, id }) => ({
          urn: `urn:pulumi:dev::shop::${type}::${name}`,
          custom: true,
          type,
          id,
          inputs,
          outputs,
        })),
      ],
    },
  });

const detections = ["backup-deleted", "table-scanned", "multiple-tables-deleted"];
let folder: string;
let stackFile: string;
beforeAll(() => {
  folder = folderOf({ "stack.json": exportOf(stackOf(...detections)) });
  stackFile = join(folder, "stack.json");
});

let folders = 0;
/** Files in a folder of their own; records are written as CloudTrail does. */
function logs(files: Record<string, CloudTrailRecord[] | string | Buffer>): string {
  const target = join(folder, `logs-${++folders}`);
  mkdirSync(target);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    const isRecords = Array.isArray(content);
    const text = isRecords ? JSON.stringify({ Records: content }) : content;
    writeFileSync(join(target, name), name.endsWith(".gz") && isRecords ? gzipSync(text as string) : text);
  }
  return target;
}

async function run(paths: string | string[], options: ReplayOptions = {}) {
  const written = { stdout: [] as string[], stderr: [] as string[] };
  const streams = {
    stdout: { isTTY: false, write: (text: string) => written.stdout.push(text) > 0 },
    stderr: { isTTY: false, write: (text: string) => written.stderr.push(text) > 0 },
  };
  const code = await runReplay(
    [paths].flat(),
    { stackFile, ...options },
    streams as unknown as Parameters<typeof runReplay>[2],
  );
  return { code, out: written.stdout.join(""), err: written.stderr.join("") };
}

async function json(paths: string | string[], options: ReplayOptions = {}) {
  const { code, out, err } = await run(paths, { ...options, json: true });
  const values = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { summary } = values.pop();
  return { code, err, alerts: values, summary };
}

const deleteBackup = (time: string, change: Partial<CloudTrailRecord> = {}) =>
  management("DeleteBackup", time, { requestParameters: null, ...change });

describe("what it prints", () => {
  it("one object per alert, in order of time, and a summary", async () => {
    const scan = data("Scan", "3:30", { userIdentity: roleSession("ops") });
    const again = data("Scan", "4:10", { sourceIPAddress: "198.51.100.9" });
    const backup = deleteBackup("1");
    const other = management("ListTables", "2");
    const { code, alerts, summary, err } = await json(logs({ "a.json": [scan, again, other, backup] }));
    expect([code, err]).toEqual([0, ""]);
    expect(Object.keys(alerts[0])).toEqual([
      ...["detection", "title", "severity", "time", "state", "count", "threshold", "periodSeconds", "suppressed"],
      ...["actors", "tables", "sourceIps", "regions", "eventIds"],
    ]);
    expect(alerts.map(({ detection, time }) => [detection, time])).toEqual([
      ["backup-deleted", "2026-01-05T10:02:00Z"],
      ["table-scanned", "2026-01-05T10:04:00Z"],
    ]);
    expect(alerts[1]).toEqual({
      detection: "table-scanned",
      title: "Table scanned",
      severity: "medium",
      time: "2026-01-05T10:04:00Z",
      state: "ALARM",
      count: 1,
      threshold: 0,
      periodSeconds: 60,
      suppressed: 1,
      actors: [`arn:aws:iam::${account}:role/ops`, `arn:aws:iam::${account}:user/eve`],
      tables: ["orders"],
      sourceIps: ["192.0.2.7", "198.51.100.9"],
      regions: ["us-east-1"],
      eventIds: [scan.eventID, again.eventID],
    });
    expect(summary).toEqual({ files: 1, events: 4, relevant: 3, invalid: 0, late: 0, alerts: 2 });
  });

  it("a table for people, with totals", async () => {
    const event = data("Scan", "0", { userIdentity: roleSession("ops") });
    const { out } = await run(logs({ "a.json": [event, deleteBackup("5")] }));
    expect(out.split("\n")).toEqual([
      expect.stringMatching(/^TIME +SEVERITY +DETECTION +COUNT +SUPPRESSED +ACTOR +TABLES +FIRST EVENT$/),
      expect.stringMatching(
        new RegExp(`^2026-01-05T10:01:00Z +medium +table-scanned +1 > 0 +- +role/ops +orders +${event.eventID}$`),
      ),
      expect.stringMatching(/^2026-01-05T10:06:00Z +high +backup-deleted +1 > 0 +- +user\/eve +- +event-\d+$/),
      "",
      "2 alerts (1 high, 1 medium)",
      "1 file, 2 events, 2 relevant, 0 invalid, 0 late",
      "",
    ]);
  });

  it("no control characters from logs on a terminal", async () => {
    const event = data("Scan", "0", { eventID: "\u001b[2J\u202Eevil" });
    expect((await run(logs({ "a.json": [event] }))).out).toContain("\ufffd[2J\ufffdevil");
  });

  const nobody = JSON.stringify({ Version: "2012-10-17", Statement: [] });

  it("the hop at which an alert stops", async () => {
    const broken = join(folder, "broken.json");
    writeFileSync(broken, exportOf(changed(stackOf("table-scanned"), "topic-policy", { policy: nobody })));
    const { code, alerts, summary, err } = await json(logs({ "a.json": [data("Scan", "0")] }), { stackFile: broken });
    expect([code, alerts, summary.alerts]).toEqual([0, [], 0]);
    const told = /^Would not arrive:\n {2}table-scanned: 1 alert stopped at topic policy \(.+\): .+\n$/;
    expect(err).toMatch(told);
    // For people it is part of the report.
    const text = await run(logs({ "a.json": [data("Scan", "0")] }), { stackFile: broken });
    expect(text.err).toBe("");
    expect(text.out.split("\n\n").at(-1)).toMatch(told);
  });

  it("what the way of alerts takes for granted, each thing once", async () => {
    const unheard = join(folder, "unheard.json");
    writeFileSync(unheard, exportOf(changed(stackOf("table-scanned"), "subscription", undefined)));
    const scans = logs({ "a.json": [data("Scan", "0"), data("Scan", "5")] });
    const { err, summary } = await json(scans, { stackFile: unheard });
    expect([summary.alerts, err]).toEqual([
      2,
      "Taken for granted:\n  subscription (topic): nobody among the resources is subscribed to the topic\n",
    ]);
    const html = join(folder, "unheard.html");
    await run(scans, { stackFile: unheard, html });
    expect(readFileSync(html, "utf8")).toMatch(/<h2 id="assumed-title">Taken for granted<.*nobody among the resources/);
  });

  it("the same from a preview's output as from a stack export", async () => {
    const preview = join(folder, "preview.json");
    writeFileSync(preview, JSON.stringify({ project: "shop", resources: stackOf(...detections) }));
    expect((await json(logs({ "a.json": [data("Scan", "0")] }), { stackFile: preview })).alerts).toHaveLength(1);
  });
});

describe("order", () => {
  const name = (region: string, stamp: string) => `${region}/${account}_CloudTrail_${region}_${stamp}_x.json.gz`;
  const deletes = (...times: string[]) => times.map((time) => management("DeleteTable", time));

  it("of events in a file", async () => {
    const { alerts } = await json(logs({ "a.json": [...deletes("9", "3", "6", "1", "0", "5"), data("Scan", "30")] }));
    expect(alerts.map(({ detection, count }) => [detection, count])).toEqual([
      ["multiple-tables-deleted", 6],
      ["table-scanned", 1],
    ]);
  });

  it("of files: by the time in CloudTrail's names, not by Region", async () => {
    const path = logs({
      [name("eu-west-1", "20260105T1005Z")]: deletes("1", "2"),
      [name("eu-west-1", "20260105T2000Z")]: [data("Scan", "595")],
      [name("us-east-1", "20260105T1005Z")]: deletes("0", "3", "4", "5"),
    });
    const { alerts, summary } = await json(path);
    expect(summary).toMatchObject({ files: 3, late: 0 });
    expect(alerts.map(({ detection }) => detection)).toEqual(["multiple-tables-deleted", "table-scanned"]);
  });

  it("of other files: by their first event", async () => {
    const path = logs({
      "a.json": [data("Scan", "300")],
      "b.json.gz": [data("Scan", "1")],
      "c.jsonl": `${JSON.stringify(data("Scan", "150"))}\n`,
    });
    const { alerts, summary } = await json(path);
    expect([alerts.length, summary.late]).toEqual([3, 0]);
  });

  it("what comes more than an hour late is counted and told, what comes earlier counts", async () => {
    const { alerts, summary, err } = await json(
      logs({ "a.json": [data("Scan", "100"), data("Scan", "39:59"), data("Scan", "40")] }),
    );
    expect(summary).toMatchObject({ relevant: 3, late: 1, alerts: 2 });
    expect(alerts.map(({ time }) => time)).toEqual(["2026-01-05T10:41:00Z", "2026-01-05T11:41:00Z"]);
    expect(err).toMatch(/^1 relevant event came too late/);
  });

  it("holds no more than its limit: the oldest go early", () => {
    const out: number[] = [];
    const window = new OrderWindow<number>((value) => out.push(value), { window: 100, held: 3 });
    for (const time of [5, 3, 4, 9, 1, 8]) window.add(time, time);
    window.finish();
    expect([out, window.late]).toEqual([[3, 4, 5, 8, 9], 1]);
  });

  it("is that of sorting, for what comes within the window", () => {
    const times = Array.from({ length: 500 }, (_, i) => i * 10 + ((i * 7919) % 100));
    const out: number[] = [];
    const window = new OrderWindow<number>((value) => out.push(value), { window: 100, held: 1000 });
    for (const time of times) window.add(time, time);
    window.finish();
    expect([out, window.late]).toEqual([times.toSorted((a, b) => a - b), 0]);
  });
});

describe("delays", () => {
  it("depend on seed and event alone, and stay below the limit", () => {
    const delays = Array.from({ length: 200 }, (_, i) => delayOf(`event-${i}`, 90, 7));
    expect(delays).toEqual(Array.from({ length: 200 }, (_, i) => delayOf(`event-${i}`, 90, 7)));
    expect(Math.max(...delays)).toBeLessThan(90_000);
    expect(Math.max(...delays)).toBeGreaterThan(80_000);
    expect(Math.min(...delays)).toBeLessThan(10_000);
    expect(delays).not.toEqual(Array.from({ length: 200 }, (_, i) => delayOf(`event-${i}`, 90, 8)));
    expect(delayOf("event", 0, 7)).toBe(0);
  });

  it("move events between windows, the same way on every run", async () => {
    const path = logs({
      "a.json": Array.from({ length: 20 }, (_, i) => data("Scan", `0:${i}`, { eventID: `e-${i}` })),
    });
    const [first, second, other] = [
      await json(path, { jitter: "3600", seed: "3" }),
      await json(path, { jitter: "3600", seed: "3" }),
      await json(path, { jitter: "3600", seed: "4" }),
    ];
    expect(first.alerts).toEqual(second.alerts);
    expect(first.alerts.length).toBeGreaterThan(1);
    expect(other.alerts).not.toEqual(first.alerts);
    expect((await json(path)).alerts).toHaveLength(1);
  });
});

describe("exit codes", () => {
  const scans = () => [data("Scan", "0")];

  it.each([
    [undefined, 0],
    ["high", 0],
    ["medium", 1],
    ["info", 1],
  ])("--fail-on %s with an alert of medium severity: %i", async (failOn, code) => {
    expect((await run(logs({ "a.json": scans() }), failOn === undefined ? {} : { failOn })).code).toBe(code);
  });

  it.each<[ReplayOptions, RegExp]>([
    [
      { failOn: "hihg" },
      /^--fail-on hihg: no such severity\. Did you mean high\? Known: info, low, medium, high, critical\.\n$/,
    ],
    [{ jitter: "soon" }, /^--jitter soon: expected a number of seconds, 0 or more\.\n$/],
    [{ jitter: "-1" }, /^--jitter -1: expected/],
    [{ seed: "x" }, /^--seed x: expected a number, 0 or more\.\n$/],
    [{ stackFile: "missing.json" }, /^--stack-file missing\.json: no such file\.\n$/],
    [{ config: "Pulumi.dev.yaml" }, /^--config says what to preview: not together with --stack-file\.\n$/],
  ])("usage %j: 2", async (options, message) => {
    const { code, out, err } = await run(logs({ "a.json": scans() }), options);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });

  it.each([
    ["{", /^--stack-file .*: not JSON/],
    ["{}", /no "deployment\.resources"/],
    [exportOf([]), /^none of the resources is an alarm/],
    [
      exportOf(
        changed(stackOf("table-scanned"), "table-scanned-alarm", { threshold: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
      ),
      /not known before deployment/,
    ],
  ])("a stack export that is of no use: 2", async (content, message) => {
    const file = join(folder, "other.json");
    writeFileSync(file, content);
    const { code, err } = await run(logs({ "a.json": scans() }), { stackFile: file });
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  const gzip = gzipSync(JSON.stringify({ Records: Array.from({ length: 400 }, (_, i) => deleteBackup(`${i % 60}`)) }));
  it.each<[string, string | Buffer, RegExp]>([
    ["truncated gzip", gzip.subarray(0, gzip.length - 40), /b\.json\.gz: the gzip data ends early\n/],
    [
      "damaged gzip",
      Buffer.concat([gzip.subarray(0, 200), Buffer.from("damage"), gzip.subarray(206)]),
      /b\.json\.gz: the gzip data is damaged/,
    ],
    ["no JSON", "hello\n", /b\.json\.gz:1:1: not JSON, it begins with "hello"\n/],
    ["an empty file", "", /b\.json\.gz: empty\n/],
    [
      "a bad record in the middle",
      JSON.stringify({ Records: [deleteBackup("0"), {}, data("GetItem", "0")] }),
      /b\.json\.gz:1:\d+: record 2: not a CloudTrail event/,
    ],
  ])("unreadable input, %s: told with its place, the rest is read, 3 wins over 1", async (_, content, message) => {
    const path = logs({ "a.json": scans(), "b.json.gz": content, "c.json": [data("Scan", "20")] });
    const { code, err, alerts, summary } = await json(path, { failOn: "low" });
    expect(code).toBe(3);
    expect(err).toMatch(message);
    expect(alerts.filter(({ detection }) => detection === "table-scanned")).toHaveLength(2);
    expect(summary).toMatchObject({ files: 3, invalid: 1 });
  });

  it("what a damaged file holds before the damage counts", async () => {
    const noise = Array.from({ length: 400 }, (_, i) => data("GetItem", "0", { requestID: `${(i * 7919) ** 3}` }));
    const whole = gzipSync(JSON.stringify({ Records: noise }));
    const [half, end] = [whole.subarray(0, whole.length / 2), whole.subarray(whole.length / 2 + 40)];
    const { code, summary } = await json(logs({ "b.json.gz": Buffer.concat([half, Buffer.alloc(40, 0xff), end]) }));
    expect(code).toBe(3);
    expect(summary.events).toBeGreaterThan(100);
  });

  it("what a truncated file still holds counts", async () => {
    const { summary } = await json(logs({ "b.json.gz": gzip.subarray(0, gzip.length - 40) }));
    expect(summary.events).toBeGreaterThan(200);
    expect(summary.events).toBeLessThan(400);
  });

  it("a path that is not there: 3, and the others are read", async () => {
    const { code, err, summary } = await json([join(folder, "nowhere"), logs({ "a.json": scans() })]);
    expect([code, summary.alerts]).toEqual([3, 1]);
    expect(err).toMatch(/nowhere: no such file or folder\n$/);
  });

  it("many problems of one file are counted", async () => {
    const { err, summary } = await json(logs({ "a.jsonl": `${JSON.stringify(scans()[0])}\n${"word\n".repeat(30)}` }));
    expect(summary.invalid).toBe(30);
    expect(err.trimEnd().split("\n")).toHaveLength(6);
    expect(err).toMatch(/a\.jsonl: and 25 more\n$/);
  });

  it("no event at all is said", async () => {
    expect(await json(logs({}))).toMatchObject({
      code: 0,
      err: "No event was read: this tells nothing about the account.\n",
      summary: { files: 0 },
    });
    expect((await run(logs({ "a.json": [] }))).out).toContain("No event was read");
  });

  it("digests and what else AWS writes beside events are no input", async () => {
    const path = logs({
      "AWSLogs/1/CloudTrail/a.json": scans(),
      "AWSLogs/1/CloudTrail-Digest/a.json": '{"digest":1}',
      "aws-logs-write-test": "Permission Check Successful",
      ".DS_Store": "x",
    });
    expect(await json(path)).toMatchObject({ code: 0, summary: { files: 1, invalid: 0 } });
  });

  it("nor are they where a shell's wildcard names them", async () => {
    const path = logs({
      [`${account}_CloudTrail-Digest_us-east-1_trail_us-east-1_20260105T100000Z.json.gz`]: '{"digest":1}',
      "CloudTrail-Aggregated/a.json": '{"Records":[{}]}',
      "a.json": scans(),
    });
    const named = readdirSync(path, { recursive: true, withFileTypes: true });
    const paths = named.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    expect(paths).toHaveLength(3);
    expect(await json(paths)).toMatchObject({ code: 0, summary: { files: 1, invalid: 0 } });
  });
});

describe("what is given twice counts once", () => {
  const name = `${account}_CloudTrail_us-east-1_20260105T1005Z_x.json.gz`;
  const deletes = (count: number) => Array.from({ length: count }, (_, i) => management("DeleteTable", `0:${i}`));

  it("a file by two paths, and a copy of a file of CloudTrail", async () => {
    const path = logs({ "a.json": deletes(2), [`x/${name}`]: [data("Scan", "0")] });
    mkdirSync(join(path, "y"));
    copyFileSync(join(path, "x", name), join(path, "y", name));
    const { summary } = await json([path, join(path, "a.json"), join(path, "x", "..", "a.json")]);
    expect(summary).toMatchObject({ files: 2, events: 3, relevant: 3 });
  });

  it("another file of the same name is no copy", async () => {
    const path = logs({ [`x/${name}`]: deletes(1), [`y/${name}`]: deletes(20) });
    expect((await json(path)).summary).toMatchObject({ files: 2, events: 21 });
  });

  it("an event that two trails delivered", async () => {
    const events = deletes(4);
    const { alerts, summary, err } = await json(logs({ "a.json": events, "b.json": [...events, data("Scan", "1")] }));
    expect(alerts.map(({ detection }) => detection)).toEqual(["table-scanned"]);
    expect(summary).toMatchObject({ events: 9, relevant: 5 });
    expect(err).toBe("4 relevant events in more than one file: each counted once.\n");
  });

  it("but not an event that one file holds twice, nor one without an id", async () => {
    const [event] = deletes(1);
    const { alerts } = await json(logs({ "a.json": Array<CloudTrailRecord>(6).fill(event!) }));
    expect(alerts).toMatchObject([{ detection: "multiple-tables-deleted", count: 6 }]);
    const nameless = management("DeleteTable", "0", { eventID: undefined });
    const { summary } = await json(logs({ "a.json": [nameless], "b.json": [nameless] }));
    expect(summary.relevant).toBe(2);
  });

  it("of two generations of events, the older are forgotten", () => {
    const copies = new Copies();
    const event = (i: number) => ({ eventID: `e-${i}`, eventTime: "t", eventName: "n" });
    for (let i = 0; i < 10_001; i++) expect(copies.isCopy(event(i), 1)).toBe(false);
    expect([copies.isCopy(event(10_000), 2), copies.isCopy(event(5_000), 2)]).toEqual([true, true]);
    expect(copies.isCopy(event(0), 2)).toBe(false);
  });
});

describe("the page", () => {
  const attack = `<script>alert(1)</script><img src=x onerror=alert(1)>"'&`;

  it("escapes everything that comes from logs", async () => {
    const html = join(folder, "report.html");
    const event = data("Scan", "0", {
      eventID: attack,
      sourceIPAddress: attack,
      awsRegion: attack,
      userIdentity: { type: "IAMUser", arn: attack },
      requestParameters: { tableName: attack },
      resources: [],
    });
    expect((await run(logs({ "a.json": [event] }), { html })).code).toBe(0);
    const page = readFileSync(html, "utf8");
    expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>"/);
    const escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;";
    expect(page.split(escaped).length).toBeGreaterThan(6);
  });

  it("allows neither scripts nor network, and holds none", async () => {
    const html = join(folder, "report.html");
    await run(logs({ "a.json": [data("Scan", "0")] }), { html });
    const page = readFileSync(html, "utf8");
    expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
    expect(page).not.toMatch(/<script|<link|src=|url\(|https?:|style=/);
    expect(page).toMatch(/<html lang="en">/);
  });

  it("keeps many alerts behind a line, and says how many it does not list", async () => {
    const html = join(folder, "report.html");
    const path = logs({ "a.json": Array.from({ length: 230 }, (_, i) => deleteBackup(`${i * 3}`)) });
    await run(path, { html });
    const page = readFileSync(html, "utf8");
    expect(page.split("<td>DeleteBackup</td>")).toHaveLength(201);
    expect(page).toContain("<summary>210 later alerts</summary>");
    expect(page).toContain("30 further alerts not listed");
    // Too many for a symbol and a number each.
    expect(page.match(/<rect [^>]*rx="1"/g)!.length).toBeGreaterThan(40);
    expect(page).toMatch(/<title>2026-01-05 \d\d:\d\d Backup deleted, \d alerts<\/title>/);
  });

  it("gives alerts that are far apart a symbol, with a number where it stands for several", async () => {
    const html = join(folder, "report.html");
    await run(logs({ "a.json": ["0", "3", "6", "590"].map((time) => deleteBackup(time)) }), { html });
    const page = readFileSync(html, "utf8");
    expect(page).toMatch(/<text class="many"[^>]*>3<\/text>/);
    expect(page).not.toMatch(/<rect [^>]*rx="1"/);
  });

  it("says so when nothing fired", async () => {
    const html = join(folder, "report.html");
    await run(logs({ "a.json": [data("GetItem", "0")] }), { html });
    expect(readFileSync(html, "utf8")).toContain("None of these events would have raised an alert.");
  });

  it.each([
    ["no/report.html", /^--html (\S*no)\/report\.html: no such folder: \1\.\n$/],
    [".", /^--html .*: a folder\. Name a file in it, for example .*report\.html\n$/],
  ])("that cannot be written, %s: 2, before anything is read", async (name, message) => {
    const { code, out, err } = await run(logs({ "a.json": "not read" }), { html: join(folder, name) });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });
});

it("cuts long texts in their middle, never within a character", () => {
  expect([cut("short", 5), cut("longer text", 8), cut("longer", 2)]).toEqual(["short", "longe…xt", "l…"]);
  expect(cut("\ud83d\ude00".repeat(9), 6)).toBe(`${"\ud83d\ude00".repeat(4)}…${"\ud83d\ude00"}`);
});

it("tells rate and remaining time", () => {
  expect(progressText({ bytes: 25e6, totalBytes: 100e6, events: 12345 }, 5)).toBe(
    "25 %, 25 MB of 100 MB, 5.0 MB/s, 12,345 events, 15 s left",
  );
  expect(progressText({ bytes: 1e6, totalBytes: 0, events: 1 }, 1)).toBe("1.0 MB, 1.0 MB/s, 1 events");
  expect(progressText({ bytes: 1e5, totalBytes: 100e6, events: 9 }, 1)).toBe(
    "0 %, 0.1 MB of 100 MB, 0.1 MB/s, 9 events",
  );
});
