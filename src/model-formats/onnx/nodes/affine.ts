import { fail } from "../../../files/read-failure.ts";
import { describeNode } from "../describe-node.ts";
import { rankOf } from "../place.ts";
import type { FoundArray, FoundLayer, ReadNode } from "../chain.ts";

/**
 * Adding, subtracting, multiplying or dividing by an array along one axis: a BatchNormalization that does only that. What
 * comes after another, in the order of its formula, goes into one layer.
 */
export const affine: ReadNode = (node, context) => {
  const { place, constants, layers } = context;
  const [left, right] = node.inputs as readonly [string, string];
  const other = left === place.tensor ? right : left;
  const array = constants.array(other);
  const step = array === undefined ? undefined : partOf(node.operator, left === place.tensor, array.data);
  if (array === undefined || step === undefined || array.data.length === 1) return undefined;
  // More axes than the input has would give the result more axes, too.
  if (array.shape.length > rankOf(place)) return undefined;
  const shape = [...place.sizes.map(() => 1), ...array.shape].slice(-place.sizes.length);
  const axes = shape.flatMap((size, axis) => (size === 1 ? [] : [axis]));
  const [axis] = axes;
  if (axis === undefined || axes.length > 1 || shape[axis] !== place.sizes[axis] || array.data.length !== shape[axis]) {
    return undefined;
  }
  const kerasAxis = axis === place.sizes.length - 1 ? -1 : axis + 1;
  const before = layers.at(-1);
  const own =
    before?.className === "BatchNormalization" && before.config["epsilon"] === 0 && before.config["axis"] === kerasAxis;
  const parts = own ? partsOf(before) : {};
  const joined = join(parts, step);
  const source = own ? before.source : node.name;
  const hints = own ? before.hints : [other, node.name];
  const layer = layerOf(joined ?? addTo({}, step), kerasAxis, array.data.length, hints, source);
  const replaces = own && joined !== undefined ? 1 : 0;
  return { layers: [layer], replaces, end: { tensor: node.outputs[0] ?? "", sizes: place.sizes } };
};

/** `(x - offset) * scale`, with a number for each feature or one for all; what scikit-learn's scalers become. */
export const scaler: ReadNode = (node, { place }) => {
  const features = place.sizes.at(-1);
  const [offset, scale] = [spread("offset", 0), spread("scale", 1)];
  if (offset === undefined || scale === undefined) {
    return fail("unsupported", `${describeNode(node)} has as many numbers as no axis of [${place.sizes.join(", ")}]`);
  }
  return {
    layers: [layerOf({ mean: offset, gamma: scale }, -1, offset.length, ["", node.name], node.name)],
    end: { tensor: node.outputs[0] ?? "", sizes: [...place.sizes.slice(0, -1), offset.length] },
  };

  function spread(name: string, preset: number): Float32Array | undefined {
    const given = node.attributes.get(name)?.floats ?? [preset];
    const count = features ?? given.length;
    if (given.length !== count && given.length !== 1) return undefined;
    return Float32Array.from({ length: count }, (_, at) => given[given.length === 1 ? 0 : at] as number);
  }
};

/** `gamma * (x - mean) + beta` */
interface Parts {
  readonly mean?: Float32Array;
  readonly gamma?: Float32Array;
  readonly beta?: Float32Array;
}

type Part = { readonly kind: "add" | "multiply"; readonly values: Float32Array };

function partOf(operator: string, first: boolean, values: Float32Array): Part | undefined {
  switch (operator) {
    case "Add":
      return { kind: "add", values };
    case "Sub":
      return first ? { kind: "add", values: values.map((value) => -value) } : undefined;
    case "Mul":
      return { kind: "multiply", values };
    case "Div":
      return first ? { kind: "multiply", values: values.map((value) => 1 / value) } : undefined;
    default:
      return undefined;
  }
}

/** The parts with one more, where the formula has a place for it. */
function join(parts: Parts, part: Part): Parts | undefined {
  if (part.kind === "multiply")
    return parts.gamma === undefined && parts.beta === undefined ? addTo(parts, part) : undefined;
  if (parts.beta !== undefined || (parts.gamma === undefined && parts.mean !== undefined)) return undefined;
  return addTo(parts, part);
}

function addTo(parts: Parts, { kind, values }: Part): Parts {
  if (kind === "multiply") return { ...parts, gamma: values };
  if (parts.gamma === undefined) return { ...parts, mean: values.map((value) => -value) };
  return { ...parts, beta: values };
}

function partsOf(layer: FoundLayer): Parts {
  const find = (name: string) => layer.arrays.find((array) => array.name === name)?.data;
  const [gamma, beta, mean] = [find("gamma"), find("beta"), find("moving_mean")];
  return {
    ...(gamma === undefined ? {} : { gamma }),
    ...(beta === undefined ? {} : { beta }),
    ...(mean === undefined || mean.every((value) => value === 0) ? {} : { mean }),
  };
}

function layerOf(
  { gamma, beta, mean }: Parts,
  axis: number,
  size: number,
  hints: readonly string[],
  source: string,
): FoundLayer {
  const array = (name: string, data: Float32Array): FoundArray => ({ name, shape: [size], data });
  const arrays = [
    ...(gamma === undefined ? [] : [array("gamma", gamma)]),
    ...(beta === undefined ? [] : [array("beta", beta)]),
    array("moving_mean", mean ?? new Float32Array(size)),
    array("moving_variance", new Float32Array(size).fill(1)),
  ];
  // With a variance of 1 and no epsilon nothing but the arrays counts.
  const config = { axis, epsilon: 0, center: beta !== undefined, scale: gamma !== undefined };
  return { className: "BatchNormalization", config, arrays, hints, source };
}
