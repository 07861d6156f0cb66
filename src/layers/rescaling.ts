import { identifierPart } from "../activations/apply.ts";
import { add, constant, mul, x, type ScalarFunction } from "../ir/scalar.ts";
import { number } from "./arguments/numbers.ts";
import { defineLayer } from "./define-layer.ts";
import { unchangedShape } from "./unchanged-shape.ts";

/** `x * scale + offset` for every element: the shape stays. No weights. */
export const rescaling = defineLayer({
  className: "Rescaling",
  parameters: [
    { name: "scale", type: number },
    { name: "offset", type: number, default: 0 },
  ],
  keepsShape: true,
  meaning: ({ scale, offset }) =>
    scale === 1 && offset === 0 ? { kind: "identity" } : { kind: "own", elementwise: true },
  build: unchangedShape,
  lower: ({ config, input, graph }) => graph.elementwise(input, rescale(config.scale, config.offset)),
});

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
