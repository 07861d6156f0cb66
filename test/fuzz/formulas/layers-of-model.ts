import type { Model } from "../../../src/check/model.ts";
import type { Shape } from "../../../src/ir/shape.ts";
import { weightKey, type WeightArrays } from "../../../src/ir/weight-arrays.ts";
import type { ConfigValue } from "../../../src/layers/definition.ts";
import type { Nd } from "../../random/nd.ts";
import type { FormulaLayer, FormulaValue } from "./formula-layer.ts";

/** Values of run-time dims. */
export type Dims = Readonly<Record<string, number>>;

/** A checked model as layers with formulas: of the compiler it has the checker's arguments and shapes, and no lowering. */
export function layersOfModel(
  model: Model,
  arrays: WeightArrays,
  dims: Dims,
  path: readonly string[] = [],
): readonly FormulaLayer[] {
  return model.layers.flatMap((layer) => {
    const own = [...path, layer.name];
    if (layer.kind === "nested") return layersOfModel(layer.model, arrays, dims, own);
    const weights = layer.weights.map(({ name, shape }): readonly [string, Nd] => {
      const data = arrays.get(weightKey([...own, ...name.split("/")])) as Float32Array;
      return [name.split("/").at(-1) as string, { shape, data: Float64Array.from(data) }];
    });
    const { className } = layer.definition;
    const config = Object.fromEntries(Object.entries(layer.config).map(([name, value]) => [name, plain(value, dims)]));
    return [{ className, config, weights: new Map(weights) }];
  });
}

export function shapeSizes(shape: Shape, dims: Dims): readonly number[] {
  return shape.map((size) => size.dims.reduce((product, name) => product * (dims[name] as number), size.factor));
}

/** An argument with the values of dims in the place of their names. */
function plain(value: ConfigValue, dims: Dims): FormulaValue {
  if (typeof value === "string") return Object.hasOwn(dims, value) ? (dims[value] as number) : value;
  if (value === null || typeof value !== "object") return value;
  if (!("kind" in value)) return value.map((item) => plain(item, dims));
  if (value.kind === "activation") return { function: value.definition.name, config: value.args };
  if (value.kind !== "layer") return null;
  const entries = Object.entries(value.config).map(([name, item]) => [name, plain(item, dims)] as const);
  return { class_name: value.definition.className, config: Object.fromEntries(entries) };
}
