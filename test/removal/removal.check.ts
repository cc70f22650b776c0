// Takes each selector, filter clause, alarm setting and policy statement of the registered resources away in turn, runs the
// labelled corpus through what is left, and says what the corpus does not notice. Each of these survivors needs a reason in
// survivors.json; `npm run test:removal:unit` measures which of them the unit tests of the components notice.
// "Noticed" means: a labelled event raises another number of alerts than it must, or the simulation refuses the resources
// as AWS would. `dependsOn` is not among the resources of a preview: only the unit tests can notice its removal.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { detectionById } from "../../detections";
import { type ResolvedResource, type Simulation, simulate } from "../../simulation";
import { resourceTypes } from "../../simulation/delivery/stack";
import { packageRoot } from "../../tools/freshness";
import { corpora, eventsOf } from "../corpus";
import { dayWithoutDynamodb } from "../corpus/ordinaryDay";
import { programWith } from "../corpus/programs";
import { type Case, casesOf, countryOf, mistake } from "../corpus/simulated";
import { covers, detectionOf, idOf } from "./ids";
import { removalsIn } from "./removals";
import survivors from "./survivors.json";

const cases = corpora.flatMap(casesOf);
/** What a rate takes to be seen. On shared resources those events go the way of the shorter cases. */
const long = ({ what }: Case): boolean => eventsOf(what).length > 500;
const day = dayWithoutDynamodb({ seed: 1, events: 2900 });
const simulated = new Set<string>(Object.values(resourceTypes));

const simulationOf = (resources: readonly ResolvedResource[]): Simulation => simulate(resources, { countryOf });
const alertsOfTheDay = (simulation: Simulation): string[] =>
  simulation
    .run(day)
    .alerts.map(({ detection }) => detection)
    .filter((id) => detectionById(id) !== undefined);

function noticed(resources: readonly ResolvedResource[], of: ResolvedResource): boolean {
  let simulation: Simulation;
  try {
    simulation = simulationOf(resources);
  } catch {
    return true;
  }
  const detection = detectionOf(of.name);
  const asked = cases.filter((each) => (detection === undefined ? !long(each) : each.detection === detection));
  return asked.some((each) => mistake(simulation, each) !== undefined) || alertsOfTheDay(simulation).length > 0;
}

it("the corpus notices what is taken away, or a reason is listed", async () => {
  const resources = await programWith();
  // Where the corpus is wrong already, everything would count as noticed.
  const untouched = simulationOf(resources);
  expect(cases.map((each) => mistake(untouched, each)).filter(Boolean)).toEqual([]);
  expect(alertsOfTheDay(untouched)).toEqual([]);

  const found = new Map<string, { type: string; what: string; of: number; survives: number }>();
  for (const resource of resources) {
    if (!simulated.has(resource.type)) continue;
    for (const removal of removalsIn(resource.inputs)) {
      const id = idOf(resource.name, removal);
      const entry = found.get(id) ?? { type: resource.type, what: removal.what, of: 0, survives: 0 };
      found.set(id, entry);
      const outputs = Object.fromEntries(
        Object.entries(resource.outputs ?? {}).filter(([key]) => key in removal.inputs || !(key in resource.inputs)),
      );
      const left = resources.map((each) => (each === resource ? { ...each, outputs, inputs: removal.inputs } : each));
      entry.of++;
      if (!noticed(left, resource)) entry.survives++;
    }
  }

  const surviving = [...found].filter(([, { survives }]) => survives > 0);
  const total = [...found.values()].reduce((sum, { of }) => sum + of, 0);
  const left = surviving.reduce((sum, [, { survives }]) => sum + survives, 0);
  console.log(`${total} removals: ${total - left} noticed by the corpus, ${left} not.`);
  for (const { reason, removals } of survivors) {
    console.log(`\n${reason}`);
    for (const [id, { of, survives }] of surviving) {
      if (removals.some((listed) => covers(listed, id)))
        console.log(`  ${id}${of > 1 ? ` (${survives} of ${of})` : ""}`);
    }
  }
  const folder = join(packageRoot, ".cache", "removal");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "surviving.json"), JSON.stringify(Object.fromEntries(surviving), undefined, 1));

  const listed = survivors.flatMap(({ removals }) => removals);
  const ids = surviving.map(([id]) => id);
  expect({
    unlisted: ids.filter((id) => !listed.some((each) => covers(each, id))),
    noticedByNow: listed.filter((each) => !ids.some((id) => covers(each, id))),
  }).toEqual({ unlisted: [], noticedByNow: [] });
}, 1_800_000);
