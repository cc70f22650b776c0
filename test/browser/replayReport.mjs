// Proves, in headless Chromium: the page of `replay --html` has no accessibility problem that axe finds, light and dark, runs
// no script and asks for nothing from a network, stays within a narrow screen, and every control is reached with the keyboard.
// Does not prove: how it sounds in a screen reader. Needs a Chromium (CHROMIUM=path, default /usr/bin/chromium).
// Usage: npm run test:browser [-- --screenshot FILE]
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { generate } from "../../examples/attack-day/generate.mjs";

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
mkdirSync(join(root, ".cache"), { recursive: true });
const folder = mkdtempSync(join(root, ".cache", "browser-"));
const page = join(folder, "report.html");
const screenshotAt = process.argv.indexOf("--screenshot");

const { folder: day } = generate({ target: join(folder, "day") });
const config = join(root, "examples/attack-day/Pulumi.attack-day.yaml");
const { status } = spawnSync(
  process.execPath,
  [join(root, "dist/cli/main.js"), "replay", day, "--config", config, "--html", page],
  { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
);
assert.equal(status, 0);

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
  for (const colorScheme of ["light", "dark"]) {
    await check(
      `${colorScheme}: axe finds nothing, everything opened`,
      { colorScheme, bypassCSP: true },
      async (tab) => {
        await tab.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
        const found = await tab.evaluate(async () => {
          for (const each of document.querySelectorAll("details")) each.open = true;
          return (await globalThis.axe.run(document)).violations;
        });
        assert.deepEqual(
          found.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
          [],
        );
      },
    );
  }

  await check("asks for nothing, and its own policy refuses nothing of it", {}, async (tab, { requests, messages }) => {
    assert.deepEqual(requests, [pathToFileURL(page).href]);
    assert.deepEqual(messages, []);
    assert.notEqual(await tab.evaluate(() => getComputedStyle(document.querySelector(".card")).borderRadius), "0px");
  });

  await check("no sideways scrolling at 360 pixels", { viewport: { width: 360, height: 800 } }, async (tab) => {
    assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  });

  await check("links, sections and alerts are reached with the keyboard, in order of the page", {}, async (tab) => {
    const controls = await tab.locator("a, summary").count();
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

/** One check in a tab of its own. */
async function check(name, options, run) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const [requests, messages] = [[], []];
  tab.on("request", (request) => requests.push(request.url()));
  tab.on("console", (message) => messages.push(message.text()));
  await tab.goto(pathToFileURL(page).href);
  await run(tab, { requests, messages });
  await context.close();
  console.log(`ok  ${name}`);
}
