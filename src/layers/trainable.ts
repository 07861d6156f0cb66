import { boolean } from "./arguments/basic.ts";
import type { LayerDefinition, ParameterSpec } from "./definition.ts";

/** What every layer takes, and a model that is used as one: by its name alone, for in Keras it stands behind all others. */
export const trainableParameter: ParameterSpec = {
  name: "trainable",
  type: boolean,
  default: true,
  keywordOnly: true,
  trainingOnly: true,
  doc: "Whether training changes the weights; `false` freezes them, those of all layers inside included.",
};

const known = new WeakMap<LayerDefinition, readonly ParameterSpec[]>();

/** Everything that a call of a layer takes: its own parameters and, last, the one that all layers have. */
export function callParameters(definition: LayerDefinition): readonly ParameterSpec[] {
  let all = known.get(definition);
  if (all === undefined) known.set(definition, (all = [...definition.parameters, trainableParameter]));
  return all;
}
