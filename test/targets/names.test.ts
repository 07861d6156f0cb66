import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectLaidOut } from "../support/laid-out.ts";
import { compileCode, compileText } from "./support/compile-text.ts";
import { createModel, modelOf, type AnyModel } from "./support/run-module.ts";
import { typeCheck, type TypeChecked } from "./support/type-check.ts";

/** Names that JavaScript, TypeScript or the generated code use for something else. */
const names = [
  ..."constructor prototype toString valueOf hasOwnProperty class await eval arguments any never".split(" "),
  ..."x y a b w e i j k n row unit sum sum0 sum0_1 x0 xStart yStart xAt xAt1 yAt1 w1 at at1 at1_size total maximum e1 t0 sum_rest".split(
    " ",
  ),
  ..."relu gelu sigmoid softmax Math Float32Array Float64Array NaN Infinity undefined globalThis self".split(" "),
  ..."run forward forwardBatch input inputs output dims weights kernel bias result samples arrays size read".split(" "),
  ..."net createNet netInfo netArrays NetInput NetWeights checkLength countSamples copyArray packPanels".split(" "),
  ..."dense load file code name shape $preformatted$0 $0 _".split(" "),
];
const strings = [
  `"`,
  "'",
  "`",
  "${alert(1)}",
  "\\",
  "\\u0041",
  "a.b",
  "a b",
  "1",
  "-",
  "naïve",
  "層",
  "🙂",
  "<!--",
  "*\\",
  "]",
  "?.",
  "constructor\u200b",
  "toString()",
];

const quoted = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const isWord = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);
const label = (text: string): string => (isWord(text) ? text : quoted(text));

const everyName = [...names, ...strings];
/** Dims become parameters of the functions, and must differ from their locals. */
const dimNames = "x0 sum0 sum0_1 sum_rest w1 at1 at1_size xAt1 yAt1 e1 kernel bias run dims class prototype".split(" ");
const stack = everyName.map((name) => `  ${label(name)}: Dense(2, activation=gelu)`).join("\n");
const sources: Readonly<Record<string, string>> = {
  layers: `model Net {\n  input [2]\n${stack}\n}`,
  dims: `${dimNames.map((name) => `dim ${name}`).join("\n")}
${dimNames
  .map(
    (name, at) => `model Net${at} { input [${name}, 40]  Dense(7, activation=silu)  Softmax(axis=1) }
model Lanes${at} { input [3, 2, ${name}, 2]  Softmax(axis=2)  Softmax(axis=3)  Softmax(axis=2) }`,
  )
  .join("\n")}`,
  models: `${"Sum0 X0 Relu Gelu Run CheckLength CopyArray T0 Forward Input Weights Kernel Bias"
    .split(" ")
    .map((name) => `model ${name} { input [3]  Dense(5, activation=gelu)  ReLU(max_value=6, threshold=1) }`)
    .join("\n")}`,
};

/** Names that modules with WebAssembly might have for themselves. */
const wasmModels = "WasmExports WasmGlobal Memory Module Instance One Wasm CompileWasm"
  .split(" ")
  .map((name) => `model ${name} { input [3]  Dense(5, tanh) }`)
  .join("\n");

let checked: TypeChecked;
const texts = new Map<string, string>();
const unrolls = ["auto", "none"] as const;
const emitted: string[] = [];

beforeAll(async () => {
  for (const [name, source] of Object.entries(sources)) {
    for (const unroll of unrolls) {
      // The layout of the first is looked at.
      const compiled = unroll === "auto" ? compileText(source, { unroll }) : compileCode(source, { unroll });
      texts.set(`${name}_${unroll}.ts`, (await compiled).text);
    }
    const { text, declarations } = await compileText(source, { emit: "js" });
    texts.set(`${name}_js.d.ts`, declarations);
    emitted.push(text, declarations);
  }
  texts.set("wasm.ts", (await compileCode(wasmModels, { target: "wasm" })).text);
  checked = await typeCheck(texts);
});
afterAll(() => checked?.dispose());

test("modules with hostile names pass the strict type check", () => expect(checked.errors).toBe(""));

test("they are laid out as Prettier would", async () => {
  const tiled = [...texts].filter(([name]) => name.endsWith("_auto.ts")).map(([, text]) => text);
  await expectLaidOut([...tiled, ...emitted]);
});

describe.each(unrolls)("run: --unroll %s", (unroll) => {
  test("layers", async () => {
    const module = await checked.run(`layers_${unroll}`);
    const weights = Object.create(null) as Record<string, object>;
    // The exchange of the two values, and a bias that is different for each layer, show that no two layers are mixed up.
    everyName.forEach((name, at) => {
      weights[name] = { kernel: Float32Array.of(0, 1, 1, 0), bias: Float32Array.of(at / 8, 1) };
    });
    const net = createModel(module, "Net", weights);
    let [x, y] = [0.5, 0.25];
    everyName.forEach((_, at) => {
      [x, y] = [gelu(y + at / 8), gelu(x + 1)];
    });
    const [first = NaN, second = NaN] = net.forward([0.5, 0.25]);
    expect(Math.abs(first - x) / x).toBeLessThan(2e-6);
    expect(Math.abs(second - y) / y).toBeLessThan(2e-6);
    const info = module["netInfo"] as { layers: readonly { name: string }[] };
    expect(info.layers.map(({ name }) => name)).toEqual(everyName);
  });

  test("dims", async () => {
    const module = await checked.run(`dims_${unroll}`);
    const dense = { kernel: Float32Array.from({ length: 280 }, (_, at) => at / 280), bias: new Float32Array(7) };
    const input = Float32Array.from({ length: 120 }, (_, at) => at / 120);
    const all = dimNames.map((name, at) => {
      const model = createModel(module, `Net${at}`, { dense });
      expect(model.forwardBatch(input, undefined, { [name]: 3 }), name).toEqual(model.forward(input));
      return [...model.forward(input)];
    });
    for (const output of all) expect(output).toEqual(all[0]);
    const lanes = dimNames.map((_, at) => [...modelOf(module, `lanes${at}`).forward(input.subarray(0, 60))]);
    for (const output of lanes) expect(output).toEqual(lanes[0]);
    expect(lanes[0]!.every((value) => value > 0 && value < 1)).toBe(true);
    expect(all[0]![0]! + all[0]![7]! + all[0]![14]!).toBeCloseTo(1, 6);
  });

  test("models", async () => {
    const module = await checked.run(`models_${unroll}`);
    const dense = { kernel: Float32Array.from({ length: 15 }, (_, at) => at), bias: new Float32Array(5) };
    const creators = Object.keys(module).filter((name) => name.startsWith("create"));
    expect(creators.length).toBe(13);
    const outputs = creators.map((name) => {
      const model: AnyModel = createModel(module, name.replace("create", ""), { dense });
      return [...model.forward([1, 2, 3])];
    });
    for (const output of outputs) expect(output).toEqual([6, 6, 6, 6, 6]);
  });
});

/** With the Abramowitz-Stegun series, which is exact enough far from zero: all values here are positive. */
function gelu(value: number): number {
  const z = Math.abs(value) / Math.SQRT2;
  let [term, sum] = [z, z];
  for (let n = 1; n < 200; n++) {
    term *= (-z * z) / n;
    sum += term / (2 * n + 1);
  }
  const erf = z > 5 ? 1 : (2 / Math.sqrt(Math.PI)) * sum;
  return (value * (1 + Math.sign(value) * erf)) / 2;
}
