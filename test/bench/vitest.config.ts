import { defineConfig } from "vitest/config";

/** Measurements, printed and not judged. Run with `npm run bench`, or `npm run bench unroll` for one of them. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/bench/**/*.bench.ts"],
    testTimeout: 600_000,
    // One after the other, and what they print as it is.
    fileParallelism: false,
    disableConsoleIntercept: true,
  },
});
