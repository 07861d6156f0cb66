import { defineConfig } from "vitest/config";

/** Slow tests with real tools: the packed package, installed and used. Run with `npm run test:tools`. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/tools/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    // A busy machine is no fault of what is tested.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
