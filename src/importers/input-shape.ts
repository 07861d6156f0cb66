import { isObject, ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import type { KerasConfig } from "../keras/keras-config.ts";

/** What a Keras configuration says about the input of a model. */
export type InputAxes =
  /** Without the batch axis; `null` is known only at run time. */
  | { readonly kind: "known"; readonly axes: readonly (number | null)[] }
  | { readonly kind: "unknown" }
  /** Something that is no shape. */
  | { readonly kind: "wrong"; readonly found: JsonValue; readonly problem: string };

/**
 * The input shape of a model: that of its InputLayer, else of its first layer (Keras 2), else the one it was built with
 * when it was first called.
 */
export function inputAxes(model: KerasConfig): InputAxes {
  const candidates = [...statedShapes(model), ...builtShapes(model)];
  const found = candidates.find((candidate) => candidate !== undefined && candidate !== null);
  return found === undefined ? { kind: "unknown" } : readAxes(found);
}

function statedShapes(model: KerasConfig): readonly (JsonValue | undefined)[] {
  const first = model.layers?.[0];
  if (first === undefined) return [];
  const own = ["batch_shape", "batch_input_shape"].map((key) => ownValue(first.config, key));
  return first.layers === undefined ? own : [...own, ...statedShapes(first)];
}

function builtShapes(model: KerasConfig): readonly (JsonValue | undefined)[] {
  const first = model.layers?.[0];
  const own = [ownValue(model.config, "build_input_shape"), buildConfigShape(model.node)];
  return first === undefined
    ? own
    : [...own, ...(first.layers === undefined ? [buildConfigShape(first.node)] : builtShapes(first))];
}

function buildConfigShape(node: JsonObject): JsonValue | undefined {
  const build = ownValue(node, "build_config");
  return isObject(build) ? ownValue(build, "input_shape") : undefined;
}

function readAxes(json: JsonValue): InputAxes {
  const list = isObject(json) ? ownValue(json, "items") : json;
  if (!Array.isArray(list)) return { kind: "wrong", found: json, problem: "it is no list of sizes" };
  const items = list as readonly JsonValue[];
  // A functional model may have a list of inputs.
  const [only, ...others] = items;
  if (Array.isArray(only)) {
    return others.length === 0
      ? readAxes(only as readonly JsonValue[])
      : { kind: "wrong", found: json, problem: "a model of Layers has one input" };
  }
  if (items.length === 0) return { kind: "wrong", found: json, problem: "it lacks the batch axis" };
  const axes = items.slice(1);
  const valid = axes.every(
    (axis) => axis === null || (typeof axis === "number" && Number.isSafeInteger(axis) && axis > 0),
  );
  if (!valid) return { kind: "wrong", found: json, problem: "sizes are positive integers or null" };
  return { kind: "known", axes: axes as readonly (number | null)[] };
}
