#!/usr/bin/env node
import { ensureBuilt } from "./freshness";

/** `match` starts as fast as Node.js itself, so it goes past the command-line parser. */
async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  const asksForHelp = rest.some((argument) => argument === "--help" || argument === "-h");
  if (command === "match" && !asksForHelp) {
    ensureBuilt();
    const { match } = await import("./match/index.js");
    process.exitCode = await match(rest);
    return;
  }
  await import("./commands.js");
}

void main();
