import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/e2e/live/**/*.test.ts"],
    // Processes start, and queues are asked until something is there.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
