import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/components/**/*.test.ts"],
    setupFiles: ["test/removal/unit.setup.ts"],
    maxWorkers: 1,
    bail: 1,
    env: { NO_COLOR: "1", PULUMI_CONFIG_PASSPHRASE: "test" },
  },
});
