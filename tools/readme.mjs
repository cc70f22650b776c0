// Runs every ```console block of the README, and holds what is shown against what is
// printed. Shown lines must be printed in this order; a line of `...` stands for any others.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pages = ["README.md"];
/** Run on their own before this check, and too long to run twice. */
const ranBefore = new Set(["npm ci && npm test"]);

let wrong = 0;
for (const page of pages) {
  const text = readFileSync(join(root, page), "utf8");
  for (const [, block] of text.matchAll(/^```console\n([\s\S]*?)^```/gm)) {
    for (const { command, shown } of commandsOf(block)) {
      if (!ranBefore.has(command)) hold(page, command, shown);
    }
  }
}
process.exitCode = wrong > 0 ? 1 : 0;

function commandsOf(block) {
  const commands = [];
  for (const line of block.trimEnd().split("\n")) {
    if (line.startsWith("$ ")) commands.push({ command: line.slice(2), shown: [] });
    else commands.at(-1).shown.push(line);
  }
  return commands;
}

function hold(page, command, shown) {
  const quick = command.replace(/^npm ci && /, "");
  const { stdout, stderr } = spawnSync("bash", ["-c", quick], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  const printed = `${stdout}${stderr}`.split("\n").map((line) => line.trimEnd());
  let at = 0;
  for (const line of shown.map((shownLine) => shownLine.trimEnd())) {
    if (line === "" || line.trim() === "...") continue;
    const found = printed.indexOf(line, at);
    if (found < 0) {
      wrong++;
      console.error(`${page}: \`${command}\` does not print (in this order): ${line}`);
      return;
    }
    at = found + 1;
  }
  console.log(`${page}: \`${command}\` prints what is shown`);
}
