// The detector's bundle, imported with its detections and its country database, against a bare `node`. In Lambda the AWS SDK
// is part of the runtime; here it comes from node_modules, unbundled, which is the slower way.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const root = dirname(require.resolve("../package.json"));

export default async function detectorStart() {
  const { bundleFunction } = require("../dist/components/functionBundle.js");
  const { deployedDetections } = require("../dist/components/detectionAlarms/deployed.js");
  const { planDetections } = require("../dist/components/detectionAlarms/plan.js");
  const { Names } = require("../dist/components/naming.js");
  const { bundledCountryDatabase } = require("../dist/components/statefulDetector/countryDatabase.js");
  const { openCountryDatabase } = require("../dist/detections/country/database.js");

  const folder = mkdtempSync(join(tmpdir(), "detector-"));
  for (const [name, content] of Object.entries(bundleFunction("detector").files)) {
    writeFileSync(join(folder, name), content);
  }
  const plans = planDetections({ statefulDetector: true }, new Names("detections", "bench", "bench"));
  writeFileSync(join(folder, "detections.json"), JSON.stringify(deployedDetections(plans)));
  copyFileSync(bundledCountryDatabase(), join(folder, "country.mmdb"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  lookUps(openCountryDatabase(readFileSync(bundledCountryDatabase())));

  const variables = {
    LAMBDA_TASK_ROOT: folder,
    POWERTOOLS_METRICS_NAMESPACE: "bench",
    STATE_TABLE: "bench",
    AWS_REGION: "eu-west-1",
  };
  const node = (args) => () => {
    const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, ...variables } });
    if (status !== 0) throw new Error(stderr.toString());
  };
  return {
    name: "detectorStart",
    ours: {
      label: "import of the bundle",
      command: node(["-e", `import(${JSON.stringify(join(folder, "index.mjs"))})`]),
    },
    theirs: { label: "bare node", command: node(["-e", "0"]) },
    bound: 12,
  };
}

/** Prints how many countries are looked up in a second, over addresses of the whole Internet. */
function lookUps({ countryOf }) {
  const addresses = Array.from({ length: 100_000 }, (_, i) => {
    const bits = (i * 2_654_435_761) >>> 0;
    return [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255].join(".");
  });
  const start = performance.now();
  const found = addresses.filter((address) => countryOf(address) !== undefined).length;
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `country look-ups: ${Math.round(addresses.length / seconds)} a second, ${found} of ${addresses.length} addresses found`,
  );
}
