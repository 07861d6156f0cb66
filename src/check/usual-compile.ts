import { isOne, type Outputs } from "./fit-outputs.ts";
import type { Model } from "./model.ts";
import { outputActivation } from "./output-activation.ts";

/** A `compile` clause for a model, by what it gives. */
export function usualCompile({ layers, outputShape: shape }: Pick<Model, "layers" | "outputShape">): string {
  const loss = usualLoss({ shape, activation: outputActivation(layers) });
  const metrics = loss === "mean_squared_error" ? "" : ", metrics=[accuracy]";
  return `compile(optimizer=adam, loss=${loss}${metrics})`;
}

/** A loss for a model, by what it gives. */
export function usualLoss({ shape, activation }: Pick<Outputs, "shape" | "activation">): string {
  const isSingle = shape.length === 0 || isOne(shape, shape.length - 1);
  switch (activation?.activation.definition.name) {
    case "softmax":
      return isSingle ? "mean_squared_error" : "sparse_categorical_crossentropy";
    case "sigmoid":
      return "binary_crossentropy";
    default:
      return "mean_squared_error";
  }
}
