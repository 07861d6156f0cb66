import { fail } from "../../../files/read-failure.ts";
import { singleLayer, type FoundArray, type ReadNode, type StepContext } from "../chain.ts";
import { describeNode } from "../describe-node.ts";
import type { StoredNode } from "../read-graph.ts";
import { shortestNumber } from "../shortest-number.ts";
import type { ConstantArray } from "../tensor.ts";

/** Along axis 1, which is the last one of vectors. */
export const batchNormalization: ReadNode = (node, context) => {
  const { sizes } = context.place;
  const [, gamma, beta, mean, variance] = node.inputs;
  // Before opset 14 a node in training mode is one that gives the means and variances, too.
  const trains = context.opset < 14 ? node.outputs.length > 1 : (node.attributes.get("training_mode")?.int ?? 0) !== 0;
  if (trains) fail("unsupported", `${describeNode(node)} is in training mode; export the model for inference`);
  if ((node.attributes.get("spatial")?.int ?? 1) === 0) {
    fail("unsupported", `${describeNode(node)} has spatial=0, a mean for each place; Layers has one for each channel`);
  }
  const arrays = [
    arrayOf(node, gamma, "gamma", context),
    arrayOf(node, beta, "beta", context),
    arrayOf(node, mean, "moving_mean", context),
    arrayOf(node, variance, "moving_variance", context),
  ];
  const epsilon = shortestNumber(node.attributes.get("epsilon")?.float ?? 1e-5);
  const config = { axis: sizes.length === 1 ? -1 : 1, epsilon };
  const hints = [gamma ?? "", mean ?? "", node.name];
  return singleLayer(node, { className: "BatchNormalization", config, arrays, hints }, sizes);
};

/** Over the last axes, from `axis` on. */
export const layerNormalization: ReadNode = (node, context) => {
  const { sizes } = context.place;
  const [, gamma, beta] = node.inputs;
  const axis = node.attributes.get("axis")?.int ?? -1;
  const first = axis < 0 ? axis : axis - sizes.length - 1;
  if (first >= 0 || first < -sizes.length) {
    fail("unsupported", `${describeNode(node)} normalises over the batch axis (axis ${axis})`);
  }
  const count = -first;
  const arrays = [arrayOf(node, gamma, "gamma", context)];
  const centered = beta !== undefined && beta !== "";
  if (centered) arrays.push(arrayOf(node, beta, "beta", context));
  const epsilon = shortestNumber(node.attributes.get("epsilon")?.float ?? 1e-5);
  const axes = count === 1 ? -1 : Array.from({ length: count }, (_, at) => first + at);
  const config = { axis: axes, epsilon, center: centered };
  return singleLayer(node, { className: "LayerNormalization", config, arrays, hints: [gamma ?? "", node.name] }, sizes);
};

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

function arrayOf(node: StoredNode, tensor: string | undefined, name: string, { constants }: StepContext): FoundArray {
  const array: ConstantArray | undefined = constants.array(tensor ?? "");
  return array === undefined
    ? fail("unsupported", `${describeNode(node)} has a ${name} that is no constant`)
    : { ...array, name };
}
