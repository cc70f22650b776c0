// Proves, in headless Chromium: the page of `replay --html` has no accessibility problem that axe finds, light and dark, runs
// no script and asks for nothing from a network, stays within a narrow screen, and every control is reached with the keyboard;
// also where nothing fired, where 2,000 alerts did, and where the logs hold what an attacker would write for the page.
// Does not prove: how it sounds in a screen reader. Needs a Chromium (CHROMIUM=path, default /usr/bin/chromium).
// Usage: npm run test:browser [-- --screenshot FILE]
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { generate } from "../../examples/attack-day/generate.mjs";

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
mkdirSync(join(root, ".cache"), { recursive: true });
const folder = mkdtempSync(join(root, ".cache", "browser-"));
const screenshotAt = process.argv.indexOf("--screenshot");

/** The page of these events. */
function reportOf(name, logs) {
  const html = join(folder, `${name}.html`);
  const config = join(root, "examples/attack-day/Pulumi.attack-day.yaml");
  const { status } = spawnSync(
    process.execPath,
    [join(root, "dist/cli/main.js"), "replay", logs, "--config", config, "--html", html],
    { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
  );
  assert.equal(status, 0);
  return html;
}

function eventsOf(name, events) {
  const file = join(folder, `${name}.jsonl`);
  writeFileSync(file, events.map((event) => JSON.stringify(event)).join("\n"));
  return file;
}

/** A backup deleted `minutes` after midnight. */
const deletion = (minutes, change) => ({
  eventVersion: "1.11",
  eventID: `event-${minutes}`,
  eventTime: new Date(Date.UTC(2026, 0, 5) + minutes * 60_000).toISOString(),
  eventSource: "dynamodb.amazonaws.com",
  eventName: "DeleteBackup",
  eventCategory: "Management",
  awsRegion: "us-east-1",
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/eve" },
  sourceIPAddress: "192.0.2.7",
  ...change,
});
const hostile = [
  "</style></script><script>alert(1)</script>",
  "<img src=https://example.com/x onerror=alert(1)>",
  '"><a href="javascript:alert(1)">',
  "\u202egnp.exe",
  "\u0645\u0631\u062d\u0628\u0627",
  "x".repeat(3000),
  "x y ".repeat(500),
].map((text, i) =>
  deletion(i * 5, {
    eventID: text,
    awsRegion: text,
    sourceIPAddress: text,
    requestParameters: { tableName: text },
    userIdentity: { type: "IAMUser", arn: text },
  }),
);

const page = reportOf("day", generate({ target: join(folder, "day") }).folder);
const pages = {
  "attack day": page,
  "nothing fired": reportOf("nothing", eventsOf("nothing", [deletion(0, { eventName: "ListTables" })])),
  "2,000 alerts": reportOf(
    "many",
    eventsOf(
      "many",
      Array.from({ length: 2000 }, (_, i) => deletion(i * 2)),
    ),
  ),
  "hostile logs": reportOf("hostile", eventsOf("hostile", hostile)),
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  for (const [name, path] of Object.entries(pages)) {
    for (const colorScheme of ["light", "dark"]) {
      await check(`${name}, ${colorScheme}: axe finds nothing`, { colorScheme, bypassCSP: true }, noViolations, path);
    }
    await check(
      `${name}: no sideways scrolling at 360 pixels, all open`,
      { viewport: { width: 360, height: 800 } },
      narrow,
      path,
    );
    await check(`${name}: asks for nothing and says nothing`, {}, quiet, path);
  }

  await check("its own policy takes its style", {}, async (tab) => {
    assert.notEqual(await tab.evaluate(() => getComputedStyle(document.querySelector(".card")).borderRadius), "0px");
  });

  await check("links, sections and alerts are reached with the keyboard, in order of the page", {}, async (tab) => {
    const controls = await tab.locator("a:visible, summary:visible").count();
    const reached = [];
    for (let i = 0; i < controls; i++) {
      await tab.keyboard.press("Tab");
      reached.push(await tab.evaluate(() => document.activeElement.getBoundingClientRect().top + scrollY));
    }
    assert.equal(await tab.evaluate(() => document.activeElement.tagName), "SUMMARY");
    const inPage = reached.slice(1);
    assert.deepEqual(
      inPage,
      inPage.toSorted((a, b) => a - b),
    );
    await tab.keyboard.press("Enter");
    assert.equal(await tab.evaluate(() => document.activeElement.parentElement.open), true);
  });

  if (screenshotAt > 0) {
    const context = await browser.newContext({ viewport: { width: 1180, height: 1240 } });
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(page).href);
    await tab.screenshot({ path: process.argv[screenshotAt + 1] });
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

async function noViolations(tab) {
  await tab.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const found = await tab.evaluate(async () => {
    for (const each of [...document.querySelectorAll("details")].slice(0, 40)) each.open = true;
    return (await globalThis.axe.run(document)).violations;
  });
  assert.deepEqual(
    found.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
    [],
  );
}

async function narrow(tab) {
  const width = await tab.evaluate(() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
    return document.documentElement.scrollWidth;
  });
  assert.equal(width, 360);
}

async function quiet(_tab, { requests, messages, path }) {
  assert.deepEqual(requests, [pathToFileURL(path).href]);
  assert.deepEqual(messages, []);
}

/** One check in a tab of its own. */
async function check(name, options, run, path = page) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const [requests, messages] = [[], []];
  tab.on("request", (request) => requests.push(request.url()));
  tab.on("console", (message) => messages.push(message.text()));
  tab.on("pageerror", (error) => messages.push(error.message));
  tab.on("dialog", (dialog) => {
    messages.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await tab.goto(pathToFileURL(path).href);
  await run(tab, { requests, messages, path });
  await context.close();
  console.log(`ok  ${name}`);
}
