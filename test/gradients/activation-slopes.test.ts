import { describe, expect, test } from "vitest";
import { activations } from "../../src/activations/index.ts";
import { trainerMaker, type Target, type Trainer } from "./make-trainer.ts";

/** Activations with arguments that change where they bend. */
const others = [
  "relu(0.1, 4, 1)",
  "relu6",
  "leaky_relu(0.3)",
  "elu(2)",
  "celu(2)",
  "celu(-1)",
  "gelu(true)",
  "squareplus(0)",
  "squareplus(1e-50)",
  "hard_shrink(1)",
  "soft_shrink(1)",
  "threshold(1, -2)",
];

/** Where activations are put together of parts, and between. */
const points = [0, -0, 0.5, 1, 1.5, 3, 4, 6, 20].flatMap((point) => [-point, point]);

/** Those of one number: each has a default for every argument. */
const defaults = activations.flatMap(({ kind, name, parameters }) =>
  kind === "elementwise" && parameters.every((parameter) => parameter.default !== undefined) ? [name] : [],
);

// A fraction of the smallest bend: numbers on both sides of a point belong to the parts that meet there.
const h = 1e-6;

describe.each<Target>(["typescript", "wasm"])("the gradient of an activation in a trainer for %s", (target) => {
  test.each([...defaults, ...others])("%s", async (activation) => {
    const differences = await slopes(activation, "typescript");
    const gradients = await slopes(activation, target);
    for (const [at, { left, right }] of differences.entries()) {
      const { gradient } = gradients[at] as Slopes;
      const [least, most] = [Math.min(left, right), Math.max(left, right)];
      // Where the two sides agree there is one gradient, elsewhere it lies between them.
      const tolerance = 1e-5 * Math.max(1, Math.abs(most));
      const where = `${activation} at ${points[at]}`;
      expect(gradient, where).toBeGreaterThanOrEqual(least - tolerance);
      expect(gradient, where).toBeLessThanOrEqual(most + tolerance);
    }
  });
});

interface Slopes {
  readonly gradient: number;
  readonly left: number;
  readonly right: number;
}

/** The gradient by a bias, behind which the activation is all there is, and the differences of the model's values. */
async function slopes(activation: string, target: Target): Promise<readonly Slopes[]> {
  const make = await trainerMaker(
    `model M { input [1]  only: Dense(1, ${activation})  compile(optimizer=sgd(1), loss=mean_absolute_error) }`,
    target,
  );
  const trainer = make({ seed: 1 });
  const put = (bias: number): void => {
    const { kernel, bias: biases } = layerOf(trainer);
    kernel[0] = 0;
    biases[0] = bias;
  };
  const valueAt = (bias: number): number => {
    put(bias);
    return trainer.forwardBatch([1])[0] as number;
  };
  return points.map((point) => {
    const [value, above, below] = [valueAt(point), valueAt(point + h), valueAt(point - h)];
    put(point);
    // The gradient of |y - t| by y is 1 above t.
    trainer.step([1], [-1e30]);
    return {
      gradient: point - (layerOf(trainer).bias[0] as number),
      left: (value - below) / h,
      right: (above - value) / h,
    };
  });
}

function layerOf({ weights }: Trainer): Readonly<Record<"kernel" | "bias", Float64Array | Float32Array>> {
  return weights["only"] as Readonly<Record<"kernel" | "bias", Float64Array | Float32Array>>;
}
