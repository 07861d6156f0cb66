import { elu as eluActivation } from "../activations/elu.ts";
import { activationLayer } from "./activation-layer.ts";
import { number } from "./arguments/numbers.ts";

/** The activation `elu` as a layer. No weights. */
export const elu = activationLayer("ELU", [{ name: "alpha", type: number, default: 1 }], (args) => ({
  kind: "activation",
  definition: eluActivation,
  args,
}));
