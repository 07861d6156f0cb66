import type { Model } from "../../src/check/model.ts";
import { weightKey, type WeightArrays } from "../../src/ir/weight-arrays.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import { checkSource } from "../../src/stages/check-source.ts";
import { instantiate, type RunMode } from "./instantiate.ts";
import { size, type Nd } from "./nd.ts";
import type { Stack } from "./stack.ts";

export const runModes: readonly RunMode[] = (
  [
    { target: "typescript", unroll: "auto" },
    { target: "typescript", unroll: "full" },
    { target: "typescript", unroll: "none" },
    { target: "wasm", unroll: "auto" },
  ] as const
).flatMap((mode) => [true, false].map((inline) => ({ ...mode, inline })));

/** Compiles a stack as `compile` does, without Prettier, and runs it on its samples, singly and together. */
export async function runStack(stack: Stack, mode: RunMode): Promise<{ single: Float32Array[]; batch: Float32Array }> {
  const { result } = await checkSource(stack.text);
  const model = result.models.at(-1);
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  if (model === undefined || errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  const instance = await instantiate(model, arraysOf(model, stack), mode);

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
