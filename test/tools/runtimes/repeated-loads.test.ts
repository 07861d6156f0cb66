import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { createNodeHost } from "../../../src/node/node-host.ts";
import { nodeFileSystem } from "../../../src/node/file-system.ts";
import { compile } from "../../../src/compile.ts";
import { hasPrograms, programs } from "./programs.ts";

const examples = new URL("../../../examples/", import.meta.url).pathname;

/** Loads a module again and again in one process, as a server or a test runner does, and prints the backends. */
const script = `const backends = [];
for (let load = 0; load < 60; load++) {
  const { digits, digitsInfo } = await import(\`./digits.mjs?\${load}\`);
  digits.forward(new Float32Array(64));
  backends.push(digitsInfo.backend);
}
console.log(JSON.stringify([...new Set(backends)]));
`;

/** The compilers of engines enter a loop that runs, or a function that has often run: what they make of it must be the same. */
describe.runIf(hasPrograms)("a module that is loaded sixty times has its WebAssembly each time", () => {
  test.each([
    ["Node 22", programs.node22],
    ["Node 24", programs.node24],
    ["Node 26", programs.node26],
  ])("in %s", async (_, program) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-loads-"));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const text = fs.readFileSync(path.join(examples, "digits.layers"), "utf8");
    const host = createNodeHost(examples, nodeFileSystem);
    const { files } = await compile({ path: "digits.layers", text }, { host, target: "wasm", emit: "mjs" });
    for (const { name, content } of files) fs.writeFileSync(path.join(folder, name), content);
    fs.writeFileSync(path.join(folder, "load.mjs"), script);
    for (let run = 0; run < 3; run++) {
      const { stdout } = await promisify(execFile)(program, ["load.mjs"], { cwd: folder });
      expect(JSON.parse(stdout)).toEqual(["wasm-relaxed-simd"]);
    }
  });
});
