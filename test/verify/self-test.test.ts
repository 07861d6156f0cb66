import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { describe, expect, onTestFinished, test } from "vitest";
import { runModule } from "../../src/node/run-module.ts";
import { compile, type CompileOptions } from "../../src/compile.ts";
import { expectLaidOut } from "../support/laid-out.ts";
import { jsonBytes, memoryHost, two } from "./harness.ts";

const { text, inputs, outputs } = two;
const unbound = text.replace(/ {2}weights.*\n/, "");

async function build(model: string, cases: unknown, options: CompileOptions = {}, weights = two.weights()) {
  const selfTest = { path: "data/cases.json", content: jsonBytes(cases) };
  const result = await compile(
    { path: "two.layers", text: model },
    { host: memoryHost(weights), selfTest, ...options },
  );
  const file = (ending: string): string => String(result.files.find(({ name }) => name.endsWith(ending))?.content);
  return { ...result, file };
}

interface Report {
  readonly passed: boolean;
  readonly maxError: number;
  readonly tolerance: number;
  readonly models: readonly object[];
}

type Exports = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

async function load(model: string, cases: unknown, options: CompileOptions = {}, weights = two.weights()) {
  const built = await build(model, cases, { ...options, emit: "js" }, weights);
  expect(built.diagnostics).toEqual([]);
  const exported = (await runModule(built.file(".js"))) as Exports;
  return { ...built, exported, selfTest: (...args: readonly unknown[]) => exported["selfTest"]?.(...args) as Report };
}

describe("selfTest()", () => {
  test("passes where the model gives what the cases say", async () => {
    const { selfTest } = await load(text, { inputs, outputs });
    expect(selfTest()).toEqual({
      passed: true,
      tolerance: 2e-6,
      maxError: 0,
      models: [{ model: "Two", samples: 2, maxError: 0, worstSample: -1 }],
    });
  });

  test("fails with the worst sample where it does not", async () => {
    const { selfTest } = await load(text, { inputs, outputs: [[7], [12]] });
    expect(selfTest()).toEqual({
      passed: false,
      tolerance: 2e-6,
      maxError: 0.25,
      models: [{ model: "Two", samples: 2, maxError: 0.25, worstSample: 1 }],
    });
    expect(selfTest(0.3)).toMatchObject({ passed: true, tolerance: 0.3 });
  });

  test("knows NaN and infinity", async () => {
    const model = "model M { input [3] Activation(relu) }";
    const row = ["NaN", "Infinity", 1];
    expect((await load(model, { inputs: [row], outputs: [row] })).selfTest().passed).toBe(true);
    for (const wrong of [row.with(0, 1), row.with(1, "NaN"), row.with(1, 1), row.with(2, "NaN")]) {
      expect((await load(model, { inputs: [row], outputs: [wrong] })).selfTest().maxError).toBe(Infinity);
    }
  });

  test("takes a model whose weights are not in the module", async () => {
    const { exported, selfTest, files } = await load(text, { inputs, outputs }, { weights: "file" });
    const sidecar = files.find(({ name }) => name.endsWith(".safetensors"))?.content;
    expect(selfTest(exported["createTwo"]?.(exported["readTwoWeights"]?.(sidecar))).passed).toBe(true);
    const loose = await load(unbound, { inputs, outputs });
    const wrong = loose.exported["readTwoWeights"]?.(two.weights(2)["two.safetensors"]);
    expect(loose.selfTest(loose.exported["createTwo"]?.(wrong)).passed).toBe(false);
  });

  test("runs the models that have cases", async () => {
    const models = `${unbound}
dim time
model Sum { input [time, 2] GlobalAveragePooling1D() }
model Quiet { input [1] Rescaling(2) }
`;
    const cases = {
      models: {
        Two: { inputs, outputs },
        Sum: {
          inputs: [
            [
              [1, 2],
              [3, 4],
              [5, 6],
            ],
          ],
          outputs: [[3, 4]],
        },
      },
    };
    const { exported, selfTest } = await load(models, cases);
    const made = exported["createTwo"]?.(exported["readTwoWeights"]?.(two.weights()["two.safetensors"]));
    expect(selfTest(made)).toMatchObject({
      passed: true,
      models: [
        { model: "Two", samples: 2 },
        { model: "Sum", samples: 1 },
      ],
    });
  });
});

describe("what goes into the module", () => {
  test("is stable under Prettier and typed in every mode", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-self-test-"));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const write = (name: string, content: string): void => fs.writeFileSync(path.join(folder, name), content);
    write("package.json", '{ "type": "module" }');
    const inline = await build(text, { inputs, outputs });
    const argument = await build(unbound, { inputs, outputs });
    const dims = await build("dim n model Dims { input [n, n] Flatten() }", { inputs: [[[1]]], outputs: [[1]] });
    const javascript = await build(text, { inputs, outputs }, { emit: "js" });
    await expectLaidOut([inline.file(".ts"), argument.file(".ts"), dims.file(".ts"), javascript.file(".js")]);
    write("inline.ts", inline.file(".ts"));
    write("argument.ts", argument.file(".ts"));
    write("dims.ts", dims.file(".ts"));
    write("javascript.js", javascript.file(".js"));
    write("javascript.d.ts", javascript.file(".d.ts"));
    write(
      "use.ts",
      `import * as a from "./argument.js";
import * as d from "./dims.js";
import * as i from "./inline.js";
import * as j from "./javascript.js";
const reports: readonly i.SelfTestReport[] = [i.selfTest(), i.selfTest(1e-3), j.selfTest(1e-3), d.selfTest()];
export const worst: number | undefined = reports[0]?.models[0]?.worstSample;
export const given: boolean = a.selfTest(a.createTwo({} as a.TwoWeights)).passed;
// @ts-expect-error: the model is missing
a.selfTest();
`,
    );
    const flags =
      "strict noEmit noUncheckedIndexedAccess exactOptionalPropertyTypes noUnusedLocals noUnusedParameters " +
      "isolatedDeclarations declaration erasableSyntaxOnly noPropertyAccessFromIndexSignature noImplicitReturns verbatimModuleSyntax";
    const options = {
      target: "es2023",
      lib: ["es2023"],
      module: "nodenext",
      types: [],
      ...Object.fromEntries(flags.split(" ").map((flag) => [flag, true])),
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions: options }));
    const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
    expect(spawnSync(process.execPath, [tsc, "-p", "."], { cwd: folder, encoding: "utf8" }).stdout).toBe("");

    write("entry.js", 'import { two } from "./javascript.js";\nconsole.log(two.forward([1, 2]));\n');
    const bundle = await rolldown({ input: path.join(folder, "entry.js") });
    const { output } = await bundle.generate();
    expect(output[0].code).toContain("forwardBatch");
    expect(output[0].code).not.toContain("selfTest");
  });

  test("is cut to a stated size, with a hint", async () => {
    const hundred = Array.from({ length: 100 });
    const many = { inputs: hundred.map(() => [1, 2]), outputs: hundred.map(() => [7]) };
    const built = await build(text, many);
    expect(built.diagnostics.map(({ code, severity, message }) => ({ code, severity, message }))).toEqual([
      {
        code: "self-test-shortened",
        severity: "hint",
        message: "The first 32 of 100 samples of 'data/cases.json' go into the self-test of Two",
      },
    ]);
    expect(built.file(".ts")).toContain('testSamples(\n      "Two",\n      32,');
    const wide = await build("model W { input [4000] Flatten() }", {
      inputs: { shape: [20, 4000], data: Array(80_000).fill(1) },
      outputs: { shape: [20, 4000], data: Array(80_000).fill(1) },
    });
    expect(wide.diagnostics.map(({ message }) => message)).toEqual([
      "The first 8 of 20 samples of 'data/cases.json' go into the self-test of W",
    ]);
    const huge = await build("model H { input [40_000] Flatten() }", {
      inputs: { shape: [1, 40_000], data: Array(40_000).fill(1) },
      outputs: { shape: [1, 40_000], data: Array(40_000).fill(1) },
    });
    expect(huge.diagnostics.map(({ code }) => code)).toEqual(["self-test-sample-too-large"]);
    expect(huge.files).toEqual([]);
  });

  test.each([
    ["selfTest's name", "model SelfTest { input [2] Flatten() }", "self-test-name-taken"],
    ["the report's name", "model SelfTestReport { input [2] Flatten() }", "self-test-name-taken"],
    ["another shape", "model M { input [3] Flatten() }", "cases-shape"],
    ["two models", "model A { input [2] Flatten() } model B { input [2] Flatten() }", "cases-model-unclear"],
    ["no model", "block B() { Flatten() }", "cases-no-model"],
  ])("nothing, for %s", async (_, model, code) => {
    const built = await build(model, { inputs, outputs: inputs });
    expect(built.files).toEqual([]);
    expect(built.diagnostics.filter(({ severity }) => severity === "error").map((item) => item.code)).toEqual([code]);
  });
});
