import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**"],
    // The offline preview starts two Node.js processes; two cores are enough for two such tests at a time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Types of the previewed programs: checking those of `@pulumi/aws` takes ten seconds each time.
    env: { NO_COLOR: "1", PULUMI_CONFIG_PASSPHRASE: "test", PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    coverage: {
      provider: "v8",
      reportsDirectory: "coverage-report",
      include: [
        "detections/**",
        "components/**",
        "stack/**",
        "coverage/**",
        "configuration/**",
        "functions/**",
        "policypack/**",
        "offline/**",
        "cli/**",
      ],
    },
  },
});
