import type { Model, ModelCompile } from "../../check/model.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked } from "../../diagnostics/diagnostic.ts";
import { product } from "../../ir/product.ts";
import { isStaticShape, shapeDims, type Shape } from "../../ir/shape.ts";
import type { WantedData } from "./reading.ts";
import { planTargets, type LossFacts } from "./target-plan.ts";

export const trainRunTimeDims = defineDiagnostic<{ model: string; dims: readonly string[] }>(
  "train-run-time-dims",
  "error",
  "A model is to be trained from a file whose input has a size that is known only at run time.",
  ({ model, dims }) => ({
    message: `The input of ${model} has the run-time ${dims.length === 1 ? "size" : "sizes"} ${dims.map((dim) => `'${dim}'`).join(", ")}, and the samples of a file have one`,
    help: "write the size of the samples in the input clause while the model is trained; the weights are the same",
  }),
  () => ({
    meaning:
      "All samples of a file have one shape, which the input clause has to say. Weights don't depend on run-time sizes, so that those of a model with a fixed size bind to the one without.",
    example: {
      kind: "situation",
      text: "A model to be trained has input [time, 4], with dim time.",
      arguments: { model: "Gestures", dims: ["time"] },
      mended: "It has input [16, 4].",
    },
  }),
);

/** What a model takes of a file of samples. */
export function wantedOf(model: Model, compile: ModelCompile): Checked<WantedData | undefined> {
  const dims = shapeDims([...model.inputShape, ...model.outputShape]);
  if (!isStaticShape(model.inputShape) || dims.length > 0) {
    return { value: undefined, diagnostics: [trainRunTimeDims(model.inputSpan, { model: model.name, dims })] };
  }
  const inputShape = sizesOf(model.inputShape);
  const plan = planTargets(model, sizesOf(model.outputShape), lossFacts(compile));
  return { value: { inputShape, inputs: product(inputShape), plan }, diagnostics: [] };
}

function sizesOf(shape: Shape): readonly number[] {
  return shape.map(({ factor }) => factor);
}

function lossFacts({ loss: { definition, config } }: ModelCompile): LossFacts {
  const { axis, ignore_class: ignoredClass } = config;
  return {
    name: definition.identifier,
    ...(typeof axis === "number" ? { axis } : {}),
    ...(typeof ignoredClass === "number" ? { ignoredClass } : {}),
  };
}
