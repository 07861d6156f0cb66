import { add, constant, div, max, min, x, type Scalar } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** Of Keras 3. TensorFlow.js, Keras 2 and Keras 1 have 0.2. */
const usualSlope = 1 / 6;

/** `clip(x + 3, 0, 6) / 6`: exact up to the division, where `x / 6 + 0.5` would cancel near -3. */
function body(slope: number): Scalar {
  const { half, steps } = numbersOf(slope);
  return div(min(max(add(x, constant(half)), constant(0)), constant(2 * half)), constant(steps));
}

/** Where the line reaches 1, and what it is divided by. */
function numbersOf(slope: number): { readonly half: number; readonly steps: number } {
  return { half: 0.5 / slope, steps: 1 / slope };
}

export const hardSigmoidBody = body(usualSlope);

/** Piecewise linear sigmoid, `clip(slope * x + 0.5, 0, 1)`. Keras' own takes no slope: it is for functions of other versions. */
export const hardSigmoid = defineActivation({
  kind: "elementwise",
  name: "hard_sigmoid",
  doc: "A sigmoid made of three straight lines, cheap to compute.",
  parameters: [
    {
      name: "slope",
      type: "number",
      default: usualSlope,
      minimum: 1e-6,
      doc: "The slope at zero: 1/6 in Keras 3, 0.2 in Keras 1 and 2 and in TensorFlow.js.",
    },
  ],
  formula({ slope }) {
    const { half, steps } = numbersOf(slope);
    return `clip(x + ${half}, 0, ${2 * half}) / ${steps}`;
  },
  body: ({ slope }) => body(slope),
});
