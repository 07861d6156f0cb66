import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { LossDefinition } from "../training/losses/definition.ts";
import { classProblem, isOne, probabilityProblems, type Outputs } from "./fit-outputs.ts";
import { placeProblem } from "./fit-places.ts";
import { signProblems } from "./fit-sign.ts";
import type { Chosen } from "./model.ts";
import { binaryLossOfSoftmax } from "./rules/losses.ts";

/** What speaks against a loss for the outputs of a model. `value` is what the clause has for it. */
export function lossProblems(loss: Chosen<LossDefinition>, value: Value, outputs: Outputs): readonly Diagnostic[] {
  const problem = classProblem(loss, value, outputs) ?? placeProblem(loss, value, outputs);
  if (problem !== undefined) return [problem];
  const { activation } = outputs;
  if (activation === undefined) return [];
  const { definition, config } = loss;
  const isEach = definition.outputs === "probabilities" && config["from_logits"] !== true;
  // Of a softmax of one value the layer itself says that sigmoid is meant.
  const isSingle = isOne(outputs.shape, outputs.shape.length - 1);
  if (isEach && !isSingle && activation.activation.definition.name === "softmax") {
    const related = [{ span: activation.span, message: "the outputs come from here" }];
    const help = "for one class a sample write categorical_crossentropy, for several at once activation=sigmoid";
    return [binaryLossOfSoftmax(value.span, { word: definition.identifier, related, help })];
  }
  return [...probabilityProblems(loss, value, activation), ...signProblems(definition, value, activation)];
}
