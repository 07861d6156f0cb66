import type { TensorActivation } from "./definition.ts";

/** `exp(x) / sum(exp(x))` along an axis; as an activation Keras lets one choose only the last one by name. */
export const softmax: TensorActivation = {
  kind: "tensor",
  name: "softmax",
  parameters: [],
  apply: (graph, input) => graph.softmax(input, input.shape.length - 1),
};
