import { fail } from "../../files/read-failure.ts";
import {
  passOver,
  plainLayer,
  singleLayer,
  type FoundLayer,
  type ReadNode,
  type Place,
  type ChainStep,
  type StepContext,
} from "./chain.ts";
import { describeNode } from "./describe-node.ts";
import { readElementwise } from "./elementwise.ts";
import { isElementwise } from "./expression.ts";
import { cast, checkIntegers, keepsIntegers } from "./nodes/cast.ts";
import { normalizationScale } from "./nodes/decomposed-normalization.ts";
import { readGated } from "./nodes/gated.ts";
import { groupNormalization, instanceNormalization } from "./nodes/group-normalization.ts";
import { rankOf } from "./place.ts";
import type { StoredNode } from "./read-graph.ts";
import { affine, scaler } from "./nodes/affine.ts";
import { readColumns } from "./nodes/columns.ts";
import { biasAdd, gemm, matMul } from "./nodes/dense.ts";
import { linearClassifier, linearRegressor } from "./nodes/linear-models.ts";
import { lpNormalization, normalizer } from "./nodes/normalizer.ts";
import { meanVarianceNormalization } from "./nodes/mean-variance-normalization.ts";
import { operatorName } from "./operator-name.ts";
import {
  batchNormalization,
  fusedBatchNormalization,
  gather,
  layerNormalization,
  pRelu,
  rmsNormalization,
} from "./nodes/normalization.ts";
import { foreignDomain, fusedBatchNorm } from "./unsupported.ts";
import { concatOfOne, expandToOwnShape, flatten, pool, reshape, squeeze, transpose } from "./nodes/shape.ts";

/** Layers and steps over nodes that compute nothing. */
const mostSteps = 20_000;

/** The layers from the input of a graph to its output. Each step reads the nodes that read one tensor. */
export function walkChain(
  input: Place,
  output: string,
  graph: Pick<StepContext, "index" | "constants" | "opset" | "single">,
): readonly FoundLayer[] {
  const layers: FoundLayer[] = [];
  const passed = new Map<string, Place>([[input.tensor, input]]);
  let place = input;
  for (let steps = 0; place.tensor !== output; steps++) {
    if (steps > mostSteps) fail("too-large", `its graph has more than ${mostSteps} layers`);
    const context: StepContext = { ...graph, place, layers, placeOf: (tensor) => passed.get(tensor) };
    const { layers: made, replaces = 0, end } = nextStep(context);
    layers.splice(layers.length - replaces, replaces, ...made);
    if (end.tensor === "" || passed.has(end.tensor)) fail("damaged", "its chain of nodes does not reach its output");
    place = { ...place, ...end };
    passed.set(place.tensor, place);
  }
  return layers;
}

function nextStep(context: StepContext): ChainStep {
  const { index, place } = context;
  const readers = index.consumers(place.tensor);
  const [node] = readers;
  if (node === undefined) return fail("unsupported", `nothing leads from '${place.tensor}' to its output`);
  checkIntegers(place, readers);
  const step = readStep(node, readers, context);
  return keepsIntegers(node) ? step : { ...step, end: { whole: false, ...step.end } };
}

function readStep(node: StoredNode, readers: readonly StoredNode[], context: StepContext): ChainStep {
  const { place } = context;
  const old = readers.find(
    ({ operator, attributes }) => context.opset < 7 && isElementwise(operator) && attributes.has("axis"),
  );
  if (old !== undefined) {
    fail(
      "unsupported",
      `${describeNode(old)} lines arrays up as before opset 7; convert it with onnx.version_converter`,
    );
  }
  if (!place.batched && ofBatches.has(node.operator)) {
    const problem = "works on a batch, and its input has no batch axis";
    fail("unsupported", `${describeNode(node)} ${problem}; export the model for inputs [batch, ...]`);
  }
  if (readers.length === 1) {
    for (const read of readersOf.get(operatorName(node)) ?? []) {
      const step = read(node, context);
      if (step !== undefined) return step;
    }
  }
  return readColumns(context) ?? readGated(context) ?? readElementwise(context);
}

/** Operators whose first axis is the batch, whatever a tensor has. */
const ofBatches: ReadonlySet<string> = new Set([
  "BatchNormalization",
  "Gemm",
  "GroupNormalization",
  "InstanceNormalization",
  "LinearClassifier",
  "LinearRegressor",
  "Normalizer",
]);

/** Along one axis; before opset 13 over everything from `axis` on. */
const softmax: ReadNode = (node, { place, opset, layers }) => {
  const rank = rankOf(place);
  const given = node.attributes.get("axis")?.int ?? (opset < 13 ? 1 : -1);
  // Counted as if there were a batch axis.
  const axis = (given < 0 ? given + rank : given) + (place.batched ? 0 : 1);
  const isLast = axis === place.sizes.length;
  if (axis < 1 || axis > place.sizes.length || (opset < 13 && !isLast)) {
    fail(
      "unsupported",
      `${describeNode(node)} works along axis ${given}; Layers keeps samples apart and takes one axis`,
    );
  }
  const name = node.operator === "Softmax" ? "softmax" : "log_softmax";
  const last = layers.at(-1);
  if (isLast && last?.className === "Dense" && last.config["activation"] === "linear") {
    const joined = { ...last, config: { ...last.config, activation: name } };
    return { layers: [joined], replaces: 1, end: { tensor: node.outputs[0] ?? "", sizes: place.sizes } };
  }
  if (name === "softmax") return singleLayer(node, plainLayer("Softmax", isLast ? {} : { axis }, node), place.sizes);
  const activation = isLast ? name : { class_name: name, config: { axis } };
  return singleLayer(node, plainLayer("Activation", { activation }, node), place.sizes);
};

/** Nodes that compute nothing when a model is used. */
const identity: ReadNode = (node, { place }) => passOver(node, place.sizes);

/** Nothing when a model is used; a node can ask for the noise of training by an input. */
const dropout: ReadNode = (node, { place, constants }) => {
  const mode = node.inputs[2];
  if (mode !== undefined && mode !== "" && constants.array(mode)?.data[0] !== 0) {
    fail("unsupported", `${describeNode(node)} is in training mode; export the model for inference`);
  }
  return passOver(node, place.sizes);
};

/** The readings of each operator, tried in turn; elementwise ones come after them. */
const readersOf: ReadonlyMap<string, readonly ReadNode[]> = new Map([
  ["Gemm", [gemm]],
  ["MatMul", [matMul]],
  ["Add", [biasAdd, normalizationScale, affine]],
  ["Sub", [affine]],
  ["Mul", [normalizationScale, affine]],
  ["Div", [affine]],
  ["BatchNormalization", [batchNormalization]],
  [`${foreignDomain}.${fusedBatchNorm}`, [fusedBatchNormalization]],
  ["LayerNormalization", [layerNormalization]],
  ["LpNormalization", [lpNormalization]],
  ["RMSNormalization", [rmsNormalization]],
  ["GroupNormalization", [groupNormalization]],
  ["InstanceNormalization", [instanceNormalization]],
  ["MeanVarianceNormalization", [meanVarianceNormalization]],
  ["PRelu", [pRelu]],
  ["Gather", [gather]],
  ["Softmax", [softmax]],
  ["LogSoftmax", [softmax]],
  ["Flatten", [flatten]],
  ["Reshape", [reshape]],
  ["Squeeze", [squeeze]],
  ["Unsqueeze", [squeeze]],
  ["Transpose", [transpose]],
  ["ReduceMean", [pool]],
  ["ReduceMax", [pool]],
  ["Dropout", [dropout]],
  ["Identity", [identity]],
  ["Cast", [cast]],
  ["Concat", [concatOfOne]],
  ["Expand", [expandToOwnShape]],
  ["ai.onnx.ml.LinearClassifier", [linearClassifier]],
  ["ai.onnx.ml.LinearRegressor", [linearRegressor]],
  ["ai.onnx.ml.Normalizer", [normalizer]],
  ["ai.onnx.ml.Scaler", [scaler]],
]);
