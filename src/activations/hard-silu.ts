import { mul, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";
import { hardSigmoidBody } from "./hard-sigmoid.ts";

/** `x * hard_sigmoid(x)`, also called hard swish (Howard et al., 2019). NaN at minus infinity, as in Keras. */
export const hardSilu = defineActivation({
  kind: "elementwise",
  name: "hard_silu",
  aliases: ["hard_swish"],
  doc: "`silu` with `hard_sigmoid` in place of `sigmoid`, also called hard swish.",
  parameters: [],
  formula: () => "x * clip(x + 3, 0, 6) / 6",
  body: () => mul(x, hardSigmoidBody),
});
