import { tmpdir } from "node:os";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { defineConfig } from "vitest/config";
import { nativeSources } from "./native-sources.ts";

const root = new URL("..", import.meta.url).pathname;

/** V8's flag for relaxed SIMD, which has been there without one since V8 11.4: Node 20 is older. */
const relaxedSimd = Number.parseFloat(process.versions.v8) < 11.4 ? ["--experimental-wasm-relaxed-simd"] : [];
const inRelaxedSimd = "test/targets/wasm/math/**/*.test.ts";

/**
 * Nearly all code of a test runs for a moment only. V8 would spend a sixth of all processor time on optimising it: the
 * budget is the bytecode that a function runs before that. Room for new objects saves copying those that live for a test.
 */
const flags = ["--interrupt-budget=800000", "--min-semi-space-size=64", "--max-semi-space-size=64"];
for (const flag of flags) setFlagsFromString(flag);

const built = path.join(root, "node_modules/.cache/layerc-tests");
// Who watches has the sources from Vite, which sees them change.
const plugins = process.argv.includes("run") ? [await nativeSources(root, built)] : [];
const shared = {
  root,
  setupFiles: ["test/setup.ts"],
  // What tests write into temporary folders Node loads as it is, without Vite's transformation, as it does the sources.
  server: { deps: { external: [new RegExp(`^(?!${root})${tmpdir()}/`), new RegExp(`^${built}/`)] } },
  // Prettier, which tests that only run code go without.
  alias: { "prettier/standalone": path.join(root, "test/support/prettier.ts") },
  // Only for what hangs: a busy machine may take its time.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  // Nearly all tests are pure functions: sharing the loaded modules halves the time.
  isolate: false,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        plugins,
        test: {
          ...shared,
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/bench/**", "test/tools/**", "**/node_modules/**", inRelaxedSimd],
          pool: "threads",
        },
      },
      {
        plugins,
        // Flags of V8 are those of a process.
        test: {
          ...shared,
          name: "relaxed-simd",
          include: [inRelaxedSimd],
          pool: "forks",
          execArgv: [...relaxedSimd, ...flags],
        },
      },
    ],
  },
});
