import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/removal/unit.check.ts"],
    setupFiles: ["test/removal/unit.setup.ts"],
    env: { NO_COLOR: "1", PULUMI_CONFIG_PASSPHRASE: "test" },
    // A test that is late has noticed nothing.
    testTimeout: 120_000,
  },
});
