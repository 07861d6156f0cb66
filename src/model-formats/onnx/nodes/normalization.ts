import { fail } from "../../../files/read-failure.ts";
import { singleLayer, type FoundArray, type ReadNode, type StepContext } from "../chain.ts";
import { describeNode } from "../describe-node.ts";
import { expandTo } from "../array-functions.ts";
import { constantArray } from "../constant-array.ts";
import { rankOf } from "../place.ts";
import type { StoredNode } from "../read-graph.ts";
import { shortestNumber } from "../shortest-number.ts";

/** Along axis 1, which is the last one of vectors. */
export const batchNormalization: ReadNode = (node, context) => {
  const { sizes } = context.place;
  const [, gamma, , mean] = node.inputs;
  // Before opset 14 a node in training mode is one that gives the means and variances, too.
  const trains = context.opset < 14 ? node.outputs.length > 1 : (node.attributes.get("training_mode")?.int ?? 0) !== 0;
  if (trains) fail("unsupported", `${describeNode(node)} is in training mode; export the model for inference`);
  if ((node.attributes.get("spatial")?.int ?? 1) === 0) {
    fail("unsupported", `${describeNode(node)} has spatial=0, a mean for each place; Layers has one for each channel`);
  }
  const arrays = [
    constantArray(node, 1, "gamma", context),
    constantArray(node, 2, "beta", context),
    constantArray(node, 3, "moving_mean", context),
    constantArray(node, 4, "moving_variance", context),
  ];
  const config = { axis: sizes.length === 1 ? -1 : 1, epsilon: epsilonOf(node) };
  const hints = [gamma ?? "", mean ?? "", node.name];
  return singleLayer(node, { className: "BatchNormalization", config, arrays, hints }, sizes);
};

/** TensorFlow's, of images: along the last axis, or with `channels_first` along the first one. */
export const fusedBatchNormalization: ReadNode = (node, context) => {
  const { sizes } = context.place;
  if ((node.attributes.get("is_training")?.int ?? 0) !== 0) {
    fail("unsupported", `${describeNode(node)} is in training mode; export the model for inference`);
  }
  const arrays = ["gamma", "beta", "moving_mean", "moving_variance"].map((name, at) =>
    constantArray(node, at + 1, name, context),
  );
  const first = (node.attributes.get("channels_first")?.int ?? 0) !== 0 && sizes.length > 1;
  const config = { axis: first ? 1 : -1, epsilon: epsilonOf(node) };
  const hints = [node.inputs[1] ?? "", node.inputs[3] ?? "", node.name];
  return singleLayer(node, { className: "BatchNormalization", config, arrays, hints }, sizes);
};

/** Over the last axes, from `axis` on. */
export const layerNormalization: ReadNode = (node, context) => {
  const axis = normalizedAxes(node, context);
  const centered = (node.inputs[2] ?? "") !== "";
  const arrays = [normalizedArray(node, 1, "gamma", axis, context)];
  if (centered) arrays.push(normalizedArray(node, 2, "beta", axis, context));
  const config = { axis: axisOf(axis), epsilon: epsilonOf(node), center: centered };
  const hints = [node.inputs[1] ?? "", node.name];
  return singleLayer(node, { className: "LayerNormalization", config, arrays, hints }, context.place.sizes);
};

/** The same without the mean. */
export const rmsNormalization: ReadNode = (node, context) => {
  const axis = normalizedAxes(node, context);
  const arrays = [normalizedArray(node, 1, "scale", axis, context)];
  const config = { axis: axisOf(axis), epsilon: epsilonOf(node) };
  const hints = [node.inputs[1] ?? "", node.name];
  return singleLayer(node, { className: "RMSNormalization", config, arrays, hints }, context.place.sizes);
};

function epsilonOf(node: StoredNode): number {
  return shortestNumber(node.attributes.get("epsilon")?.float ?? 1e-5);
}

/** Counted from the end, the first one first. */
function normalizedAxes(node: StoredNode, { place }: StepContext): readonly number[] {
  const axis = node.attributes.get("axis")?.int ?? -1;
  const first = axis < 0 ? axis : axis - rankOf(place);
  if (first >= 0 || first < -place.sizes.length) {
    fail("unsupported", `${describeNode(node)} normalises over the batch axis (axis ${axis})`);
  }
  return Array.from({ length: -first }, (_, at) => first + at);
}

function axisOf(axes: readonly number[]): number | readonly number[] {
  return axes.length === 1 ? -1 : axes;
}

/** An array for the axes that are normalised, which the file may have with fewer elements or more axes. */
function normalizedArray(
  node: StoredNode,
  at: number,
  name: string,
  axes: readonly number[],
  context: StepContext,
): FoundArray {
  const array = constantArray(node, at, name, context);
  const sizes = axes.map((axis) => context.place.sizes.at(axis) ?? null);
  if (sizes.includes(null)) return array;
  const values = expandTo(array, sizes as readonly number[]);
  if (values !== undefined) return { ...values, name };
  const found = `a ${name} of the shape [${array.shape.join(", ")}]`;
  return fail("unsupported", `${describeNode(node)} has ${found} for axes of the sizes [${sizes.join(", ")}]`);
}

/** A slope for each place, or shared along axes. */
export const pRelu: ReadNode = (node, context) => {
  const { sizes } = context.place;
  const slope = context.constants.array(node.inputs[1] ?? "");
  if (slope === undefined) return fail("unsupported", `${describeNode(node)} has a slope that is no constant`);
  // Before opset 7 an array of one axis was a slope for each channel, whatever the axes behind are.
  const perChannel = context.opset < 7 && slope.shape.length === 1 && slope.data.length > 1;
  const shape = perChannel
    ? [...slope.shape, ...sizes.slice(1).map(() => 1)]
    : [...sizes.map(() => 1), ...slope.shape].slice(-sizes.length);
  const extra = slope.shape.slice(0, Math.max(0, slope.shape.length - sizes.length));
  const fits = shape.every((size, axis) => size === 1 || size === sizes[axis]) && extra.every((size) => size === 1);
  if (!fits) fail("unsupported", `${describeNode(node)} has a slope of the shape [${slope.shape.join(", ")}]`);
  const shared = shape.flatMap((size, axis) => (size === 1 && sizes[axis] !== 1 ? [axis + 1] : []));
  const config = shared.length === 0 ? {} : { shared_axes: shared };
  const arrays = [{ name: "alpha", shape, data: slope.data }];
  return singleLayer(node, { className: "PReLU", config, arrays, hints: [node.inputs[1] ?? "", node.name] }, sizes);
};

/** Rows of a table, for inputs that are numbers of rows. */
export const gather: ReadNode = (node, context) => {
  const table = context.constants.array(node.inputs[0] ?? "");
  const isTable = table?.shape.length === 2 && (node.attributes.get("axis")?.int ?? 0) === 0;
  if (table === undefined || !isTable || node.inputs[1] !== context.place.tensor) {
    return fail("unsupported", `${describeNode(node)} picks something other than rows of a constant table`);
  }
  const [rows, width] = table.shape as readonly [number, number];
  const layer = {
    className: "Embedding",
    config: { input_dim: rows, output_dim: width },
    arrays: [{ ...table, name: "embeddings" }],
    hints: [node.inputs[0] ?? "", node.name],
  };
  return singleLayer(node, layer, [...context.place.sizes, width]);
};
