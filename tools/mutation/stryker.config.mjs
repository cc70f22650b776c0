// Run with `npm run test:mutation`; `-- --mutate simulation/logs/**` for a part. docs/mutation.md says what came of it.
export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "tools/mutation/vitest.config.mts" },
  mutate: ["detections/**/*.ts", "simulation/**/*.ts"],
  ignorePatterns: ["dist", "coverage-report", "examples", "docs", "test/e2e", ".cache"],
  // Constants that are read once, when a module is loaded: each would run every test in a new process.
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 10_000,
  tempDirName: ".cache/stryker",
  incremental: true,
  incrementalFile: ".cache/mutation/incremental.json",
  reporters: ["clear-text", "json"],
  jsonReporter: { fileName: ".cache/mutation/report.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 90, low: 85, break: 85 },
};
