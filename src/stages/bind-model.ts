import type { Model } from "../check/model.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { modelWeights } from "../lower/model-info.ts";
import type { BoundModel } from "../targets/lowered-model.ts";
import type { WeightBinding } from "../targets/model-unit.ts";
import { sidecarName } from "../weights/sidecar.ts";

/** A model without a `weights` clause of its own takes its weights from the caller; one without weights needs none. */
export function bindModel(model: Model, arrays: WeightArrays | undefined, weights: "inline" | "file"): BoundModel {
  return { model, binding: bindingOf(model, arrays, weights), ...(arrays === undefined ? {} : { arrays }) };
}

function bindingOf(model: Model, arrays: WeightArrays | undefined, weights: "inline" | "file"): WeightBinding {
  if (modelWeights(model).length === 0) return { kind: "inline", arrays: new Map() };
  if (arrays === undefined) return { kind: "argument" };
  return weights === "file" ? { kind: "file", fileName: sidecarName(model) } : { kind: "inline", arrays };
}
