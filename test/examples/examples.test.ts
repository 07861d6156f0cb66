import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createNodeHost } from "../../src/node/node-host.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { compile, check, formatSummary, hasErrors, type CompileOptions, type CompileResult } from "../../src/index.ts";
import { expectLaidOut } from "../support/laid-out.ts";
import { createModel, modelOf, runModule, type AnyModule } from "../targets/support/run-module.ts";
import { typeCheck, type TypeChecked } from "../targets/support/type-check.ts";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".layers"))
  .map((name) => name.replace(".layers", ""))
  .sort();

async function compileExample(name: string, options: CompileOptions = {}, cwd = folder): Promise<CompileResult> {
  const file = path
    .relative(cwd, path.join(folder, `${name}.layers`))
    .split(path.sep)
    .join("/");
  const text = readFileSync(path.join(folder, `${name}.layers`), "utf8");
  const result = await compile({ path: file, text }, { ...options, host: createNodeHost(cwd, nodeFileSystem) });
  // A choice that is slower is a warning.
  expect(hasErrors(result.diagnostics)).toBe(false);
  return result;
}

function digest(variant: string, { files }: CompileResult): void {
  for (const { name, content } of files) {
    digests[`${variant}/${name}`] = createHash("sha256").update(content).digest("base64url");
  }
}

const results = new Map<string, CompileResult>();
const scripts = new Map<string, string>();
const printed = new Map<string, string>();
let checked: TypeChecked;
/** SHA-256 of every file that a variant writes: a change of the compiler that is to change no module changes none of them. */
const digests: Record<string, string> = {};
const elsewhere = mkdtempSync(path.join(tmpdir(), "layerc-cwd-"));

/** Ways to compile that give code of different kinds. */
const variants: Readonly<Record<string, CompileOptions>> = {
  plain: {},
  loops: { unroll: "none" },
  sidecar: { weights: "file" },
};

/** Others, whose modules are only held to be what they were. */
const digestedOnly: Readonly<Record<string, CompileOptions>> = {
  wasm: { target: "wasm" },
  auto: { target: "auto", weights: "file" },
  "bfloat16-wasm": { target: "wasm", precision: "bfloat16", emit: "js" },
  "bfloat16-sidecar": { precision: "bfloat16", weights: "file" },
};

beforeAll(async () => {
  for (const name of names) {
    for (const [variant, options] of Object.entries(variants)) {
      const result = await compileExample(name, options);
      expect(result.diagnostics).toEqual([]);
      if (variant === "plain") results.set(name, result);
      digest(variant, result);
      for (const file of result.files) {
        if (typeof file.content === "string") printed.set(`${variant}/${file.name}`, file.content);
      }
    }
    for (const [variant, options] of Object.entries(digestedOnly)) digest(variant, await compileExample(name, options));
    const script = await compileExample(name, { emit: "js" });
    digest("js", script);
    for (const file of script.files) {
      if (typeof file.content !== "string") continue;
      if (file.name.endsWith(".js")) scripts.set(name, file.content);
      else printed.set(`js/${file.name}`, file.content);
    }
  }
  checked = await typeCheck(printed);
});

afterAll(() => {
  checked?.dispose();
  rmSync(elsewhere, { recursive: true, force: true });
});

const runExample = (name: string): Promise<AnyModule> => runModule(scripts.get(name) as string);
const allTexts = (): readonly string[] => [...printed.values(), ...scripts.values()];

describe("the generated code of the examples", () => {
  test("covers them all", () => {
    expect(names).toEqual([
      "autoencoder",
      "blocks",
      "deep",
      "digits",
      "generator",
      "iris",
      "sequence",
      "two-dense",
      "xor",
    ]);
    // A file with blocks only has no output.
    expect([...scripts.keys()]).toEqual(names.filter((name) => name !== "blocks"));
    expect(printed.size).toBe(4 * scripts.size);
  });

  test("is what it was, byte for byte", async () => {
    await expect(`${JSON.stringify(digests, null, 2)}\n`).toMatchFileSnapshot("digests.json");
  });

  test("passes the strict type check, also as declarations", () => expect(checked.errors).toBe(""));

  test("is laid out as Prettier would", async () => {
    await expectLaidOut(allTexts());
    await expectLaidOut([...scripts.values()], "babel");
  });

  test("imports nothing, makes no code from strings, and has no any", () => {
    for (const text of allTexts()) {
      const code = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\*[^]*?\*\/|\/\/.*/g, (found) => (found[0] === '"' ? '""' : ""));
      expect(code).not.toMatch(/\b(?:import|require|eval|any|Function|enum|namespace|process|Buffer|window)\b/);
      expect(text).not.toMatch(/as never|@ts-/);
    }
  });

  test("has the same bytes for the same input, wherever and in whichever order it is made", async () => {
    for (const name of names.toReversed()) {
      for (const cwd of [path.dirname(folder), elsewhere, path.parse(folder).root]) {
        expect((await compileExample(name, {}, cwd)).files).toEqual(results.get(name)!.files);
      }
    }
  });

  test("names no path of this machine", () => {
    for (const text of allTexts()) expect(text).not.toContain(folder);
  });
});

interface Trained {
  readonly x: readonly (readonly number[])[];
  readonly keras_probabilities: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly keras_test_accuracy: number;
}

describe("trained examples give what Keras gave", () => {
  test.each([
    ["iris", "iris-test.json", 38],
    ["digits", "digits-test.json", 450],
  ])("%s", async (name, file, samples) => {
    const data = JSON.parse(readFileSync(path.join(folder, "data", file), "utf8")) as Trained;
    expect(data.x.length).toBe(samples);
    const model = modelOf(await runExample(name), name);
    const argmax = (values: ArrayLike<number>): number => Array.from(values).indexOf(Math.max(...Array.from(values)));
    let right = 0;
    data.x.forEach((sample, at) => {
      const output = model.forward(sample);
      const expected = data.keras_probabilities[at]!;
      expected.forEach((value, unit) => expect(Math.abs(output[unit]! - value)).toBeLessThanOrEqual(2e-6));
      expect(argmax(output)).toBe(argmax(expected));
      if (argmax(output) === data.y[at]) right++;
    });
    expect(right / samples).toBeCloseTo(data.keras_test_accuracy, 12);
  });

  test("xor", async () => {
    const model = modelOf(await runExample("xor"), "xor");
    const outputs = model.forwardBatch([0, 0, 0, 1, 1, 0, 1, 1]);
    expect([...outputs].map(Math.round)).toEqual([0, 1, 1, 0]);
    // What Keras' own `predict` gave right after the training.
    const recorded = [0.00037555673, 0.99792576, 0.9986596, 0.0016324626];
    outputs.forEach((value, at) => expect(Math.abs(value - recorded[at]!)).toBeLessThanOrEqual(2e-6));
  });
});

describe("the other examples run", () => {
  const filled = (length: number): Float32Array => Float32Array.from({ length }, (_, at) => Math.sin(at) / 10);
  const dense = (inputs: number, units: number) => ({ kernel: filled(inputs * units), bias: filled(units) });

  test("generator", async () => {
    const kernel = filled(2_560_000);
    const model = createModel(await runExample("generator"), "Generator", { dense: { kernel } });
    const input = filled(100);
    const output = model.forward(input);
    expect(output.length).toBe(25_600);
    for (const unit of [0, 1, 12_345, 25_599]) {
      const sum = input.reduce((total, value, k) => total + value * kernel[k * 25_600 + unit]!, 0);
      expect(output[unit]!).toBeCloseTo(sum, 6);
    }
  });

  test("two-dense", async () => {
    const weights = { dense: dense(16, 32), dense_1: dense(32, 32) };
    const model = createModel(await runExample("two-dense"), "TwoDense", weights);
    expect(model.forward(filled(16)).length).toBe(32);
  });

  test("autoencoder, whose encoder fits on its decoder", async () => {
    const module = await runExample("autoencoder");
    const encoder = { dense: dense(64, 32), code: dense(32, 8) };
    const decoder = { dense: dense(8, 32), dense_1: dense(32, 64) };
    const input = filled(64);
    const code = createModel(module, "Encoder", encoder).forward(input);
    const parts = createModel(module, "Decoder", decoder).forward(code);
    const whole = createModel(module, "Autoencoder", { encoder, decoder }).forward(input);
    whole.forEach((value, at) => expect(Math.abs(value - parts[at]!)).toBeLessThanOrEqual(2e-6));
  });

  test("sequence", async () => {
    const module = await runExample("sequence");
    const steps = createModel(module, "StepClassifier", { dense: dense(7, 12), dense_1: dense(12, 4) });
    const output = steps.forward(filled(21));
    for (const at of [0, 4, 8]) expect(output.slice(at, at + 4).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    const window = createModel(module, "WindowScore", { dense: dense(7, 4), dense_1: dense(20, 1) });
    expect(window.forward(filled(35)).length).toBe(1);
  });

  test("deep", async () => {
    const info = (await runExample("deep"))["deepInfo"] as { layers: readonly { name: string }[] };
    expect(info.layers.map(({ name }) => name)).toEqual([
      "dense",
      "dropout",
      "dense_1",
      "dropout_1",
      "dense_2",
      "dropout_2",
      "dense_3",
      "dropout_3",
      "out",
    ]);
  });
});

test("the summary of the generator counts 2,560,000 parameters", async () => {
  const text = readFileSync(path.join(folder, "generator.layers"), "utf8");
  const result = await check({ path: "generator.layers", text });
  expect(hasErrors(result.diagnostics)).toBe(false);
  expect(formatSummary(result.models[0]!)).toMatch(/Total params: 2,560,000/);
});
