import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/removal/removal.check.ts"],
    env: { NO_COLOR: "1", PULUMI_CONFIG_PASSPHRASE: "test" },
    disableConsoleIntercept: true,
  },
});
