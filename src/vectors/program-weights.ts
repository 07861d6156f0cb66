import type { VectorProgram, VectorWeights } from "./vector-loops.ts";
import { blockWords } from "./blocks.ts";
import { product } from "../ir/product.ts";
import { weightKey } from "../ir/weight-arrays.ts";
import { packedLength } from "./panels.ts";
import { forEachValue } from "./visit-vectors.ts";

/** The arrays that a program reads, by a key that tells layouts apart. */
export function vectorWeights(program: VectorProgram): ReadonlyMap<string, VectorWeights> {
  const found = new Map<string, VectorWeights>();
  for (const kernel of program.kernels) {
    forEachValue(kernel.body, (value) => {
      if (value.kind !== "load" || value.buffer.kind !== "weights") return;
      found.set(vectorWeightKey(value.buffer), value.buffer);
    });
  }
  return found;
}

export function vectorWeightKey({ weight, layout }: VectorWeights): string {
  const form =
    layout.kind === "row-major" ? layout.kind : `${layout.kind === "blocks" ? "blocks " : ""}${layout.precision}`;
  return `${weightKey(weight.path)} ${form}`;
}

/** Float32 values, or words of two bfloat16 numbers, that an array takes in memory. */
export function vectorWeightLength({ weight, layout }: VectorWeights): number {
  if (layout.kind === "panels") {
    const [inputs, units] = weight.shape as readonly [number, number];
    return packedLength(inputs, units, layout.precision);
  }
  if (layout.kind === "blocks") return layout.blocks.count * blockWords(layout.precision);
  return product(weight.shape);
}
