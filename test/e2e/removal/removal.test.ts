// Which of the removals that the corpus does not notice does a deployment notice? Each is taken out of what the program
// registers: of the resources that are there, or of a new deployment where the account would have it otherwise. Noticed is
// what the emulator refuses, and what the checks of the account then miss; survivors.json says which. `npm run test:removal`
// first.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageRoot } from "../../../tools/freshness";
import { idOf } from "../../removal/ids";
import { removalsIn } from "../../removal/removals";
import survivors from "../../removal/survivors.json";
import { type Deployment, deployEverything } from "../engine/everything";
import { Engine } from "../engine/stack";
import type { Properties } from "../provider/resourceType";
import { failing } from "../reader/checks";

const folder = join(packageRoot, ".cache", "removal");
const surviving = join(folder, "surviving.json");
if (!existsSync(surviving))
  throw new Error("Run `npm run test:removal` first: it writes which removals the corpus does not notice.");
const ids = Object.keys(JSON.parse(readFileSync(surviving, "utf8")) as object);
const noticed = new Set<string>(survivors.flatMap(({ noticedEndToEnd }) => noticedEndToEnd));

let engine: Engine;
let deployment: Deployment;
/** What noticed it, by id. */
const outcomes: { [id: string]: string[] } = {};

beforeAll(async () => {
  engine = await Engine.start();
  deployment = await deployEverything(engine);
  expect(deployment.up.succeeded, deployment.up.text).toBe(true);
});
afterAll(async () => {
  await engine?.stop();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "end-to-end.json"), `${JSON.stringify(outcomes, undefined, 1)}\n`);
});

it("nothing is taken out, and nothing is noticed", async () => {
  expect(failing(await deployment.read())).toEqual([]);
});

it.each(ids)("%s", async (id) => {
  const by = (await inPlace(id)) ?? (await anew(id));
  outcomes[id] = by;
  expect([id, by.length > 0, by]).toEqual([id, noticed.has(id), by]);
});

/** Takes it out of the resources that are there; undefined where that would be other resources, or comes to nothing. */
async function inPlace(id: string): Promise<string[] | undefined> {
  const { provider } = engine;
  const changes = deployment.resources.flatMap(({ urn, id: physical, inputs = {} }) => {
    const left = removed(id, urn, inputs);
    return left ? [{ urn, id: physical!, inputs: inputs as Properties, left }] : [];
  });
  expect(changes.length, "resources that have it").toBeGreaterThan(0);
  if (changes.some(({ urn, inputs, left }) => provider.diff(urn, inputs, left).replaces.length > 0)) return undefined;
  try {
    for (const { urn, id: physical, inputs, left } of changes) {
      const before = await provider.read(urn, physical, inputs);
      await provider.update(urn, physical, inputs, left);
      // An update that leaves out a setting may leave it as it was.
      if (isDeepStrictEqual(await provider.read(urn, physical, inputs), before)) return undefined;
    }
    return failing(await deployment.read());
  } catch {
    return undefined;
  } finally {
    for (const { urn, id: physical, inputs, left } of changes) {
      // What was refused before it began is refused again.
      await provider.update(urn, physical, left, inputs).catch(() => {});
    }
    expect(failing(await deployment.read()), "mended").toEqual([]);
  }
}

/** Deploys without it into another account. */
async function anew(id: string): Promise<string[]> {
  const other = await Engine.start();
  try {
    other.provider.meddle = (urn, inputs) => removed(id, urn, inputs) ?? inputs;
    const { up, read } = await deployEverything(other);
    if (up.succeeded) return failing(await read());
    const reason = up.text.split("\n").find((line) => line.includes("error: ")) ?? "";
    return [`refused: ${reason.replace(/^.*error: /, "").trim()}`];
  } finally {
    await other.stop();
  }
}

/** Inputs without it; undefined where the resource does not have it. */
function removed(id: string, urn: string, inputs: object): Properties | undefined {
  const removals = removalsIn(inputs as Record<string, unknown>);
  return removals.find((candidate) => idOf(urn.split("::").pop()!, candidate) === id)?.inputs as Properties | undefined;
}
