import { elu as eluActivation } from "../activations/elu.ts";
import { activationLayer } from "./activation-layer.ts";
import { number } from "./arguments/numbers.ts";

/** The activation `elu` as a layer. No weights. */
export const elu = activationLayer(
  "ELU",
  "Exponential linear unit: negative values level off smoothly at `-alpha`.",
  [{ name: "alpha", type: number, default: 1, doc: "Where negative values level off, at `-alpha`." }],
  (args) => ({
    kind: "activation",
    definition: eluActivation,
    args,
  }),
);
