// Runs unit.check.ts and judges what it measured: the tests of every part must succeed while nothing is taken out,
// survivors.json must say which removals they miss, and nothing may wait for another without a test that says so.
// `npm run test:removal` first. An argument measures only removals that contain it, and judges nothing.
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const result = join(root, ".cache", "removal", "unit.json");
rmSync(result, { force: true });
const [only = ""] = process.argv.slice(2);
process.env.REMOVAL_ONLY = only;

const vitest = await startVitest("test", [], {
  config: join(root, "test", "removal", "unit.config.mts"),
  watch: false,
  // Failures are what is asked for, and told in one line each; what the programs say is not.
  reporters: [{ onUserConsoleLog: ({ content }) => void (/^\d+\//.test(content) && process.stdout.write(content)) }],
});
const errors = [
  ...vitest.state.getUnhandledErrors(),
  // Those of the file itself, which then has no tests.
  ...vitest.state.getFiles().flatMap(({ tasks, result }) => (tasks.length > 0 ? [] : (result?.errors ?? []))),
];
await vitest.close();
if (errors.length > 0) {
  for (const { stack, message } of errors) console.error(stack ?? message);
  process.exit(1);
}

const { broken, surviving, waiting } = JSON.parse(readFileSync(result, "utf8"));
const groups = JSON.parse(readFileSync(join(root, "test", "removal", "survivors.json"), "utf8"));
const listed = groups.flatMap(({ missedByUnitTests }) => missedByUnitTests);
// As in ids.ts, which is not compiled.
const covers = (entry, id) => id === entry || (entry.endsWith("*") && id.startsWith(entry.slice(0, -1)));
const missed = Object.entries(surviving).flatMap(([id, outcome]) => (outcome === "noticed" ? [] : [id]));
const mistakes = {
  "fails without any removal": broken,
  "is waited for, and no unit test says so": Object.keys(waiting).filter((key) => waiting[key] !== "noticed"),
  "is missed by the unit tests, and not listed": missed.filter((id) => !listed.some((entry) => covers(entry, id))),
  "is listed as missed, and noticed by now": listed.filter((entry) => !missed.some((id) => covers(entry, id))),
};
const all = Object.keys(surviving).length;
console.log(
  `${all} removals: ${all - missed.length} noticed by the unit tests of the components, ${missed.length} not.`,
);
if (only === "") {
  for (const [what, names] of Object.entries(mistakes)) for (const name of names) console.error(`${name}: ${what}`);
}
process.exit(only === "" && Object.values(mistakes).some((names) => names.length > 0) ? 1 : 0);
