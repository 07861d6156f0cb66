import { describe, expect, test } from "vitest";
import * as compiler from "../../src/compile.ts";
import { makeSandbox, type Run } from "../cli/sandbox.ts";
import { two } from "./harness.ts";

const cases = JSON.stringify({ inputs: two.inputs, outputs: two.outputs, layers: two.layers });

function sandbox(files: Readonly<Record<string, string | Uint8Array>> = {}, bias = 1) {
  return makeSandbox({ "two.layers": two.text, "cases.json": cases, ...two.weights(bias), ...files });
}

async function layerc(made: ReturnType<typeof sandbox>, ...argv: readonly string[]): Promise<Run> {
  return made.run(argv, { compiler });
}

describe("layerc verify", () => {
  test("prints a line for each layer and exits 0", async () => {
    const made = sandbox();
    const before = made.contents();
    expect(await layerc(made, "verify", "two.layers", "--against", "cases.json")).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `Two against cases.json: 2 samples, compiled to TypeScript
                            Max error  Max absolute  Worst sample
  first   Dense [2] -> [2]          0             0
  second  Dense [2] -> [1]          0             0
  output  [2] -> [1]                0             0
Max error, |a - b| / max(1, |b|), is within the tolerance 2e-6
`,
    });
    expect(made.contents()).toEqual(before);
  });

  test("shows the first layer that deviates and exits 1", async () => {
    const run = await layerc(sandbox({}, 2), "verify", "two.layers", "--against", "cases.json");
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(
      "second  Dense [2] -> [1]     1.4e-1        1.0e+0             0  above the tolerance\n",
    );
    expect(run.stdout).toMatch(/ is not within the tolerance 2e-6\n$/);
    expect(run.stderr).toContain("error[verify-deviates]: Layer 'second' of Two deviates by 1.4e-1");
    expect(run.stderr).toContain("  second: Dense(1)");
    const loose = await layerc(sandbox({}, 2), "verify", "two.layers", "--against", "cases.json", "--tolerance", "0.2");
    expect({ exitCode: loose.exitCode, stderr: loose.stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  test("reports as JSON", async () => {
    const run = await layerc(sandbox({}, 2), "verify", "two.layers", "--against", "cases.json", "--format", "json");
    expect(JSON.parse(run.stdout)).toMatchObject({
      command: "verify",
      exitCode: 1,
      diagnostics: [{ code: "verify-deviates" }],
      models: [
        {
          model: "Two",
          passed: false,
          layers: [
            { name: "first", passed: true },
            { name: "second", passed: false, maxAbsolute: 1 },
          ],
          output: { worst: { sample: 0, index: [0], computed: 8, expected: 7 } },
        },
      ],
    });
  });

  test("runs what ships: the options of the config, with its overrides, unless the command line says otherwise", async () => {
    const config = {
      include: ["*.layers"],
      target: "wasm",
      overrides: [{ files: ["plain.layers"], target: "typescript", precision: "bfloat16" }],
    };
    const made = sandbox({ "plain.layers": two.text, "layerc.config.json": JSON.stringify(config) });
    const first = async (...argv: readonly string[]): Promise<string | undefined> =>
      (await layerc(made, "verify", "--against", "cases.json", ...argv)).stdout.split("\n")[0];
    expect(await first("two.layers")).toMatch(
      /^Two against cases\.json: 2 samples, compiled to WebAssembly \(wasm-(relaxed-)?simd\)$/,
    );
    expect(await first("plain.layers")).toBe(
      "Two against cases.json: 2 samples, compiled to TypeScript with bfloat16 weights",
    );
    expect(await first("two.layers", "--target", "typescript")).toMatch(/compiled to TypeScript$/);
    expect(await first("two.layers", "--no-config")).toMatch(/compiled to TypeScript$/);
    const json = await layerc(made, "verify", "two.layers", "--against", "cases.json", "--format", "json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      models: [{ target: "wasm", backend: expect.stringMatching(/^wasm-/) as string }],
    });
    const both = await layerc(made, "verify", "--against", "cases.json");
    expect({ exitCode: both.exitCode, stderr: both.stderr }).toMatchObject({ exitCode: 2 });
    expect(both.stderr).toContain("--against goes with one model file, found 2");
  });

  test("takes weights from the command line, relative to the working folder", async () => {
    const made = sandbox({ "models/bare.layers": two.text.replace(/ {2}weights.*\n/, "") });
    const arguments_ = ["verify", "models/bare.layers", "--against", "cases.json"];
    expect((await layerc(made, ...arguments_)).stderr).toContain("or give one with --weights");
    expect((await layerc(made, ...arguments_, "--weights", "two.safetensors")).exitCode).toBe(0);
    const missing = await layerc(made, ...arguments_, "--weights", "missing.safetensors");
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain("Can't read the weight file 'missing.safetensors': no such file");
  });

  test.each([
    ["a missing file", ["--against", "none.json"], "Can't read 'none.json', given with --against: no such file"],
    ["a folder", ["--against", "."], "Can't read '.', given with --against: is a folder"],
    ["no cases", [], "--against <cases> is missing"],
    ["a wrong tolerance", ["--against", "cases.json", "--tolerance", "-1"], "expected a number that is not negative"],
  ])("%s is a wrong command line", async (_, options, message) => {
    const run = await layerc(sandbox(), "verify", "two.layers", ...options);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(message);
  });

  test("several model files are one too many", async () => {
    const run = await layerc(sandbox({ "b.layers": two.text }), "verify", "*.layers", "--against", "cases.json");
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain("--against goes with one model file, found 2");
  });

  test("inputs that generated code refuses are the cases' fault", async () => {
    const text = 'model E { weights "./e.safetensors" input [2] Embedding(3, 1) }';
    const { weightFile } = await import("./harness.ts");
    const weights = weightFile({ "embedding.embeddings": { shape: [3, 1], data: [1, 2, 3] } });
    const made = sandbox({
      "e.layers": text,
      "e.safetensors": weights,
      "e.json": '{"inputs":[[1,3]],"outputs":[[[2],[4]]]}',
    });
    const run = await layerc(made, "verify", "e.layers", "--against", "e.json");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("error[verify-refused]: The compiled model refuses the inputs of 'e.json'");
  });
});

describe("layerc build --self-test", () => {
  test("writes a module with selfTest, which --check knows", async () => {
    const made = sandbox();
    expect((await layerc(made, "build", "two.layers", "--self-test", "cases.json")).exitCode).toBe(0);
    expect(made.contents()["two.ts"]).toContain("export function selfTest(");
    expect((await layerc(made, "build", "two.layers", "--self-test", "cases.json", "--check")).exitCode).toBe(0);
    expect((await layerc(made, "build", "two.layers", "--check")).exitCode).toBe(1);
  });

  test("writes nothing when the cases are wrong", async () => {
    const made = sandbox({ "bad.json": '{"inputs":[[1]],"outputs":[[1]]}' });
    const before = made.contents();
    expect((await layerc(made, "build", "two.layers", "--self-test", "bad.json")).exitCode).toBe(1);
    expect((await layerc(made, "build", "two.layers", "--self-test", "none.json")).exitCode).toBe(2);
    expect(made.contents()).toEqual(before);
  });

  test("goes with one model file", async () => {
    const run = await layerc(sandbox({ "b.layers": two.text }), "build", "*.layers", "--self-test", "cases.json");
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain("--self-test goes with one model file, found 2");
  });
});
