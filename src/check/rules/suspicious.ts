import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../../ir/shape.ts";
import { isStatic } from "../../ir/size.ts";
import { isActivation } from "../../layers/config-values.ts";
import type { LayerStatement, ModelDeclaration } from "../../syntax/ast.ts";
import type { LayerInstance, ModelLayer } from "../model.ts";

export const softmaxTwice = defineDiagnostic(
  "softmax-twice",
  "warning",
  "A model ends with a softmax of a softmax.",
  (at: { first: Span }) => ({
    message: "A softmax of a softmax makes the probabilities nearly equal",
    related: [{ span: at.first, message: "the first softmax is here" }],
    help: "leave one of the two out",
  }),
  () => ({
    meaning:
      "What a softmax gives lies between 0 and 1, and a softmax of that is nearly the same for every class. Keras models have one, in the last Dense or behind it.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3, activation=softmax) Softmax() }",
      mended: "model M { input [4] Dense(3, activation=softmax) }",
    },
  }),
);

export const labelsOfRows = defineDiagnostic(
  "labels-of-rows",
  "warning",
  "A model with labels classifies each row of its input, where no shape is asserted.",
  (at: { shape: Shape }) => ({
    message: `The labels name the classes of each row: the output is ${formatShape(at.shape)}, not one answer`,
    help: `for one answer write Flatten() before the Dense; where each row is meant write -> ${formatShape(at.shape)} behind the last layer`,
  }),
  () => ({
    meaning:
      "Dense works along the last axis, so that without a Flatten each row of an image gets a class of its own. Where that is meant, a shape asserted behind the last layer says so.",
    example: {
      kind: "source",
      source: 'model M { input [28, 28] Dense(2) labels ["cat", "dog"] }',
      mended: 'model M { input [28, 28] Flatten() Dense(2) labels ["cat", "dog"] }',
    },
  }),
);

/** What is legal in a model without errors, and surely meant otherwise. */
export function suspicions(
  declaration: ModelDeclaration,
  layers: readonly ModelLayer[],
  output: Shape,
  labels: Span | undefined,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const [before, second] = layers.slice(-2);
  if (before !== undefined && second !== undefined && endsInSoftmax(before) && isSoftmax(second)) {
    found.push(softmaxTwice(second.span, { first: before.span }));
  }
  const last = declaration.body.findLast((item): item is LayerStatement => item.kind === "layer");
  const isMeant = last === undefined || last.assertion !== undefined || last.callee.text !== "Dense";
  const isOfRows = output.length > 1 && output.every(isStatic);
  if (labels !== undefined && isOfRows && !isMeant) found.push(labelsOfRows(labels, { shape: output }));
  return found;
}

function endsInSoftmax(layer: ModelLayer): boolean {
  return layer.kind === "layer" && (isSoftmax(layer) || activationOf(layer) === "softmax");
}

function isSoftmax(layer: ModelLayer): boolean {
  if (layer.kind !== "layer") return false;
  const { className } = layer.definition;
  return className === "Softmax" || (className === "Activation" && activationOf(layer) === "softmax");
}

function activationOf({ config }: LayerInstance): string | undefined {
  const { activation } = config;
  return isActivation(activation) ? activation.definition.name : undefined;
}
