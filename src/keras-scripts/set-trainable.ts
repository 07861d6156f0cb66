import { layersOf } from "./model-parts.ts";
import type { PythonValue, ScriptModel } from "./values.ts";

/** `layer.trainable = False`, and the same of a model, which sets all that is in it, as Keras does. */
export function setTrainable(of: PythonValue, trainable: boolean): void {
  const models = new Set<ScriptModel>();
  const set = (value: PythonValue): void => {
    if (value.kind === "layer") value.layer.trainable = trainable;
    if (value.kind === "model") models.add(value.model);
  };
  set(of);
  // A set is gone through to what is added meanwhile.
  for (const model of models) {
    model.trainable = trainable;
    for (const part of layersOf(model)) set(part);
  }
}
