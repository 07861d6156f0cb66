import { isStatic } from "../ir/size.ts";
import type { Model } from "./model.ts";
import { outputActivation } from "./output-activation.ts";

/** A `compile` clause for a model, by what it gives. */
export function usualCompile({ layers, outputShape }: Pick<Model, "layers" | "outputShape">): string {
  const classes = outputShape.at(-1);
  const isOne = classes === undefined || (isStatic(classes) && classes.factor === 1);
  switch (outputActivation(layers)?.activation.definition.name) {
    case "softmax":
      if (isOne) break;
      return "compile(optimizer=adam, loss=sparse_categorical_crossentropy, metrics=[accuracy])";
    case "sigmoid":
      return "compile(optimizer=adam, loss=binary_crossentropy, metrics=[accuracy])";
  }
  return "compile(optimizer=adam, loss=mean_squared_error)";
}
