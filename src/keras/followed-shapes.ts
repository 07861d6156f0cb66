import { isObject, ownValue, type JsonValue } from "../files/json.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import type { Shape } from "../ir/shape.ts";
import { dimSize, isStatic, staticSize } from "../ir/size.ts";
import { isInput, layersFor, sourcesOf, type KerasConfig } from "./keras-config.ts";
import { readLayer } from "./read-layer.ts";

/** The shapes of a functional model's tensors as far as its layers are known, for files that don't have them. */
export interface FollowedShapes {
  /** What a layer gives, the batch axis first; null is known only at run time. Undefined behind what is not known. */
  readonly of: (layer: string) => readonly (number | null)[] | undefined;
  /** Follows the shapes through the next layer. */
  readonly add: (layer: KerasConfig) => void;
}

export function followShapes(): FollowedShapes {
  const shapes = new Map<string, Shape>();
  return {
    of: (layer) => {
      const shape = shapes.get(layer);
      return shape && [null, ...shape.map((size) => (isStatic(size) ? size.factor : null))];
    },
    add: (layer) => {
      const [source, ...others] = sourcesOf(layer);
      const input = source === undefined || others.length > 0 ? undefined : shapes.get(source);
      const output = isInput(layer) ? statedShape(layer) : input && shapeBehind(layer, input);
      if (output !== undefined) shapes.set(layer.name, output);
    },
  };
}

/** What an InputLayer states, each axis that is known only at run time with a name of its own. */
function statedShape({ config }: KerasConfig): Shape | undefined {
  const found = ownValue(config, "batch_shape") ?? ownValue(config, "batch_input_shape") ?? null;
  const list = isObject(found) ? ownValue(found, "items") : found;
  if (!Array.isArray(list)) return undefined;
  const axes = (list as readonly JsonValue[]).slice(1);
  if (!axes.every((axis) => axis === null || (typeof axis === "number" && Number.isSafeInteger(axis) && axis > 0))) {
    return undefined;
  }
  return axes.map((axis, at) => (typeof axis === "number" ? staticSize(axis) : dimSize(`axis_${at}`)));
}

/** The shape behind a layer or a model; undefined where Layers does not have it. */
function shapeBehind(layer: KerasConfig, input: Shape): Shape | undefined {
  if (layer.branched || layer.authored === true) return undefined;
  if (layer.layers !== undefined) {
    return layer.layers
      .filter((one) => !isInput(one))
      .reduce<Shape | undefined>((shape, one) => shape && shapeBehind(one, shape), input);
  }
  return layersFor(layer).reduce<Shape | undefined>((shape, one) => {
    const read = readLayer(one);
    if (shape === undefined || one.operation !== undefined || read.kind === "unknown" || !read.complete)
      return undefined;
    const site = { title: one.className, span: nowhere, argument: () => nowhere, related: [] };
    const built = read.definition.build({ config: read.values, input: shape, site });
    return built.kind === "built" ? built.outputShape : undefined;
  }, input);
}
