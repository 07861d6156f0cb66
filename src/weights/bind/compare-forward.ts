import type { ActivationDefinition } from "../../activations/definition.ts";
import { sigmoid } from "../../activations/sigmoid.ts";
import { tanh } from "../../activations/tanh.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { Model, ModelLayer } from "../../check/model.ts";
import type { Shape } from "../../ir/shape.ts";
import { hasArrays, type WeightContainer } from "../weight-file.ts";
import { stepsOfEntry } from "./file-steps.ts";
import { formatActivation, formatOperation } from "./format-operation.ts";
import { leavesShape, type FileStep, type ForwardOperation, type ModelStep } from "./forward-operation.ts";
import { stepsOfLayer } from "./model-steps.ts";
import { hasWeights } from "./nested-models.ts";
import type { Pair } from "./pair-layers.ts";
import { atLayer, type BindPlace } from "./place.ts";
import { sameOperation } from "./same-operation.ts";

export const weightForwardMismatch = defineDiagnostic(
  "weight-forward-mismatch",
  "error",
  "A weight file comes from a model that computes something else: another activation, another or a missing layer.",
  (at: {
    model: string;
    ours: ModelStep | undefined;
    theirs: FileStep | undefined;
    after: string;
    related: readonly RelatedPlace[];
  }) => {
    const activations = differingActivations(at.ours, at.theirs);
    const ours =
      at.ours === undefined
        ? `${at.model} computes nothing more`
        : `${at.ours.owner} computes ${formatOperation(at.ours.operation, at.ours.shapes)}`;
    const theirs =
      at.theirs === undefined
        ? "the model in the file computes nothing more"
        : `the file's ${at.theirs.owner} computes ${formatOperation(at.theirs.operation)}`;
    return {
      message: activations ?? `${at.after}, ${ours}, but ${theirs}`,
      help: "the weights were trained for the model in the file; make both compute the same",
      related: at.related,
    };
  },
  () => ({
    meaning:
      "The file says what its model computes. Model and file differ in an activation or in a layer without weights, so the trained numbers would give wrong results.",
    example: {
      kind: "situation",
      text: "The model has hidden: Dense(32, activation=sigmoid); the file's layer was trained with tanh.",
      arguments: {
        model: "Digits",
        ours: { owner: "Dense 'hidden'", operation: example(sigmoid), shapes: { from: [], to: [] } },
        theirs: { owner: "Dense 'hidden'", operation: example(tanh) },
        after: "at the beginning",
        related: [],
      },
      mended: "hidden: Dense(32, activation=tanh)",
    },
  }),
);

function example(definition: ActivationDefinition): ForwardOperation {
  return { kind: "activation", activation: { kind: "activation", definition, args: {} } };
}

export const weightOrderMismatch = defineDiagnostic(
  "weight-order-mismatch",
  "error",
  "Layers that bind by name come in another order in the weight file's model.",
  (at: { layer: string; before: string; related: readonly RelatedPlace[] }) => ({
    message: `'${at.layer}' comes after '${at.before}' in the model, but before it in the file`,
    related: at.related,
  }),
  () => ({
    meaning:
      "The names of the layers fit the file, but the file's model applies them in another order, so the model computes something else.",
    example: {
      kind: "situation",
      text: "The model has first: Dense(8) before second: Dense(8); in the file second comes first.",
      arguments: { layer: "second", before: "first", related: [] },
      mended: "The model has its layers in the file's order.",
    },
  }),
);

/** Where both have an activation at the same place, what to say of them. */
function differingActivations(ours: ModelStep | undefined, theirs: FileStep | undefined): string | undefined {
  if (ours?.operation.kind !== "activation" || theirs?.operation.kind !== "activation") return undefined;
  const [a, b] = [ours.operation.activation, theirs.operation.activation];
  const [own, other] = [formatActivation(a, b), formatActivation(b, a)];
  return `${ours.owner} has the activation ${own}, the file's ${theirs.owner} has ${other}`;
}

/** A step of the model and its layer. */
interface PlacedStep {
  readonly step: ModelStep;
  readonly layer: ModelLayer;
}

/**
 * Compares what a model and a configured container compute besides their arrays, stretch by stretch: before the first
 * layer with weights, between two of them, and after the last.
 */
export function compareForward(
  model: Model,
  container: WeightContainer,
  pairs: readonly Pair[],
  place: BindPlace,
  report: (diagnostic: Diagnostic) => void,
): void {
  const positions = new Map(container.entries.map((entry, index) => [entry, index]));
  for (const [index, pair] of pairs.entries()) {
    const before = pairs[index - 1];
    if (before === undefined || (positions.get(pair.entry) ?? 0) > (positions.get(before.entry) ?? 0)) continue;
    const { span, related } = atLayer(pair.layer, place);
    report(weightOrderMismatch(span, { layer: pair.layer.name, before: before.layer.name, related }));
    return;
  }
  const ours = stretchesOf(model.layers, hasWeights, (layer) =>
    // What follows inside a nested model is compared with its own container.
    (layer.kind === "nested" && hasWeights(layer) ? [] : stepsOfLayer(layer)).map((step): PlacedStep => ({
      step,
      layer,
    })),
  );
  const theirs = stretchesOf(container.entries, hasArrays, (entry) =>
    entry.kind === "container" && hasArrays(entry) ? [] : stepsOfEntry(entry),
  );
  for (const [index, stretch] of ours.entries()) {
    const previous = pairs[index - 1]?.layer;
    const next = pairs[index]?.layer;
    const problem = firstDifference(stretch, theirs[index] ?? [], next?.inputShape ?? model.outputShape);
    if (problem === undefined) continue;
    const after = previous === undefined ? "At the start" : `After '${previous.name}'`;
    const at = problem.layer ?? previous;
    const { span, related } = at === undefined ? { span: place.span, related: [] } : atLayer(at, place);
    report(weightForwardMismatch(span, { model: `the model '${model.name}'`, ...problem, after, related }));
  }
}

/** The steps before the first layer with weights, and from each one up to the next. */
function stretchesOf<Item, Part>(
  items: readonly Item[],
  startsStretch: (item: Item) => boolean,
  steps: (item: Item) => readonly Part[],
): readonly (readonly Part[])[] {
  const stretches: Part[][] = [[]];
  for (const item of items) {
    if (startsStretch(item)) stretches.push([]);
    stretches.at(-1)?.push(...steps(item));
  }
  return stretches;
}

interface Difference {
  readonly ours: ModelStep | undefined;
  readonly theirs: FileStep | undefined;
  readonly layer?: ModelLayer;
}

function firstDifference(
  ours: readonly PlacedStep[],
  theirs: readonly FileStep[],
  endShape: Shape,
): Difference | undefined {
  let index = 0;
  for (const other of theirs) {
    const own = ours[index];
    if (own !== undefined && sameOperation(own.step.operation, other.operation, own.step.shapes)) {
      index++;
      continue;
    }
    // A Flatten of a vector changes nothing and may be missing in the model.
    if (leavesShape(other.operation, own?.step.shapes.from ?? endShape)) continue;
    return { ours: own?.step, theirs: other, ...(own === undefined ? {} : { layer: own.layer }) };
  }
  const own = ours[index];
  return own === undefined ? undefined : { ours: own.step, theirs: undefined, layer: own.layer };
}
