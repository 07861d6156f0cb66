import { activation } from "./activation.ts";
import type { LayerDefinition } from "./definition.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { flatten } from "./flatten.ts";
import { relu } from "./relu.ts";
import { rescaling } from "./rescaling.ts";
import { reshape } from "./reshape.ts";
import { softmax } from "./softmax.ts";

/** Every layer, in the order of the reference. Adding one: its file and its line here. */
export const layers: readonly LayerDefinition[] = [
  dense,
  activation,
  dropout,
  flatten,
  reshape,
  rescaling,
  relu,
  softmax,
];

const byClassName = new Map(layers.map((layer) => [layer.className, layer]));

/** The layer of that Keras class name. */
export function findLayer(className: string): LayerDefinition | undefined {
  return byClassName.get(className);
}
