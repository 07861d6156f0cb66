import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    exclude: ["test/bench/**", "test/tools/**", "**/node_modules/**"],
    setupFiles: ["test/setup.ts"],
    // Prettier, which tests that only run code go without.
    alias: { "prettier/standalone": new URL("support/prettier.ts", import.meta.url).pathname },
    testTimeout: 30_000,
    // Nearly all tests are pure functions: sharing the loaded modules halves the time.
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
  },
});
