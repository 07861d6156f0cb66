import { isOne, type Outputs } from "./fit-outputs.ts";

/** A word that says itself which form of a measure is meant. */
const saysForm = /categorical|sparse|softmax|binary|sigmoid|cce|bce/i;

/**
 * What is suggested in place of a loss or a metric that is written wrongly, by what is near in letters or in meaning: another
 * form of it where the nearest one would be the next error for the outputs of the model, or is not what they are for.
 */
export function fittingMeasure(
  suggested: string,
  written: string,
  { shape, activation }: Pick<Outputs, "shape" | "activation">,
): string {
  const [, measure] = /^(?:sparse_)?categorical_(crossentropy|focal_crossentropy|accuracy)$/.exec(suggested) ?? [];
  if (isOne(shape, shape.length - 1)) {
    if (measure !== undefined) return `binary_${measure}`;
    return suggested === "categorical_hinge" ? "hinge" : suggested;
  }
  if (saysForm.test(written)) return suggested;
  const name = activation?.activation.definition.name;
  if (name === "sigmoid" && measure === "crossentropy") return "binary_crossentropy";
  return name === "softmax" && suggested === "binary_crossentropy" ? "categorical_crossentropy" : suggested;
}
