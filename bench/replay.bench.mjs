// Replay of a folder of CloudTrail files through the filters of the catalog, ordered and alerting, against gunzip and JSON.parse
// of the same bytes on one thread. Replay decompresses the next file on another core and parses only what can match.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { gunzipSync } from "node:zlib";
import { cloudtrailFiles } from "./cloudtrailFiles.mjs";
import { catalogResources } from "./resources.mjs";

const require = createRequire(import.meta.url);

export default () => replayOf(catalogResources(), 1);

export function replayOf({ resources, detections }, bound) {
  const { replay } = require("../dist/cli/replay/replay.js");
  const { simulate } = require("../dist/simulation/index.js");
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
    bound,
  };
}
