import type { Model } from "../../src/check/model.ts";
import { weightKey, type WeightArrays } from "../../src/ir/weight-arrays.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import { checkSource } from "../../src/stages/check-source.ts";
import { lowerModel } from "../../src/stages/lower-model.ts";
import { makeUnit } from "../../src/stages/make-unit.ts";
import { planModel } from "../../src/stages/plan-model.ts";
import type { WeightBinding } from "../../src/targets/model-unit.ts";
import { emitTypeScript } from "../../src/targets/typescript/emit.ts";
import { size, type Nd } from "./nd.ts";
import type { Stack } from "./stack.ts";

/** How a stack is compiled: every unrolling of loops, and WebAssembly. */
export interface RunMode {
  readonly target: "typescript" | "wasm";
  readonly unroll: "auto" | "full" | "none";
  /** Whether the weights are in the module. */
  readonly inline: boolean;
}

export const runModes: readonly RunMode[] = (
  [
    { target: "typescript", unroll: "auto" },
    { target: "typescript", unroll: "full" },
    { target: "typescript", unroll: "none" },
    { target: "wasm", unroll: "auto" },
  ] as const
).flatMap((mode) => [true, false].map((inline) => ({ ...mode, inline })));

interface Instance {
  forward(input: ArrayLike<number>, output?: Float32Array, dims?: object): Float32Array;
  forwardBatch(inputs: ArrayLike<number>, output?: Float32Array, dims?: object): Float32Array;
}

/** Compiles a stack as `compile` does, without Prettier, and runs it on its samples, singly and together. */
export async function runStack(stack: Stack, mode: RunMode): Promise<{ single: Float32Array[]; batch: Float32Array }> {
  const { result } = await checkSource(stack.text);
  const model = result.models.at(-1);
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  if (model === undefined || errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  const arrays = arraysOf(model, stack);
  const binding: WeightBinding = mode.inline || arrays.size === 0 ? { kind: "inline", arrays } : { kind: "argument" };
  const unit = await makeUnit(await planModel(lowerModel({ model, binding }), mode));
  const { text, restore } = emitTypeScript([unit], { emit: "js", version: "0", sourceName: "stack.layers" });
  const names = binding.kind === "inline" ? "stack" : "createStack";
  const exported: unknown = new Function(`${restore(text).replace(/^export /gm, "")}\nreturn ${names};`)();
  const instance = (
    binding.kind === "inline" ? exported : (exported as (weights: object) => unknown)(weightTree(model, arrays))
  ) as Instance;

  const inputs = stack.samples.map(({ input }) => Float32Array.from(input.data));
  const single = inputs.map((input) => instance.forward(input, undefined, stack.dims));
  const together = Float32Array.from(inputs.flatMap((input) => [...input]));
  return { single, batch: instance.forwardBatch(together, undefined, stack.dims) };
}

/** The arrays by key, paired in order: a name or a shape that differs from the table is a failure. */
export function arraysOf(model: Model, stack: Stack): WeightArrays {
  const given = stack.layers.flatMap(({ weights }) => [...weights]);
  const wanted = modelWeights(model);
  if (given.length !== wanted.length) throw new Error(`${wanted.length} weights, expected ${given.length}`);
  return new Map(
    wanted.map(({ path, shape }, position) => {
      const [name, array] = given[position] as [string, Nd];
      const fits = weightKey(path).endsWith(`/${name}`) && shape.join() === array.shape.join();
      if (!fits) throw new Error(`${weightKey(path)} [${shape.join()}], expected ${name} [${array.shape.join()}]`);
      if (size(shape) !== array.data.length) throw new Error("a weight of another size");
      return [weightKey(path), Float32Array.from(array.data)];
    }),
  );
}

function weightTree(model: Model, arrays: WeightArrays): object {
  type Tree = { [name: string]: Tree | Float32Array };
  const root: Tree = {};
  for (const { path } of modelWeights(model)) {
    let node = root;
    for (const part of path.slice(0, -1)) node = (node[part] ??= {}) as Tree;
    node[path.at(-1) as string] = arrays.get(weightKey(path)) as Float32Array;
  }
  return root;
}
