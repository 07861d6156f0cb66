import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildModules, type Built } from "./runtimes/build.ts";
import type { RuntimeResult } from "./runtimes/case.ts";
import { bigEndianNode, debianPrograms, has } from "./runtimes/debian-programs.ts";
import { expectResult } from "./runtimes/expect-result.ts";
import type { Force } from "./runtimes/force.ts";
import { oneScript } from "./runtimes/one-script.ts";
import { hasPrograms, programs } from "./runtimes/programs.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-engines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let built: Built;
beforeAll(async () => {
  built = await buildModules();
});

/** What all examples give in an engine, given a script that prints it. */
async function run(force: Force, program: string, ...arguments_: readonly string[]): Promise<RuntimeResult> {
  const script = path.join(folder, `${force}.js`);
  writeFileSync(script, await oneScript(built.files, force));
  const options = { cwd: folder, maxBuffer: 2 ** 28 };
  const { stdout } = await promisify(execFile)(program, [...arguments_, script], options);
  return JSON.parse(stdout) as RuntimeResult;
}

describe.runIf(has(debianPrograms.jsc))("in JavaScriptCore, as WebKitGTK has it", () => {
  test.each(["as-it-is", "without-simd", "without-webassembly", "without-compilation"] as const)(
    "%s",
    async (force) => {
      const result = await run(force, debianPrograms.jsc);
      expectResult(built, result, { engine: "JavaScriptCore", best: "wasm-simd", force });
    },
  );
});

describe.runIf(hasPrograms)("in engines without WebAssembly and atob", () => {
  test("Hermes", async () => {
    const result = await run("as-it-is", programs.hermes);
    expectResult(built, result, { engine: "Hermes", best: "typescript", force: "as-it-is" });
  });

  test("QuickJS", async () => {
    // It is compiled to WebAssembly and interprets: only the variants that it makes a difference to.
    const force = "without-webassembly";
    const script = fileURLToPath(new URL("runtimes/quickjs.mjs", import.meta.url));
    const result = await run(force, programs.node24, script);
    expectResult(built, result, { engine: "QuickJS", best: "typescript", force });
  });
});

test.runIf(has(debianPrograms.qemu))("in Node on a big-endian machine", async ({ skip }) => {
  const node = bigEndianNode();
  if (node === undefined) return skip();
  const result = await run("as-it-is", ...node);
  expectResult(built, result, { engine: "s390x", best: "typescript", force: "as-it-is" });
  expect(new Set(result.models.map(({ reason }) => reason))).toEqual(new Set([undefined, "big-endian"]));
});
