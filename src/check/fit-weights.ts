import type { Diagnostic, RelatedPlace } from "../diagnostics/diagnostic.ts";
import { formatShape } from "../ir/shape.ts";
import { staticSize } from "../ir/size.ts";
import type { ConfigValue, KerasObject, WeightSpec } from "../layers/definition.ts";
import { regularizers } from "../layers/keras-objects/regularizers.ts";
import { weightSettings } from "../layers/weight-settings.ts";
import { isTrained } from "./is-trained.ts";
import type { LayerInstance, ModelLayer } from "./model.ts";
import { constraintAxis, matrixRegularizer } from "./rules/trained-weights.ts";

/**
 * What speaks against the regularizers and constraints of a model that is trained: what its weights, or the outputs of its
 * layers, have no axes for. A model that only runs may have them, as in Keras.
 */
export function weightProblems(
  layers: readonly ModelLayer[],
  place: RelatedPlace,
  around: readonly ModelLayer[] = [],
): readonly Diagnostic[] {
  return layers.flatMap((layer) => {
    if (layer.kind === "nested") return weightProblems(layer.model.layers, place, [layer, ...around]);
    const trained = layer.weights.filter((weight) => isTrained(weight, [layer, ...around]));
    return [
      ...outputProblems(layer, place),
      ...trained.flatMap((weight) => [
        ...regularizerProblems(layer, weight, place),
        ...constraintProblems(layer, weight, place),
      ]),
    ];
  });
}

const isOfMatrices = ({ identifier }: KerasObject): boolean =>
  regularizers.some((definition) => definition.identifier === identifier && definition.matrixOnly === true);

function outputProblems({ definition, config, span }: LayerInstance, place: RelatedPlace): readonly Diagnostic[] {
  const regularizer: ConfigValue | undefined = config["activity_regularizer"];
  if (typeof regularizer !== "object" || regularizer === null || !("identifier" in regularizer)) return [];
  if (!isOfMatrices(regularizer)) return [];
  const { identifier } = regularizer;
  const found = "it is chosen for each sample's output";
  return [matrixRegularizer(span, { identifier, layer: definition.className, found, related: [place] })];
}

function regularizerProblems(
  { definition, config, span }: LayerInstance,
  { name, shape }: WeightSpec,
  place: RelatedPlace,
): readonly Diagnostic[] {
  const { regularizer } = weightSettings(definition, config, name);
  if (regularizer === undefined || shape.length === 2 || !isOfMatrices(regularizer)) return [];
  const { identifier } = regularizer;
  const found = `it is chosen for the ${name} ${formatShape(shape.map(staticSize))}`;
  return [matrixRegularizer(span, { identifier, layer: definition.className, found, related: [place] })];
}

function constraintProblems(
  { definition, config, span }: LayerInstance,
  { name, shape }: WeightSpec,
  place: RelatedPlace,
): readonly Diagnostic[] {
  const { constraint } = weightSettings(definition, config, name);
  const given = constraint?.config["axis"];
  if (constraint === undefined || given === undefined) return [];
  const rank = shape.length;
  const axes = [given].flat().filter((axis) => typeof axis === "number");
  const resolved = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  const wrong = axes.find(
    (_, at) =>
      (resolved[at] as number) < 0 || (resolved[at] as number) >= rank || resolved.indexOf(resolved[at] as number) < at,
  );
  if (wrong === undefined) return [];
  const { identifier } = constraint;
  const weight = `${name} ${formatShape(shape.map(staticSize))} of ${definition.className}`;
  const repeated = wrong >= -rank && wrong < rank;
  return [constraintAxis(span, { identifier, axis: wrong, weight, repeated, related: [place] })];
}
