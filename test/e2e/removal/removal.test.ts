// Which of the removals that the corpus does not notice does a deployment notice? Each is taken out of the resources that
// are there: noticed is what the account refuses, and what the checks of the account then miss. What would be another
// resource, or cannot be taken out of one that is there, is left out of new deployments: of many removals together, and of
// fewer where somebody notices. survivors.json says which nobody notices. `npm run test:removal` first.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageRoot } from "../../../tools/freshness";
import { covers, idOf } from "../../removal/ids";
import { removalsIn } from "../../removal/removals";
import survivors from "../../removal/survivors.json";
import { type Deployment, deployEverything } from "../engine/everything";
import { Engine, nameOf } from "../engine/stack";
import type { Properties } from "../provider/resourceType";
import { failing } from "../reader/checks";

const folder = join(packageRoot, ".cache", "removal");
const surviving = join(folder, "surviving.json");
if (!existsSync(surviving))
  throw new Error("Run `npm run test:removal` first: it writes which removals the corpus does not notice.");
const ids = Object.keys(JSON.parse(readFileSync(surviving, "utf8")) as object);

let engine: Engine;
let deployment: Deployment;
/** What noticed it, by id. */
const outcomes: { [id: string]: string[] } = {};
/** Not to be had in place. */
const others: string[] = [];

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
  const by = await inPlace(id);
  if (by) outcomes[id] = by;
  else others.push(id);
});

it("was mended each time", async () => {
  expect(failing(await deployment.read())).toEqual([]);
});

it("what cannot be taken out in place", { timeout: 3_600_000 }, async () => {
  await anew(others);
  expect(Object.keys(outcomes).sort()).toEqual([...ids].sort());
});

it("nobody notices what survivors.json lists, and no more", () => {
  const listed = survivors.flatMap(({ missedEndToEnd }) => missedEndToEnd);
  const missed = ids.filter((id) => outcomes[id]!.length === 0);
  expect({
    unlisted: missed.filter((id) => !listed.some((each) => covers(each, id))),
    noticedByNow: listed.filter((each) => !missed.some((id) => covers(each, id))),
  }).toEqual({ unlisted: [], noticedByNow: [] });
});

/** Takes it out of the resources that are there; undefined where that would be other resources, or comes to nothing. */
async function inPlace(id: string): Promise<string[] | undefined> {
  const { resources } = engine.provider;
  const changes = deployment.resources.flatMap(({ urn, id: physical, inputs = {} }) => {
    const left = removed([id], urn, inputs as Properties);
    return left ? [{ urn, physical: physical!, inputs: inputs as Properties, left }] : [];
  });
  expect(changes.length, "resources that have it").toBeGreaterThan(0);
  if (changes.some(({ urn, inputs, left }) => resources.diff(urn, inputs, left).replaces.length > 0)) return undefined;
  const before = new Map<string, unknown>();
  try {
    for (const { urn, physical, inputs, left } of changes) {
      before.set(urn, await resources.read(urn, physical, inputs));
      await resources.update(urn, physical, inputs, left);
      // An update that leaves out a setting may leave it as it was.
      if (isDeepStrictEqual(await resources.read(urn, physical, inputs), before.get(urn))) return undefined;
    }
    return failing(await deployment.read());
  } catch {
    return undefined;
  } finally {
    for (const { urn, physical, inputs, left } of changes) {
      // What was refused before it began is refused again.
      await resources.update(urn, physical, left, inputs).catch(() => {});
      if (before.has(urn)) expect(await resources.read(urn, physical, inputs), "mended").toEqual(before.get(urn));
    }
  }
}

/** Deploys without all of them into an account of its own; where somebody notices, without the halves. */
async function anew(together: string[]): Promise<void> {
  if (together.length === 0) return;
  const by = await deployedWithout(together);
  if (by.length > 0 && together.length > 1) {
    const half = Math.ceil(together.length / 2);
    await anew(together.slice(0, half));
    await anew(together.slice(half));
  } else for (const id of together) outcomes[id] = by;
}

async function deployedWithout(together: string[]): Promise<string[]> {
  const other = await Engine.start();
  try {
    other.provider.meddle((urn, inputs) => removed(together, urn, inputs) ?? inputs);
    const { up, read } = await deployEverything(other);
    if (up.succeeded) return failing(await read());
    const reason = up.text.split("\n").find((line) => line.includes("error: ")) ?? "";
    return [`refused: ${reason.replace(/^.*error: /, "").trim()}`];
  } finally {
    await other.stop();
  }
}

/** Inputs without them; undefined where the resource has none of them. */
function removed(together: string[], urn: string, inputs: Properties): Properties | undefined {
  let left: Properties | undefined;
  for (const id of together) {
    const found = removalsIn(left ?? inputs).find((candidate) => idOf(nameOf(urn), candidate) === id);
    left = (found?.inputs as Properties | undefined) ?? left;
  }
  return left;
}
