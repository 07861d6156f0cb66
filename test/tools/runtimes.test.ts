import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, test } from "vitest";
import { buildModules, type Built } from "./runtimes/build.ts";
import type { Backend, RuntimeResult } from "./runtimes/case.ts";
import type { Engine } from "./runtimes/engines.ts";
import { expectResult } from "./runtimes/expect-result.ts";
import { forces, type Force } from "./runtimes/force.ts";
import { writeModules } from "./runtimes/outputs-of-node24.ts";
import { hasPrograms, programs } from "./runtimes/programs.ts";
import { askWorkerd } from "./runtimes/workerd.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-runtimes-"));
let built: Built;

/** The programs that take the name of a script: how they are called, and the best that they permit. */
const runtimes: readonly (readonly [engine: Engine, program: string, arguments_: readonly string[], best: Backend])[] =
  [
    ["Node 20", programs.node20, [], "wasm-simd"],
    ["Node 22", programs.node22, [], "wasm-relaxed-simd"],
    ["Node 24", programs.node24, [], "wasm-relaxed-simd"],
    ["Node 26", programs.node26, [], "wasm-relaxed-simd"],
    ["Bun", programs.bun, ["--no-install"], "wasm-relaxed-simd"],
    ["Deno", programs.deno, ["run", "--no-config", "--no-remote"], "wasm-relaxed-simd"],
  ];

beforeAll(async () => {
  if (!hasPrograms) return;
  built = await buildModules();
  writeModules(folder, built.files);
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.runIf(hasPrograms)(
  "the generated modules of all examples give the float64 values, and the bits of Node 24",
  () => {
    describe.each(runtimes)("in %s", (engine, program, arguments_, best) => {
      test.each(Object.keys(forces) as Force[])("%s", async (force) => {
        const { stdout } = await promisify(execFile)(program, [...arguments_, `print-${force}.js`], {
          cwd: folder,
          // Deno and Bun keep caches, and Deno asks for its newest version.
          env: { HOME: folder, DENO_DIR: path.join(folder, "deno"), DENO_NO_UPDATE_CHECK: "1" },
          maxBuffer: 2 ** 28,
        });
        expectResult(built, JSON.parse(stdout) as RuntimeResult, { engine, best, force });
      });
    });

    test("in workerd, which forbids to compile WebAssembly", async () => {
      const result = (await askWorkerd(folder, built.files)) as RuntimeResult;
      expectResult(built, result, { engine: "workerd", best: "typescript", force: "as-it-is" });
    });
  },
);
