import type { Model } from "../../src/check/model.ts";
import { weightKey, type WeightArrays } from "../../src/ir/weight-arrays.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import { lowerModel } from "../../src/stages/lower-model.ts";
import { makeUnit } from "../../src/stages/make-unit.ts";
import { planModel } from "../../src/stages/plan-model.ts";
import type { WeightBinding } from "../../src/targets/model-unit.ts";
import { emitTypeScript } from "../../src/targets/typescript/emit.ts";

/** How a model is compiled: every unrolling of loops, and WebAssembly. */
export interface RunMode {
  readonly target: "typescript" | "wasm";
  readonly unroll: "auto" | "full" | "none";
  /** Whether the weights are in the module. */
  readonly inline: boolean;
}

/** What a generated module exports for a model. */
export interface Instance {
  forward(input: ArrayLike<number>, output?: Float32Array, dims?: object): Float32Array;
  forwardBatch(inputs: ArrayLike<number>, output?: Float32Array, dims?: object): Float32Array;
}

/** Compiles a model with its arrays as `compile` does, without Prettier, and runs the module. */
export async function instantiate(model: Model, arrays: WeightArrays, mode: RunMode): Promise<Instance> {
  const binding: WeightBinding = mode.inline || arrays.size === 0 ? { kind: "inline", arrays } : { kind: "argument" };
  const unit = await makeUnit(await planModel(lowerModel({ model, binding }), mode));
  const { text, restore } = emitTypeScript([unit], { emit: "js", version: "0", sourceName: "model.layers" });
  const { exportName, name } = model;
  const exported: unknown = new Function(
    `${restore(text).replace(/^export /gm, "")}\nreturn ${binding.kind === "inline" ? exportName : `create${name}`};`,
  )();
  return (
    binding.kind === "inline" ? exported : (exported as (weights: object) => unknown)(weightTree(model, arrays))
  ) as Instance;
}

/** The arrays as a generated module takes them. */
export function weightTree(model: Model, arrays: WeightArrays): object {
  type Tree = { [name: string]: Tree | Float32Array };
  const root: Tree = {};
  for (const { path } of modelWeights(model)) {
    let node = root;
    for (const part of path.slice(0, -1)) node = (node[part] ??= {}) as Tree;
    node[path.at(-1) as string] = arrays.get(weightKey(path)) as Float32Array;
  }
  return root;
}
