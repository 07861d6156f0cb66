import { describe, expect, test } from "vitest";
import * as compiler from "../../src/compile.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { makeSandbox, type Run, type Sandbox } from "./sandbox.ts";

const units = 520;
const weights = (outputs: number): Uint8Array =>
  writeSafetensors([
    { name: "dense.kernel", shape: [units, outputs], data: new Float32Array(units * outputs).fill(0.25) },
    { name: "dense.bias", shape: [outputs], data: new Float32Array(outputs) },
  ]);
const source = (name: string, outputs: number): string =>
  `model ${name} { weights "./${name}.safetensors"  input [${units}]  Dense(${outputs}) }`;

function project(more: Readonly<Record<string, string>> = {}): Sandbox {
  return makeSandbox({
    "large.layers": source("Large", units),
    "Large.safetensors": weights(units),
    "larger.layers": source("Larger", units + 8),
    "Larger.safetensors": weights(units + 8),
    "small.layers": source("Small", 8),
    "Small.safetensors": weights(8),
    "free.layers": `model Free { input [${units}]  Dense(${units}) }`,
    ...more,
  });
}

const build = (sandbox: Sandbox, ...argv: readonly string[]): Promise<Run> =>
  sandbox.run(["build", ...argv], { compiler });

const hints = ({ stdout }: Run): readonly string[] => stdout.split("\n").filter((line) => line.startsWith("--weights"));

describe("weights that make a module larger than 1 MB", () => {
  const one = /^--weights file would put the weights of large\.ts \(1\.\d MB\) into a \.safetensors file beside it$/;

  test("are said once a build, also of a cached one", async () => {
    const sandbox = project();
    for (let time = 0; time < 2; time++) {
      const run = await build(sandbox, "large.layers", "small.layers", "free.layers");
      expect(run.exitCode).toBe(0);
      expect(hints(run)).toEqual([expect.stringMatching(one)]);
    }
  });

  test("of several modules, in one line that names the largest", async () => {
    expect(hints(await build(project(), "large.layers", "larger.layers", "small.layers"))).toEqual([
      expect.stringMatching(
        /^--weights file would put the weights of larger\.ts \(1\.\d MB\) and 1 more module into \.safetensors files beside them$/,
      ),
    ]);
  });

  test("are no news to a build that was told where they go, and none of other modules", async () => {
    expect(hints(await build(project(), "large.layers", "--weights", "inline"))).toEqual([]);
    expect(hints(await build(project(), "large.layers", "--weights", "file"))).toEqual([]);
    expect(hints(await build(project(), "small.layers", "free.layers"))).toEqual([]);
    const configured = project({ "layerc.config.json": `{ "weights": "inline" }` });
    expect(hints(await build(configured, "large.layers"))).toEqual([]);
  });

  test("what the line asks for makes it go", async () => {
    const sandbox = project();
    const run = await build(sandbox, "large.layers", "--weights", "file");
    expect(run.stdout).toMatch(/large\.weights\.safetensors {2}1\.\d MB$/m);
    expect(sandbox.contents()["large.ts"]?.length).toBeLessThan(20_000);
  });
});

describe("what a target would gain", () => {
  test("is said of both kinds of runtimes", async () => {
    const { stdout } = await build(project(), "small.layers", "free.layers");
    expect(stdout).toMatch(
      /^--target wasm would make (Small|Free) about \d+ times as fast \(\d+ without relaxed SIMD, as in Node 20\), and 1 more model faster$/m,
    );
  });

  const heading = async (text: string, target: string): Promise<string> => {
    const { stdout } = await build(makeSandbox({ "net.layers": text }), "net.layers", "--explain", "--target", target);
    return stdout.split("\n")[0] ?? "";
  };
  const large = "model Net { input [64]  Dense(64, tanh) }";
  const tiny = "model Net { input [1]  ReLU() }";
  test.each([
    [
      large,
      "typescript",
      /^Net: TypeScript; WebAssembly is expected to be \d+ times as fast \(\d+ without .* Node 20\)$/,
    ],
    [
      large,
      "wasm",
      /^Net: WebAssembly, [\d.]+ kB .*; expected to be \d+ times as fast as TypeScript \(\d+ without .* 20\)$/,
    ],
    [tiny, "typescript", /^Net: TypeScript; expected to be [\d.]+ times as fast as WebAssembly$/],
    [
      tiny,
      "wasm",
      /^Net: WebAssembly, [\d.]+ k?B before compression; TypeScript is expected to be [\d.]+ times as fast$/,
    ],
    [tiny, "auto", /^Net: TypeScript; expected to be [\d.]+ times as fast as WebAssembly$/],
  ])("%s for %s", async (text, target, expected) => {
    expect(await heading(text, target)).toMatch(expected);
  });
});
