// Replay of a folder of CloudTrail files through the whole catalog, ordered and alerting, against gunzip and JSON.parse of the
// same bytes on one thread. Replay decompresses the next file on another core and parses only what can match.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { gunzipSync } from "node:zlib";
import { catalogResources } from "./catalogResources.mjs";
import { cloudtrailFiles } from "./cloudtrailFiles.mjs";

const require = createRequire(import.meta.url);

export default async function replayBench() {
  const { replay } = require("../dist/cli/replay/replay.js");
  const { simulate } = require("../dist/simulation/index.js");
  const { resources, detections } = catalogResources();
  const files = cloudtrailFiles();
  const ignore = () => undefined;
  return {
    ours: {
      label: `${detections} detections`,
      command: () =>
        replay(simulate(resources), [dirname(files[0])], {
          jitterSeconds: 0,
          seed: 1,
          onAlert: ignore,
          onProblem: ignore,
          onProgress: ignore,
        }),
    },
    theirs: {
      label: "gunzip and JSON.parse",
      command() {
        for (const file of files) JSON.parse(gunzipSync(readFileSync(file)).toString());
      },
    },
    bound: 1.1,
  };
}
