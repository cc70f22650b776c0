// The whole catalog over gzipped CloudTrail files on one thread, where records that no filter can match are not parsed, against
// gunzip and JSON.parse of the same bytes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import { cloudtrailFiles } from "./cloudtrailFiles.mjs";
import { catalogResources } from "./resources.mjs";

const require = createRequire(import.meta.url);

export default async function simulationBench() {
  const { Splitter } = require("../dist/cli/replay/input/splitter.js");
  const { Wanted } = require("../dist/cli/replay/input/wanted.js");
  const { simulate } = require("../dist/simulation/index.js");
  const { resources, detections } = catalogResources();
  const simulation = simulate(resources);
  const wanted = new Wanted((call) => simulation.neededOf(call));
  const files = cloudtrailFiles();
  return {
    ours: {
      label: `${detections} detections`,
      command() {
        const run = simulation.start();
        for (const file of files) {
          const splitter = new Splitter(wanted);
          for (const record of splitter.push(gunzipSync(readFileSync(file))).events) run.push(record);
          splitter.end();
        }
        run.finish();
      },
    },
    theirs: {
      label: "gunzip and JSON.parse",
      command() {
        for (const file of files) JSON.parse(gunzipSync(readFileSync(file)).toString());
      },
    },
    bound: 0.95,
  };
}
