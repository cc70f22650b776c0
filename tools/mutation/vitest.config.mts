import { defineConfig } from "vitest/config";

// The tests that run in this process: a preview starts others, which no mutant reaches.
export default defineConfig({
  test: {
    include: ["test/detections/**/*.test.ts", "test/simulation/**/*.test.ts", "test/corpus/catalog.test.ts"],
    exclude: ["test/simulation/program.test.ts"],
    env: { NO_COLOR: "1" },
  },
});
