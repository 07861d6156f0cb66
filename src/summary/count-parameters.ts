import { isTrained } from "../check/is-trained.ts";
import type { Model, ModelLayer } from "../check/model.ts";
import { product } from "../ir/product.ts";

/** Numbers of trained values. */
export interface ParameterCount {
  readonly total: number;
  readonly trainable: number;
  readonly nonTrainable: number;
}

/** The parameters of a layer; those of a nested model are all of its layers'. `around` are the nested models that it stands in. */
export function countLayerParameters(layer: ModelLayer, around: readonly ModelLayer[] = []): ParameterCount {
  const path = [...around, layer];
  if (layer.kind === "nested") return countParameters(layer.model, path);
  let trainable = 0;
  let nonTrainable = 0;
  for (const weight of layer.weights) {
    const size = product(weight.shape);
    if (isTrained(weight, path)) trainable += size;
    else nonTrainable += size;
  }
  return { total: trainable + nonTrainable, trainable, nonTrainable };
}

/** The parameters of a whole model. */
export function countParameters(model: Model, around: readonly ModelLayer[] = []): ParameterCount {
  return model.layers
    .map((layer) => countLayerParameters(layer, around))
    .reduce(
      (sum, count) => ({
        total: sum.total + count.total,
        trainable: sum.trainable + count.trainable,
        nonTrainable: sum.nonTrainable + count.nonTrainable,
      }),
      { total: 0, trainable: 0, nonTrainable: 0 },
    );
}
