import type { Model } from "../../check/model.ts";
import { hasArrays, type WeightContainer, type WeightFile } from "../weight-file.ts";
import { hasWeights } from "./nested-models.ts";

/**
 * The container that stands for the model. Keras' paths of weights, as `.npz` files have them, begin with the name of the
 * model (`sequential/dense/kernel`), and PyTorch's often with that of a module (`net.0.weight`): a container that holds
 * everything, and is one level more than the model has, is left away.
 */
export function unwrapRoot(model: Model, file: WeightFile): WeightContainer {
  if (file.format !== "npz" && file.format !== "safetensors" && file.format !== "torch") return file.root;
  let { root } = file;
  let surplus = depthOfContainer(root) - depthOfModel(model);
  for (; surplus > 0; surplus--) {
    const [only, ...others] = root.entries.filter(hasArrays);
    if (only === undefined || only.kind === "layer" || others.length > 0) break;
    root = only;
  }
  return depthOfModel(model) === 1 ? withStrays(root) : root;
}

/** A layer that Keras has built by itself, such as an adapted Normalization, lies beside the model: it is part of it. */
function withStrays(root: WeightContainer): WeightContainer {
  const containers = root.entries.filter((entry) => entry.kind === "container");
  const [only] = containers;
  if (only === undefined || containers.length > 1 || depthOfContainer(only) > 1) return root;
  return { ...root, entries: root.entries.flatMap((entry) => (entry === only ? only.entries : [entry])) };
}

function depthOfContainer(container: WeightContainer): number {
  const inner = container.entries
    .filter(hasArrays)
    .map((entry) => (entry.kind === "layer" ? 0 : depthOfContainer(entry)));
  return 1 + Math.max(0, ...inner);
}

function depthOfModel(model: Model, known = new Map<Model, number>()): number {
  const found = known.get(model);
  if (found !== undefined) return found;
  // The arrays of a wrapped layer lie one level deeper (`dense/kernel`).
  const inner = model.layers.filter(hasWeights).map((layer) => {
    if (layer.kind === "nested") return depthOfModel(layer.model, known);
    return Math.max(...layer.weights.map(({ name }) => name.split("/").length)) - 1;
  });
  const depth = 1 + Math.max(0, ...inner);
  known.set(model, depth);
  return depth;
}
