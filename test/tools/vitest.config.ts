import { tmpdir } from "node:os";
import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { defineConfig } from "vitest/config";
import { nativeSources } from "../native-sources.ts";
import { longest } from "./longest.ts";

const root = new URL("../..", import.meta.url).pathname;
const built = path.join(root, "node_modules/.cache/layerc-tools-tests");

/** Begins with the files that take minutes, so that none of them is alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((name) => moduleId.endsWith(`/test/tools/${name}`));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

/** Slow tests with real tools: the packed package, installed and used. Run with `npm run test:tools`. */
export default defineConfig({
  plugins: process.argv.includes("run") ? [await nativeSources(root, built)] : [],
  test: {
    root,
    include: ["test/tools/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    // As in `test/vitest.config.ts`: JavaScript that tests write, and the sources, Node loads by itself; Prettier lays out what is looked at.
    server: {
      deps: { external: [new RegExp(String.raw`^(?!${root})${tmpdir()}/.*\.[cm]?js\b`), new RegExp(`^${built}/`)] },
    },
    alias: { "prettier/standalone": path.join(root, "test/support/prettier.ts") },
    globalSetup: ["test/tools/shared-folder.ts"],
    // Many wait for what other processes do; by itself Vitest takes one worker on two processors.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // A busy machine is no fault of what is tested.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    teardownTimeout: 120_000,
    expect: { poll: { timeout: 180_000 } },
  },
});
