// `npm run demo`: a day with an attack in it, replayed through what this program would deploy. No AWS account is involved.
import { spawn } from "node:child_process";
import { dirname, isAbsolute, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pc from "picocolors";
import { generate } from "./generate.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const shown = (path) => relative(process.cwd(), path) || ".";
const report = join(root, ".cache", "attack-day.html");

/** People read along; nobody waits where the output goes to a file. */
const breath = process.stdout.isTTY ? 700 : 0;
const paint = { critical: pc.red, high: pc.red, medium: pc.yellow, low: pc.cyan, info: pc.dim };

console.log(pc.bold("1. A day of CloudTrail files, with an attack among ordinary traffic"));
const { steps, events, files, folder } = generate();
const ofAttack = steps.reduce((sum, step) => sum + step.events.length, 0);
say(
  `${events.toLocaleString("en-US")} events in ${files} files, ${ofAttack} of them the attacker's: ${shown(folder)}`,
  3,
);

console.log(pc.bold("\n2. Through a model of what this program would deploy"));
say("trail, event selectors, metric filters, alarms, topics, keys, and the policy of each", 3);
const args = ["replay", folder, "--config", join(here, "Pulumi.attack-day.yaml"), "--json", "--html", report];
say(`$ dynamodb-detective ${args.map((arg) => (isAbsolute(arg) ? shown(arg) : arg)).join(" ")}`, 3, pc.dim);
const { alerts, summary } = await replay(args);
await pause(breath);

console.log(pc.bold("\n3. What the attacker does, and who is told what, when\n"));
const steps24h = [
  ...steps.map(({ clock, title, events }) => ({ clock, title, ids: new Set(events.map(({ eventID }) => eventID)) })),
  { clock: "", title: "The rest of the day", ids: undefined },
];
const told = new Set();
for (const { clock, title, ids } of steps24h) {
  const raised = alerts.filter((alert) => !told.has(alert) && (!ids || ids.has(alert.eventIds[0])));
  if (!ids && raised.length === 0) continue;
  const [first, ...more] = wrapped(title, 7);
  console.log([`${clock.padEnd(6)} ${first}`, ...more.map((line) => `${" ".repeat(7)}${line}`)].join("\n"));
  for (const alert of raised) {
    told.add(alert);
    const { severity, time, count, suppressed, actors, tables } = alert;
    const who = actors.map((actor) => actor.replace(/^.*:/, "")).join(", ");
    const what =
      tables.length > 2 ? `${tables.slice(0, 2).join(", ")} and ${tables.length - 2} more` : tables.join(", ");
    const more = suppressed > 0 ? `, ${suppressed} more while the alarm lasted` : "";
    console.log(`  ${pc.bold(paint[severity](`${time.slice(11, 16)} ${severity.toUpperCase()} ${alert.title}`))}`);
    say(`${who}${what ? ` on ${what}` : ""}: ${count} event${count === 1 ? "" : "s"}${more}`, 8);
  }
  if (raised.length === 0) say("no alert: no detection of the catalog looks at this", 2, pc.dim);
  await pause(breath);
}

console.log(pc.bold(`\n${summary.alerts} alerts out of ${summary.events.toLocaleString("en-US")} events`));
say(`Who, what, when and what to do, as a page: ${shown(report)}`);
say("Your own logs: npx dynamodb-detective replay FOLDER --html report.html");

/** A paragraph, as wide as the terminal. */
function say(text, indent = 0, colour = String) {
  for (const line of wrapped(text, indent)) console.log(`${" ".repeat(indent)}${colour(line)}`);
}

function wrapped(text, indent) {
  const width = Math.min(process.stdout.columns ?? 120, 120) - indent;
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

/** Runs the command, and reads its lines. */
async function replay(args) {
  const child = spawn(process.execPath, [join(root, "dist", "cli", "main.js"), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found = { alerts: [], summary: undefined };
  const ended = new Promise((resolve) => child.on("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const value = JSON.parse(line);
    if (value.summary) found.summary = value.summary;
    else found.alerts.push(value);
  }
  const code = await ended;
  if (code !== 0) process.exit(code ?? 1);
  return found;
}
