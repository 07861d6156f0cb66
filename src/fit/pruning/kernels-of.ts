import { isTrained } from "../../check/is-trained.ts";
import type { Model, ModelLayer } from "../../check/model.ts";
import type { DenseOperation, EinsumOperation } from "../../ir/graph.ts";
import { product } from "../../ir/product.ts";
import { weightKey } from "../../ir/weight-arrays.ts";
import { weightPath } from "../../lower/model-info.ts";
import { lowerToGraph } from "../../lower/model-to-graph.ts";
import type { KernelAxis, PrunedKernel } from "./pruned-kernel.ts";

/**
 * The kernels of a model that may be pruned, in its order: those of contractions, whatever layer states them. Frozen ones are
 * none: whoever freezes a layer wants its weights as they are.
 */
export function kernelsOf(model: Model): readonly PrunedKernel[] {
  const layers = new Map(trainedWeights(model.layers, [], []));
  const found = new Map<string, PrunedKernel>();
  for (const operation of lowerToGraph(model).operations) {
    if (operation.kind !== "dense" && operation.kind !== "einsum") continue;
    const { path, shape } = operation.kernel;
    const key = weightKey(path);
    const layer = layers.get(key);
    if (layer !== undefined) found.set(key, { key, layer, size: product(shape), ...axesOf(operation) });
  }
  return [...found.values()];
}

/** The keys of all weights that training changes, with the paths of their layers. */
function trainedWeights(
  layers: readonly ModelLayer[],
  path: readonly string[],
  around: readonly ModelLayer[],
): readonly (readonly [key: string, layer: string])[] {
  return layers.flatMap((layer): readonly (readonly [string, string])[] => {
    const own = [...path, layer.name];
    const inside = [...around, layer];
    if (layer.kind === "nested") return trainedWeights(layer.model.layers, own, inside);
    return layer.weights
      .filter((weight) => isTrained(weight, inside))
      .map(({ name }) => [weightKey(weightPath(own, name)), own.join("/")]);
  });
}

function axesOf(operation: DenseOperation | EinsumOperation): Pick<PrunedKernel, "inputs" | "units" | "repeats"> {
  if (operation.kind === "dense") {
    const [inputs = 1, units = 1] = operation.kernel.shape;
    return { inputs: [{ size: inputs, stride: units }], units: [{ size: units, stride: 1 }], repeats: [] };
  }
  // An axis of size 1 has a stride as any other, and none that the kernel lacks.
  const own = operation.axes.filter(({ kernel }) => kernel > 0).toSorted((a, b) => b.kernel - a.kernel);
  const axes = (of: typeof own): readonly KernelAxis[] =>
    of.map(({ size, kernel }) => ({ size: size.factor, stride: kernel }));
  return {
    inputs: axes(own.filter(({ contracted }) => contracted)),
    units: axes(own.filter(({ contracted, input }) => !contracted && input.factor === 0)),
    repeats: axes(own.filter(({ contracted, input }) => !contracted && input.factor !== 0)),
  };
}
