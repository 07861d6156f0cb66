import { findLayer } from "../layers/index.ts";
import type { JsonValue } from "../files/json.ts";
import { presentClass } from "../keras/equivalents.ts";
import type { GivenArgument, ScriptLayer } from "./values.ts";
import type { Converted, Written } from "./written.ts";

/** The size of an axis that is known only at run time, or of the batch. */
const openAxis: Converted = { json: null, written: {} };

/**
 * The input shape that the first layer of a model states, with the batch axis: by `batch_input_shape`, `input_shape`, or
 * `input_dim` where that is no argument of the layer itself.
 */
export function inputArgument(layer: ScriptLayer): GivenArgument | undefined {
  const { className, arguments: args } = layer;
  const own = new Set(findLayer(presentClass(className, {}).className)?.parameters.map(({ name }) => name));
  const given = (name: string): GivenArgument | undefined =>
    own.has(name) ? undefined : args.find((argument) => argument.name === name && argument.converted.json !== null);
  const whole = given("batch_input_shape") ?? given("batch_shape");
  if (whole !== undefined) return whole;
  const shape = given("input_shape");
  if (shape !== undefined) return withBatch(shape, openAxis);
  const size = given("input_dim");
  const length = given("input_length");
  const axes = [length, size].filter((axis) => axis !== undefined);
  const [first] = axes;
  return first === undefined
    ? undefined
    : { ...first, converted: listOf([openAxis, ...axes.map((axis) => axis.converted)]) };
}

/** A shape without the batch axis, with that axis in front. */
export function withBatch(shape: GivenArgument, batch: Converted): GivenArgument {
  const { json, written } = shape.converted;
  if (!Array.isArray(json)) return shape;
  const items = (json as readonly JsonValue[]).map((item, at): Converted => ({
    json: item,
    written: written.items?.[at] ?? {},
  }));
  return { ...shape, converted: listOf([batch, ...items]) };
}

function listOf(items: readonly Converted[]): Converted {
  const wrong = items.find(({ json }) => json === undefined);
  if (wrong !== undefined) return wrong;
  return {
    json: items.map(({ json }) => json as JsonValue),
    written: { items: items.map(({ written }): Written => written) },
  };
}
