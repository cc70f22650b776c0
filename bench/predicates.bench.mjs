// The whole catalog over gzipped CloudTrail files, every record parsed, against gunzip and JSON.parse of the same bytes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import { cloudtrailFiles } from "./cloudtrailFiles.mjs";
import { catalogResources } from "./resources.mjs";

const require = createRequire(import.meta.url);

export default async function predicates() {
  const { simulate } = require("../dist/simulation/index.js");
  const { resources, detections } = catalogResources();
  const simulation = simulate(resources);
  const files = cloudtrailFiles();
  const recordsOf = (file) => JSON.parse(gunzipSync(readFileSync(file)).toString()).Records;
  return {
    ours: {
      label: `${detections} detections`,
      command() {
        const run = simulation.start();
        for (const file of files) for (const record of recordsOf(file)) run.push(record);
        run.finish();
      },
    },
    theirs: {
      label: "gunzip and JSON.parse",
      command() {
        for (const file of files) recordsOf(file);
      },
    },
    bound: 1.3,
  };
}
