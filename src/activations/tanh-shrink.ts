import { polynomial, squares } from "../ir/polynomial.ts";
import { abs, constant, mul, select, sub, tanh, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

/**
 * `x - tanh(x)`. Near zero the difference cancels, so three terms of its Taylor series stand for it there; the first one
 * left out, `62/2835 x^9`, is 7e-14 of the value at 0.01.
 */
export const tanhShrink: ElementwiseActivation = {
  kind: "elementwise",
  name: "tanh_shrink",
  parameters: [],
  formula: () => "x - tanh(x)",
  body: () => {
    const square = mul(x, x);
    const series = mul(mul(x, square), polynomial([1 / 3, -2 / 15, 17 / 315], squares(square, 2)));
    return select(abs(x), "lt", constant(0.01), series, sub(x, tanh(x)));
  },
};
