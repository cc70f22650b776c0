// The catalog of detections is data that is read once, when a module is loaded: each mutant runs its tests in modules that are
// loaded anew. Run with `npm run test:mutation -- catalog`.
import base from "./stryker.config.mjs";

export default {
  ...base,
  plugins: [...base.plugins, "./tools/mutation/prose.mjs"],
  ignorers: ["prose"],
  vitest: { configFile: "tools/mutation/catalog.vitest.config.mts" },
  mutate: ["detections/catalog/**/*.ts"],
  ignoreStatic: false,
  incrementalFile: ".cache/mutation/catalog.incremental.json",
  jsonReporter: { fileName: ".cache/mutation/catalog.json" },
};
