import { identifierPart } from "../activations/apply.ts";
import { add, constant, mul, x, type ScalarFunction } from "../ir/scalar.ts";
import { number } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";

/** `x * scale + offset` for every element: the shape stays. No weights. */
export const rescaling: LayerDefinition = {
  className: "Rescaling",
  parameters: [
    { name: "scale", type: number },
    { name: "offset", type: number, default: 0 },
  ],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower: ({ config, input, graph }) =>
    graph.elementwise(input, rescale(config["scale"] as number, config["offset"] as number)),
};

function rescale(scale: number, offset: number): ScalarFunction {
  const scaled = mul(x, constant(scale));
  const name = `rescale_${identifierPart(scale)}`;
  // Adding zero would only turn -0 into 0.
  if (offset === 0) return { name, formula: `x * ${scale}`, body: scaled };
  return {
    name: `${name}_offset_${identifierPart(offset)}`,
    formula: offset < 0 ? `x * ${scale} - ${-offset}` : `x * ${scale} + ${offset}`,
    body: add(scaled, constant(offset)),
  };
}
