import { check } from "../../src/check/check.ts";
import type { Model } from "../../src/check/model.ts";
import { formatTypeScript } from "../../src/format/typescript.ts";
import type { Plan } from "../../src/ir/loops.ts";
import { weightKey, type WeightArrays } from "../../src/ir/weight-arrays.ts";
import { load } from "../../src/load/index.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import { makeUnit, planModel } from "../../src/stages/model-unit.ts";
import { emitTypeScript } from "../../src/targets/typescript/emit.ts";

/** What a generated model does, as the benchmarks call it. */
export interface Generated {
  forward(input: ArrayLike<number>, output?: Float32Array): Float32Array;
  forwardBatch(inputs: ArrayLike<number>, output?: Float32Array): Float32Array;
}

/** The arrays of each layer, by layer and name. */
export type LayerArrays = Readonly<Record<string, Readonly<Record<string, Float32Array>>>>;

export interface GenerateOptions {
  /** Weights as literals or base64 in the module, or passed to `createX`. */
  readonly bound: boolean;
  /** Overrules the plan of every operation. */
  readonly strategy?: Plan["strategy"];
}

/** The only model of a source with random weights: its layers by name, and the module it becomes, loaded. */
export async function generate(
  text: string,
  { bound, strategy }: GenerateOptions,
): Promise<{ readonly model: Generated; readonly arrays: LayerArrays }> {
  const model = await checkedModel(text);
  const flat: WeightArrays = new Map(
    modelWeights(model).map(({ path, shape }) => [weightKey(path), randomArray(shape)] as const),
  );
  const arrays: Record<string, Record<string, Float32Array>> = {};
  for (const { path } of modelWeights(model)) {
    const [layer = "", name = ""] = path;
    (arrays[layer] ??= {})[name] = flat.get(weightKey(path)) as Float32Array;
  }

  const planned = planModel(model, bound ? { kind: "inline", arrays: flat } : { kind: "argument" }, "auto");
  const plans = new Map(
    [...planned.plans].map(([operation, plan]) => [
      operation,
      strategy === undefined ? plan : { strategy, reason: "" },
    ]),
  );
  const unit = makeUnit({
    ...planned,
    plans,
    options: strategy === "straight-line" ? { ...planned.options, unroll: "full" } : planned.options,
  });
  const module = emitTypeScript([unit], { emit: "js", version: "0.0.0", sourceName: "bench.layers" });
  const code = module.restore(await formatTypeScript(module.text));
  const loaded = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
  const name = model.exportName;
  return {
    arrays,
    model: bound ? loaded[name] : loaded[`create${name[0]?.toUpperCase()}${name.slice(1)}`](arrays),
  };
}

async function checkedModel(text: string): Promise<Model> {
  const loaded = await load({ path: "bench.layers", text }, undefined);
  const { value, diagnostics } = check(loaded.program, loaded.diagnostics);
  const [model] = value.models;
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

/** Numbers from -1/sqrt(inputs) to 1/sqrt(inputs), the same in every run. */
export function randomArray(shape: readonly number[]): Float32Array {
  const random = randomNumbers(shape.join());
  const scale = 2 / Math.sqrt(shape[0] ?? 1);
  return Float32Array.from(
    { length: shape.reduce((product, size) => product * size, 1) },
    () => (random() - 0.5) * scale,
  );
}

/** Mulberry32, seeded by a text. */
function randomNumbers(seed: string): () => number {
  let state = [...seed].reduce((hash, character) => Math.imul(hash, 31) + character.charCodeAt(0), 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
