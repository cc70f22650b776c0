// Which of the removals that the corpus does not notice does a deployment notice? Each is taken out of what the program
// registers; noticed is what the emulator refuses, and what the checks of the account then miss. survivors.json says which.
// `npm run test:removal` first. Takes minutes: five seconds for each removal.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { packageRoot } from "../../../tools/freshness";
import { idOf } from "../../removal/ids";
import { removalsIn } from "../../removal/removals";
import survivors from "../../removal/survivors.json";
import { deployEverything } from "../engine/everything";
import { Engine } from "../engine/stack";
import { emptyAccount } from "../reader/account";
import { failing } from "../reader/checks";

const folder = join(packageRoot, ".cache", "removal");
const surviving = join(folder, "surviving.json");
if (!existsSync(surviving))
  throw new Error("Run `npm run test:removal` first: it writes which removals the corpus does not notice.");
const ids = Object.keys(JSON.parse(readFileSync(surviving, "utf8")) as object);
const noticed = new Set<string>(survivors.flatMap(({ noticedEndToEnd }) => noticedEndToEnd));

let engine: Engine;
/** What noticed it, by id. */
const outcomes: { [id: string]: string[] } = {};

beforeAll(async () => {
  engine = await Engine.start();
});
beforeEach(() => emptyAccount(engine));
afterAll(async () => {
  await engine?.stop();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "end-to-end.json"), `${JSON.stringify(outcomes, undefined, 1)}\n`);
});

it("nothing is taken out, and nothing is noticed", async () => {
  engine.provider.meddle((_, inputs) => inputs);
  expect(await noticedBy("untouched")).toEqual([]);
});

it.each(ids.map((id, i) => [id, i] as const))("%s", async (id, i) => {
  let applied = 0;
  engine.provider.meddle((urn, inputs) => {
    const removal = removalsIn(inputs).find((candidate) => idOf(urn.split("::").pop()!, candidate) === id);
    if (removal) applied++;
    return (removal?.inputs ?? inputs) as typeof inputs;
  });
  const by = await noticedBy(`removal-${i}`);
  expect(applied, "resources that have it").toBeGreaterThan(0);
  outcomes[id] = by;
  expect([id, by.length > 0, by]).toEqual([id, noticed.has(id), by]);
});

async function noticedBy(stackName: string): Promise<string[]> {
  const { up, read } = await deployEverything(engine, stackName);
  if (up.succeeded) return failing(await read());
  const reason = up.text.split("\n").find((line) => line.includes("error: ")) ?? "";
  return [`refused: ${reason.replace(/^.*error: /, "").trim()}`];
}
