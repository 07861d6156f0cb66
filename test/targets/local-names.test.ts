import { describe, expect, test } from "vitest";
import { indexVariable } from "../../src/ir/index-expression.ts";
import { load, type DataBuffer, type Kernel, type Loop, type LoopProgram, type Value } from "../../src/ir/loops.ts";
import { renameLocals } from "../../src/ir/rewrite.ts";
import { staticSize } from "../../src/ir/size.ts";
import { verify } from "../../src/ir/verify.ts";
import { lowerModel } from "../../src/stages/lower-model.ts";
import { makeUnit } from "../../src/stages/make-unit.ts";
import { planModel } from "../../src/stages/plan-model.ts";
import type { ModelUnit } from "../../src/targets/model-unit.ts";
import { emitTypeScript } from "../../src/targets/typescript/emit.ts";
import { localNames } from "../../src/targets/typescript/local-names.ts";
import { interpretLoops } from "../ir/interpret-loops.ts";
import { values } from "../ops/run-model.ts";
import { modelOf } from "../vectors/programs.ts";
import { createModel, runModule, modelOf as exportOf, type AnyModel } from "./support/run-module.ts";

type Unroll = "auto" | "full" | "none";

async function unitOf(source: string, unroll: Unroll = "auto"): Promise<ModelUnit> {
  const lowered = lowerModel({ model: await modelOf(source), binding: { kind: "argument" } });
  return makeUnit(await planModel(lowered, { unroll }));
}

/** The model of a unit, its weights anything that is the same each time. */
async function run(unit: ModelUnit): Promise<AnyModel> {
  const { text, restore } = emitTypeScript([unit], { emit: "js", version: "0", sourceName: "net.layers" });
  const module = await runModule(restore(text));
  if (unit.binding.kind === "inline") return exportOf(module, unit.exportName);
  const weights: Record<string, Record<string, Float32Array>> = {};
  unit.weights.forEach(({ path, shape }, at) => {
    const [layer = "", name = ""] = path;
    const data = values(
      shape.reduce((product, axis) => product * axis, 1),
      at + 1,
    );
    (weights[layer] ??= {})[name] = name.endsWith("variance") ? data.map(Math.abs) : data;
  });
  return createModel(module, unit.name, weights);
}

/** Models that have all the code there is between them, of a run-time dim. */
const sources: readonly ((dim: string) => string)[] = [
  (dim) => `[${dim}, 26]  Dense(10, silu)  Softmax(axis=1)  Dense(4)  Activation(sparsemax)  Activation(glu)`,
  (dim) => `[${dim}, 4]  Dense(3, gelu)  Softmax()  Activation(log_softmax)  Flatten()`,
  (dim) =>
    `[${dim}, 4]  BatchNormalization()  LayerNormalization()  RMSNormalization()  GroupNormalization(2)  PReLU(shared_axes=[1])`,
  (dim) =>
    `[${dim}, 4]  UnitNormalization()  Normalization()  Permute([2, 1])  Softmax(axis=1)  GlobalMaxPooling1D(data_format=channels_first)`,
  (dim) => `[${dim}, 2, 6]  EinsumDense("abcd,de->abce", output_shape=[none, 2, 5])  Softmax(axis=2)`,
  (dim) => `[${dim}]  Embedding(40, 6)  GroupNormalization(3)  GlobalAveragePooling1D()`,
];

describe.each(["auto", "full", "none"] as const)(
  "a dim may be called as any local of the kernels: --unroll %s",
  (unroll) => {
    test.each(sources.map((source) => [source("time"), source] as const))("%s", async (_title, source) => {
      const text = (dim: string): string => `dim ${dim}  model Net { input ${source(dim)} }`;
      const unit = await unitOf(text("time"), unroll);
      const length = unit.inputShape.reduce((product, { factor }) => product * factor, 3);
      const input = values(length).map((value) => Math.abs(Math.round(value * 10)));
      const expected = (await run(unit)).forwardBatch(input, undefined, { time: 3 });
      expect(expected.every(Number.isFinite)).toBe(true);
      const locals = [...localNames([unit])];
      expect(locals.length).toBeGreaterThan(6);
      for (const dim of locals) {
        const model = await run(await unitOf(text(dim), unroll));
        expect(model.forwardBatch(input, undefined, { [dim]: 3 }), dim).toEqual(expected);
      }
    });
  },
);

test("locals of layers to come are known as well", async () => {
  const unit = await unitOf("dim norm  model Net { input [norm, 40]  LayerNormalization()  Dense(4, gelu) }");
  const renamed = (kernel: Kernel): Kernel => ({
    ...kernel,
    body: renameLocals(kernel.body, (name) => ({ mean: "norm", variance: "gamma", scale: "dense" })[name] ?? name),
  });
  const changed = { ...unit, program: { ...unit.program, kernels: unit.program.kernels.map(renamed) } };
  expect([...localNames([changed])]).toEqual(expect.arrayContaining(["norm", "gamma", "dense"]));
  const input = values(120);
  const dims = { norm: 3 };
  expect((await run(changed)).forwardBatch(input, undefined, dims)).toEqual(
    (await run(unit)).forwardBatch(input, undefined, dims),
  );
});

test("a layer that is called as a local has a function of another name", async () => {
  const locals = [...localNames([await unitOf("model Net { input [40]  LayerNormalization()  Dense(40) }")])];
  const layers = locals.map((name) => `${name}: LayerNormalization()  ${name}_dense: Dense(40, gelu)`);
  const unit = await unitOf(`model Net { input [40]  ${layers.join("  ")} }`);
  const result = (await run(unit)).forward(values(40));
  expect(result.every(Number.isFinite)).toBe(true);
});

describe("kernels of two inputs", () => {
  const four = staticSize(4);
  const buffer = (kind: DataBuffer["kind"], name: string): DataBuffer => ({ kind, name, size: four });
  const [x, a, y] = [buffer("input", "x"), buffer("scratch", "a"), buffer("output", "y")] as const;
  const at = (own: DataBuffer) => ({
    kind: own.kind,
    index: {
      constant: 0,
      terms: [
        ...(own.kind === "scratch" ? [] : indexVariable(own.kind === "input" ? "xStart" : "yStart").terms),
        ...indexVariable("i").terms,
      ],
    },
  });
  const read = (own: DataBuffer): Value => load(own, at(own).index);
  const over = (output: DataBuffer, value: Value): Loop => ({
    kind: "for",
    variable: "i",
    from: 0,
    to: four,
    step: 1,
    body: [{ kind: "store", buffer: output, index: at(output).index, value }],
  });
  const kernel = (inputs: readonly DataBuffer[], output: DataBuffer, value: Value): Kernel => ({
    origins: [{ path: [output.name === "y" ? "joined" : "doubled"], description: "" }],
    inputs,
    output,
    body: [over(output, value)],
    multiplyAdds: staticSize(0),
    plan: { strategy: "loops", reason: "" },
  });
  const program: LoopProgram = {
    dims: [],
    input: x,
    output: y,
    kernels: [
      kernel([x], a, { kind: "binary", operator: "mul", left: read(x), right: { kind: "const", value: 2 } }),
      kernel([x, a], y, { kind: "binary", operator: "sub", left: read(a), right: read(x) }),
    ],
  };

  test("are verified, interpreted and printed as any other", async () => {
    verify(program);
    expect(interpretLoops(program, { inputs: [[1, 2, 3, 4]], arrays: new Map() })).toEqual([1, 2, 3, 4]);
    const unit = { ...(await unitOf("model Net { input [4]  ReLU() }")), program };
    const inline: ModelUnit = { ...unit, binding: { kind: "inline", arrays: new Map() } };
    const model = await run(inline);
    expect([...model.forwardBatch([1, 2, 3, 4, 5, 6, 7, 8])]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const { text } = emitTypeScript([inline], { emit: "js", version: "0", sourceName: "net.layers" });
    expect(text).toContain("function joined(x, xStart, xb, y, yStart)");
    expect(text).toContain("joined(x, xStart, a, y, yStart);");
  });
});
