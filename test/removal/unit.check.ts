// Which of the removals that the corpus does not notice do the unit tests of the components notice, and which of the waits of
// one resource for another, which are not among the resources of a preview? Each is taken out of every resource of its type,
// and the tests of its component are run: a test that fails has noticed. They fail here by the hundred, and that is no
// mistake: unit.mjs judges the outcome. `npm run test:removal` first.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { DetectiveControls, type DetectiveControlsArgs } from "../../components";
import { packageRoot } from "../../tools/freshness";
import { account, deploy, region } from "../components/support/mocks";
import type { Current } from "./unit.setup";

const folder = join(packageRoot, ".cache", "removal");
const surviving = join(folder, "surviving.json");
if (!existsSync(surviving))
  throw new Error("Run `npm run test:removal` first: it writes which removals the corpus does not notice.");
const only = process.env["REMOVAL_ONLY"] ?? "";

/** Tests of each part, by its name in the program. */
const tests: { [part: string]: string[] } = {
  alerts: ["alertChannel"],
  config: ["configRecorder", "secureBucket"],
  detections: ["detectionAlarms"],
  detector: ["statefulDetector"],
  parts: ["detectiveControls"],
  remediation: ["configRemediation"],
  rules: ["configRules/configRules"],
  state: ["stateTable"],
  streams: ["streamMonitor", "secureBucket"],
  trail: ["auditTrail/auditTrail", "auditTrail/policies", "auditTrail/selectors", "secureBucket"],
};

interface Removal {
  part: string;
  type: string;
  what: string;
}

/** What waits for something in programs that have, together, every part. */
async function waits(): Promise<Removal[]> {
  const stream = `arn:aws:dynamodb:${region}:${account}:table/orders/stream/2026-01-01T00:00:00.000`;
  const programs: DetectiveControlsArgs[] = [
    {
      emails: ["security@example.com"],
      streamMonitor: { tables: [{ streamArn: stream }] },
      remediation: { "dynamodb-pitr-enabled": {} },
    },
    { existingTrail: { logGroupName: "g", tableDataEvents: true, subscriptionFilterCount: 2 } },
  ];
  const found: Removal[] = [];
  for (const args of programs) {
    const { resources } = await deploy(() => new DetectiveControls("all", args));
    for (const { type, name, options } of resources) {
      if (options.dependsOn === undefined) continue;
      const part = options.parent === "all" ? "parts" : partOf(name.replace(/^all-/, ""), type);
      found.push({ part, type, what: "dependsOn" });
    }
  }
  return found;
}

function partOf(name: string, type: string): string {
  const part = type.startsWith("aws:cfg/remediation") ? "remediation" : name.split("-")[0]!;
  if (!(part in tests)) throw new Error(`Which are the tests of ${part}? Name them in ${__filename}.`);
  return part;
}

const survivors = JSON.parse(readFileSync(surviving, "utf8")) as { [id: string]: { type: string; what: string } };
const keyOf = ({ part, type, what }: Removal): string => `${part}: ${type} ${what}`;

/** `absent`: the tests register nothing that has it. */
type Outcome = "noticed" | "not noticed" | "absent";
const outcomes: { [key: string]: Outcome } = {};
/** Tests that fail without any removal. */
const broken: string[] = [];

const { currentRemoval: current } = globalThis as unknown as { currentRemoval: Current };

/** The tests of a part once more, under what is taken out. */
function again(name: string, part: string, removal: Current["removal"], judge: (failed: string[]) => void): void {
  describe(name, async () => {
    const failed: string[] = [];
    beforeAll((): void => {
      current.removal = removal;
      current.applied = false;
    });
    beforeEach(({ skip, task, onTestFailed }) => {
      // One that notices is enough.
      if (failed.length > 0 && removal) skip();
      onTestFailed(() => {
        failed.push(task.name);
      });
    });
    afterAll(() => {
      current.removal = undefined;
      judge(failed);
    });
    for (const file of tests[part]!) {
      const module = join(packageRoot, "test", "components", `${file}.test.ts`);
      await import(/* @vite-ignore */ `${module}?${encodeURIComponent(name)}`);
    }
  });
}

describe("removals", async () => {
  const wanted: Removal[] = [
    ...Object.entries(survivors).map(([id, { type, what }]) => ({ part: partOf(id, type), type, what })),
    ...(await waits()),
  ].filter(({ what }) => what.includes(only));
  const distinct = new Map(wanted.map((removal) => [keyOf(removal), removal]));

  const parts = [...new Set([...distinct.values()].map(({ part }) => part))];
  for (const part of parts) {
    again(`${part}: untouched`, part, undefined, (failed) => broken.push(...failed));
  }
  for (const [key, removal] of distinct) {
    again(key, removal.part, removal, (failed) => {
      outcomes[key] = failed.length > 0 ? "noticed" : current.applied ? "not noticed" : "absent";
      console.log(`${Object.keys(outcomes).length}/${distinct.size} ${outcomes[key]}: ${key}`);
    });
  }
});
afterAll(() => {
  const surviving = Object.entries(survivors).map(([id, { type, what }]) => {
    return [id, outcomes[keyOf({ part: partOf(id, type), type, what })]] as const;
  });
  const waiting = Object.entries(outcomes).filter(([key]) => key.endsWith(" dependsOn"));
  writeFileSync(
    join(folder, "unit.json"),
    `${JSON.stringify({ broken, surviving: Object.fromEntries(surviving), waiting: Object.fromEntries(waiting) }, undefined, 1)}\n`,
  );
});
