import { defineConfig } from "vitest/config";

// The labelled events, and what holds of every detection.
export default defineConfig({
  test: {
    include: ["test/corpus/catalog.test.ts", "test/detections/catalog/**/*.test.ts"],
    env: { NO_COLOR: "1" },
  },
});
