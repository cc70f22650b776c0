import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [`test/e2e/${process.env["E2E_SUITE"] ?? "scenarios"}/**/*.test.ts`],
    globalSetup: "test/e2e/engine/globalSetup.ts",
    // Each file has an account of its own. The CLI, the policy pack, the emulator and a test take turns: two at a time
    // keep two cores busy.
    maxWorkers: 2,
    // A deployment takes seconds; on a busy machine it has taken a minute.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    env: {
      NO_COLOR: "1",
      PULUMI_CONFIG_PASSPHRASE: "test",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      // As in vitest.config.mts.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    },
  },
});
