import { describe, expect, test } from "vitest";
import { compileCode, compileText } from "../targets/support/compile-text.ts";
import { engineBudgets } from "../../src/passes/engines.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";

const engine = engineBudgets.any;

const strategies = async (
  source: string,
  options: Parameters<typeof compileCode>[1] = {},
): Promise<readonly string[]> =>
  (await compileCode(source, options)).reports.flatMap(({ layers }) => layers.map(({ strategy }) => strategy));

const reasons = async (source: string, options: Parameters<typeof compileCode>[1] = {}): Promise<readonly string[]> =>
  (await compileCode(source, options)).reports.flatMap(({ layers }) => layers.map(({ reason }) => reason));

describe("what each layer becomes", () => {
  test("Dense with weights from arrays: straight-line up to the budget", async () => {
    const inputs = engine.arrayMultiplyAdds / 16;
    expect(await strategies(`model Net { input [${inputs}]  Dense(16) }`)).toEqual(["straight-line"]);
    expect(await strategies(`model Net { input [${inputs}]  Dense(17) }`)).toEqual(["tiled loops"]);
  });

  test("Dense with literals: a budget of its own", async () => {
    for (const [units, strategy] of [
      [32, "straight-line"],
      [33, "tiled loops"],
    ] as const) {
      const inputs = engine.literalMultiplyAdds / 32;
      const kernel = { name: "dense.kernel", shape: [inputs, units], data: new Float32Array(inputs * units).fill(1) };
      const files = { w: writeSafetensors([kernel]) };
      const source = `model Net { weights "w"  input [${inputs}]  Dense(${units}, use_bias=false) }`;
      expect(await strategies(source, { files })).toEqual([strategy]);
      // Read from a file at run time, they are no literals.
      expect(await strategies(source, { files, weights: "file" })).toEqual(["tiled loops"]);
    }
  });

  test("Dense with weights of 0: what counts is what remains", async () => {
    const inputs = engine.literalMultiplyAdds / 8;
    const data = Float32Array.from({ length: inputs * 32 }, (_, at) => (at % 4 === 0 ? 1 : 0));
    const files = { w: writeSafetensors([{ name: "dense.kernel", shape: [inputs, 32], data }]) };
    const source = `model Net { weights "w"  input [${inputs}]  Dense(32, use_bias=false) }`;
    expect(await strategies(source, { files })).toEqual(["straight-line"]);
    expect(await strategies(source, { files, keepZeros: true })).toEqual(["tiled loops"]);
    expect(await strategies(source, { files, weights: "file" })).toEqual(["tiled loops"]);
    const { reports } = await compileCode(source, { files, unroll: "full" });
    expect(reports[0]?.layers[0]?.reason).toBe("--unroll full, 3,072 by 0 left out");
    expect(await reasons(source, { files })).toEqual([
      "1,024 multiply-adds a row, 3,072 by 0 left out, within the unrolling budget of 1,024",
    ]);
  });

  test("blocks of zeros: skipped where loops compute a layer, and said so", async () => {
    const data = Float32Array.from({ length: 256 * 64 }, (_, at) => (at < 64 * 16 ? 1 : 0));
    const files = { w: writeSafetensors([{ name: "dense.kernel", shape: [256, 64], data }]) };
    const source = `model Net { weights "w"  input [256]  Dense(64, use_bias=false) }`;
    const blocks = "480 of 512 blocks of 4 inputs by 8 units skipped, which are 0";
    expect(await reasons(source, { files, unroll: "none" })).toEqual(["--unroll none"]);
    expect(await reasons(source, { files, target: "wasm" })).toEqual([
      `tiled loops where WebAssembly can't run; ${blocks}`,
    ]);
    expect(await reasons(source, { files, target: "wasm", keepZeros: true })).toEqual([
      "tiled loops where WebAssembly can't run",
    ]);
  });

  test("the rows of a matrix do not count: they stay a loop", async () => {
    expect(await strategies(`model Net { input [1000, 4]  Dense(4) }`)).toEqual(["straight-line"]);
    expect(await strategies(`dim time  model Net { input [time, 4]  Dense(4) }`)).toEqual(["straight-line"]);
  });

  test("elementwise layers and softmax: by their elements", async () => {
    expect(await strategies(`model Net { input [${engine.elements}]  ReLU() }`)).toEqual(["straight-line"]);
    expect(await strategies(`model Net { input [${engine.elements + 1}]  ReLU() }`)).toEqual(["loops"]);
    expect(await strategies(`model Net { input [9, ${engine.elements}]  Softmax() }`)).toEqual(["straight-line"]);
    expect(await strategies(`dim time  model Net { input [time]  Softmax() }`)).toEqual(["loops"]);
  });

  test("a model whose layers fit together is straight-line throughout", async () => {
    const stack = (count: number): string => `model Net { input [16]  ${"Dense(16)  ".repeat(count)} }`;
    const fitting = engine.modelArrayMultiplyAdds / 256;
    expect(await strategies(stack(fitting))).toEqual(Array.from({ length: fitting }, () => "straight-line"));
    expect(await strategies(stack(fitting + 1))).toEqual(Array.from({ length: fitting + 1 }, () => "tiled loops"));
  });

  test("beside tiled loops, only small layers are straight-line", async () => {
    const units = engine.smallMultiplyAdds / 16;
    const source = `model Net { input [64]  Dense(64)  Dense(16)  Dense(${units})  Dense(16)  Dense(${units + 1}) }`;
    expect(await strategies(source)).toEqual([
      "tiled loops",
      "tiled loops",
      "straight-line",
      "straight-line",
      "tiled loops",
    ]);
  });

  test("more small layers than a model unrolls are loops, all of them", async () => {
    const count = engine.modelArrayMultiplyAdds / 64 + 1;
    const all = await strategies(`model Net { input [8]  ${"Dense(8)  ".repeat(count)} }`);
    expect(all).toEqual(Array.from({ length: count }, () => "tiled loops"));
  });

  test("for an interpreter, many times as much", async () => {
    const kernel = (name: string, shape: readonly [number, number]) => ({
      name,
      shape,
      data: new Float32Array(shape[0] * shape[1]).fill(1),
    });
    const files = { w: writeSafetensors([kernel("dense.kernel", [64, 128]), kernel("dense_1.kernel", [128, 100])]) };
    const source = `model Net { weights "w"  input [64]  Dense(128, relu, use_bias=false)  Dense(100, use_bias=false)  Softmax() }`;
    expect(await strategies(source, { files })).toEqual(["tiled loops", "tiled loops", "loops"]);
    const all = Array.from({ length: 3 }, () => "straight-line");
    expect(await strategies(source, { files, engine: "interpreter" })).toEqual(all);
    expect(await reasons(source, { files, engine: "interpreter" })).toEqual([
      "8,192 multiply-adds a row, within the unrolling budget of 65,536 for interpreters",
      "12,800 multiply-adds a row, within the unrolling budget of 65,536 for interpreters",
      "100 elements, within the unrolling budget of 1,024 for interpreters",
    ]);
    // Reading arrays, less is gained.
    const loops = ["tiled loops", "tiled loops", "straight-line"];
    expect(await strategies(source, { files, weights: "file", engine: "interpreter" })).toEqual(loops);
  });

  test("full and none are obeyed", async () => {
    const source = `dim time  model Net { input [time, 40]  Dense(40)  ReLU()  Softmax()  Flatten() }`.replace(
      "Flatten()",
      "",
    );
    expect(await strategies(source, { unroll: "full" })).toEqual(["straight-line", "no code", "straight-line"]);
    expect(await strategies(source, { unroll: "none" })).toEqual(["loops", "no code", "loops"]);
  });
});

test("reports say what a layer costs", async () => {
  const { reports, text } = await compileText(
    `model Net { input [20]  hidden: Dense(30, activation=relu)  Dropout(0.5)  ReLU() }`,
  );
  const [hidden, dropout, relu] = reports[0]!.layers;
  expect(hidden).toMatchObject({ layer: "hidden", strategy: "tiled loops", weightBytes: 4 * (20 * 30 + 30) });
  expect(hidden?.multiplyAdds).toEqual({ factor: 600, dims: [] });
  const start = text.indexOf("function hidden(");
  expect(hidden?.codeBytes).toBe(text.indexOf("\n}\n", start) + 3 - start);
  expect(dropout).toMatchObject({ strategy: "no code", codeBytes: 0, reason: "changes no value in the forward pass" });
  expect(relu).toMatchObject({ strategy: "no code", codeBytes: 0, reason: "computed inside 'hidden'" });
});
