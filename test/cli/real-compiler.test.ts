import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { quickCompiler as compiler } from "../support/quick-compiler.ts";
import { makeSandbox, type Run, type Sandbox } from "./sandbox.ts";

const xor = "model Xor {\n  input [2]\n  Dense(8, activation=tanh)\n  Dense(1, activation=sigmoid)\n}\n";
const wrong = "model Wrong {\n  input [2]\n  Dence(8)\n}\n";

const layerc = (sandbox: Sandbox, ...argv: readonly string[]): Promise<Run> => sandbox.run(argv, { compiler });
const filesOf = (sandbox: Sandbox): readonly string[] => Object.keys(sandbox.contents());

describe("layerc build", () => {
  test("writes a module once", async () => {
    const sandbox = makeSandbox({ "xor.layers": xor });
    expect((await layerc(sandbox, "build", "xor.layers")).exitCode).toBe(0);
    expect((await layerc(sandbox, "build", "xor.layers")).stdout).toMatch(/\(unchanged\)\n--target wasm .*\n$/);
    expect((await layerc(sandbox, "build", "--check", "xor.layers")).exitCode).toBe(0);
    fs.writeFileSync(path.join(sandbox.folder, "xor.layers"), xor.replace("8", "9"));
    expect(await layerc(sandbox, "build", "--check", "xor.layers")).toEqual({
      exitCode: 1,
      stdout: "xor.ts is out of date: run layerc build for xor.layers\n",
      stderr: "",
    });
    // A file of layerc's own is replaced.
    expect((await layerc(sandbox, "build", "xor.layers")).exitCode).toBe(0);
  });

  test("says so when a file has no models", async () => {
    const sandbox = makeSandbox({ "blocks.layers": "block Hidden(units) { Dense(units) }\n" });
    expect(await layerc(sandbox, "build", "blocks.layers")).toEqual({
      exitCode: 0,
      stdout: "blocks.layers has no models: nothing to write\n",
      stderr: "",
    });
    expect(filesOf(sandbox)).toEqual(["blocks.layers"]);
  });

  test("--emit js writes .js and .d.ts", async () => {
    const sandbox = makeSandbox({ "xor.layers": xor });
    for (const _ of ["written", "unchanged"]) {
      const { exitCode } = await layerc(sandbox, "build", "xor.layers", "--emit", "js", "--out-dir", "out/js");
      expect(exitCode).toBe(0);
      expect(filesOf(sandbox)).toEqual(["out/js/xor.d.ts", "out/js/xor.js", "xor.layers"]);
    }
  });

  test("--out-dir keeps the folders below a glob's base", async () => {
    const sandbox = makeSandbox({ "m/xor.layers": xor, "m/deep/xor.layers": xor });
    expect((await layerc(sandbox, "build", "m/**/*.layers", "--out-dir", "out")).exitCode).toBe(0);
    expect(filesOf(sandbox).filter((name) => name.startsWith("out/"))).toEqual(["out/deep/xor.ts", "out/xor.ts"]);
  });

  const config = { overrides: [{ files: "b/*.layers", emit: "mjs" }] };

  test.each([
    [[], "'xor.ts'"],
    [["--emit", "js"], "'xor.js'"],
    [["--emit", "cjs"], "'xor.cjs'"],
    [["--config", "layerc.json"], "'xor.{ts,mjs}'"],
    [["--out-dir", "commonjs"], "'commonjs/xor.mts'"],
    [["--out-dir", "commonjs", "--emit", "js"], "'commonjs/xor.mjs'"],
  ])("two inputs for one output are a wrong command line, with %j for %s", async (argv, output) => {
    const files = {
      "a/xor.layers": xor,
      "b/xor.layers": xor,
      "layerc.json": JSON.stringify(config),
      "commonjs/package.json": '{ "type": "commonjs" }',
    };
    const sandbox = makeSandbox(files);
    const inputs = ["a/xor.layers", "b/xor.layers"];
    const { exitCode, stderr } = await layerc(sandbox, "build", ...inputs, "--out-dir", ".", ...argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`'a/xor.layers' and 'b/xor.layers' would both be written to ${output}`);
    expect(filesOf(sandbox)).toEqual(Object.keys(files).sort());
  });

  test("--explain says what became of each layer", async () => {
    const { exitCode, stdout } = await layerc(makeSandbox({ "xor.layers": xor }), "build", "xor.layers", "--explain");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Xor: TypeScript; WebAssembly is .*\n {2}Layer .* Multiply-adds {2}Strategy .* Why\n/);
    expect(stdout).toMatch(/\n {2}dense_1 /);
    expect(stdout).toMatch(/\n {2}total +24 /);
  });

  test("--explain says what a trainer keeps in memory, with its share for each sample where sizes are of run time", async () => {
    const sandbox = makeSandbox({
      "a.layers": "model A { input [3]  Dense(2)  compile(optimizer=adam, loss=mse) }",
      "b.layers": "dim time  model B { input [time, 3]  Dense(2)  compile(optimizer=sgd, loss=mse) }",
    });
    const { stdout } = await layerc(sandbox, "build", "*.layers", "--training", "--explain", "--target", "typescript");
    expect(stdout).toMatch(
      /\n {2}trainer: [\d.]+ kB with batches of 32: weights 64 B, the optimizer 128 B, gradients and activations [\d.]+ kB, the batch 1\.5 kB, other \d+ B; \d\.\d\d times weights, .*\n/,
    );
    expect(stdout).toMatch(
      /\n {2}trainer: .* with batches of 32: weights 64 B, .*the batch 256 B \+ 1\.3 kB\*time.*\n/,
    );
  });

  test("a file that is not there is a wrong command line", async () => {
    expect(await layerc(makeSandbox({}), "build", "nothing.layers")).toMatchObject({ exitCode: 2, stdout: "" });
  });
});

test("layerc check", async () => {
  const sandbox = makeSandbox({ "xor.layers": xor, "wrong.layers": wrong });
  expect(await layerc(sandbox, "check", "xor.layers")).toEqual({
    exitCode: 0,
    stdout: "1 file, 1 model: no errors\n",
    stderr: "",
  });
  const { exitCode, stdout, stderr } = await layerc(sandbox, "check", "*.layers", "--format", "json");
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    command: "check",
    exitCode: 1,
    counts: { errors: 1, warnings: 0, hints: 0 },
    diagnostics: [{ severity: "error", location: { file: "wrong.layers", start: { line: 3, column: 3, offset: 28 } } }],
  });
});

test("layerc summary prints Keras' table", async () => {
  const seed = "model Generator {\n  input [100]\n  Dense(10*10*256, use_bias=false)\n}\n";
  const { exitCode, stdout } = await layerc(makeSandbox({ "seed.layers": seed }), "summary", "seed.layers");
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`Model: "Generator"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ dense (Dense)                   │ (None, 25600)          │     2,560,000 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 2,560,000 (9.77 MB)
 Trainable params: 2,560,000 (9.77 MB)
 Non-trainable params: 0 (0.00 B)
`);
});
