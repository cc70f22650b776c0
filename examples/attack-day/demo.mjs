// `npm run demo`: a day with an attack in it, replayed through what this program would deploy. No AWS account is involved.
import { spawn } from "node:child_process";
import { dirname, join, relative } from "node:path";
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
console.log(
  `   ${events.toLocaleString("en-US")} events in ${files} files, ${ofAttack} of them the attacker's: ${shown(folder)}`,
);

console.log(
  pc.bold("\n2. They run through a model of what this program would deploy: trail, filters, alarms, topics, keys"),
);
const args = ["replay", folder, "--config", join(here, "Pulumi.attack-day.yaml"), "--json", "--html", report];
console.log(pc.dim(`   dynamodb-detective ${args.map((arg) => (arg.startsWith("/") ? shown(arg) : arg)).join(" ")}`));
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
  console.log(`${clock.padEnd(6)} ${title}`);
  for (const alert of raised) {
    told.add(alert);
    const { severity, time, count, suppressed, actors, tables } = alert;
    const who = actors.map((actor) => actor.replace(/^.*:/, "")).join(", ");
    const what =
      tables.length > 2 ? `${tables.slice(0, 2).join(", ")} and ${tables.length - 2} more` : tables.join(", ");
    const more = suppressed > 0 ? `, ${suppressed} more while the alarm lasted` : "";
    console.log(
      `  ${pc.bold(paint[severity](`${time.slice(11, 16)} ${severity.toUpperCase()} ${alert.title}`))}: ` +
        `${who}${what ? ` on ${what}` : ""} (${count} event${count === 1 ? "" : "s"}${more})`,
    );
  }
  if (raised.length === 0) console.log(pc.dim("  no alert: no detection of the catalog looks at this"));
  await pause(breath);
}

console.log(
  pc.bold(`\n${summary.alerts} alerts`) +
    ` out of ${summary.events.toLocaleString("en-US")} events. Who, what, when and what to do, as a page: ${shown(report)}`,
);
console.log("Your own logs: npx dynamodb-detective replay FOLDER --html report.html");

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
