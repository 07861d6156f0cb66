import type { VectorProgram, VectorValue, VectorWeights } from "./vector-loops.ts";
import { weightKey } from "../ir/weight-arrays.ts";
import { packedLength } from "./panels.ts";
import { forEachAccess } from "./values.ts";

/** The arrays that a program reads, by a key that tells layouts apart. */
export function vectorWeights(program: VectorProgram): ReadonlyMap<string, VectorWeights> {
  const found = new Map<string, VectorWeights>();
  for (const kernel of program.kernels) {
    forEachAccess(kernel.body, (value) => {
      const weights = weightsOf(value);
      if (weights !== undefined) found.set(vectorWeightKey(weights), weights);
    });
  }
  return found;
}

function weightsOf(value: VectorValue | { readonly kind: "position" }): VectorWeights | undefined {
  return value.kind === "load" && value.buffer.kind === "weights" ? value.buffer : undefined;
}

export function vectorWeightKey({ weight, layout }: VectorWeights): string {
  return `${weightKey(weight.path)} ${layout.kind === "panels" ? layout.precision : "row-major"}`;
}

/** Float32 values, or words of two bfloat16 numbers, that an array takes in memory. */
export function vectorWeightLength({ weight, layout }: VectorWeights): number {
  if (layout.kind === "panels") {
    const [inputs, units] = weight.shape as readonly [number, number];
    return packedLength(inputs, units, layout.precision);
  }
  return weight.shape.reduce((product, axis) => product * axis, 1);
}
