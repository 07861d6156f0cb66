import { elementTypes } from "../../exporters/onnx/fields.ts";
import { fail } from "../../files/read-failure.ts";
import {
  passOver,
  plainLayer,
  singleLayer,
  type FoundLayer,
  type ReadNode,
  type Sizes,
  type ChainStep,
  type StepContext,
} from "./chain.ts";
import { describeNode } from "./describe-node.ts";
import { readElementwise } from "./elementwise.ts";
import { isElementwise } from "./expression.ts";
import { affine, scaler } from "./nodes/affine.ts";
import { readColumns } from "./nodes/columns.ts";
import { biasAdd, gemm, matMul } from "./nodes/dense.ts";
import { linearClassifier, linearRegressor } from "./nodes/linear-models.ts";
import { normalizer } from "./nodes/normalizer.ts";
import { operatorName } from "./operator-name.ts";
import { batchNormalization, gather, layerNormalization, pRelu } from "./nodes/normalization.ts";
import { concatOfOne, expandToOwnShape, flatten, pool, reshape, squeeze, transpose } from "./nodes/shape.ts";

/** Layers and steps over nodes that compute nothing. */
const mostSteps = 20_000;

/** The layers from the input of a graph to its output. Each step reads the nodes that read one tensor. */
export function walkChain(
  input: string,
  inputSizes: Sizes,
  output: string,
  graph: Pick<StepContext, "index" | "constants" | "opset">,
): readonly FoundLayer[] {
  const layers: FoundLayer[] = [];
  const passed = new Map<string, Sizes>([[input, inputSizes]]);
  let place = { tensor: input, sizes: inputSizes };
  for (let steps = 0; place.tensor !== output; steps++) {
    if (steps > mostSteps) fail("too-large", `its graph has more than ${mostSteps} layers`);
    const context: StepContext = { ...graph, place, layers, sizesOf: (tensor) => passed.get(tensor) };
    const { layers: made, replaces = 0, end } = nextStep(context);
    layers.splice(layers.length - replaces, replaces, ...made);
    if (end.tensor === "" || passed.has(end.tensor)) fail("damaged", "its chain of nodes does not reach its output");
    place = end;
    passed.set(place.tensor, place.sizes);
  }
  return layers;
}

function nextStep(context: StepContext): ChainStep {
  const { index, place } = context;
  const readers = index.consumers(place.tensor);
  const [node] = readers;
  if (node === undefined) return fail("unsupported", `nothing leads from '${place.tensor}' to its output`);
  const old = readers.find(
    ({ operator, attributes }) => context.opset < 7 && isElementwise(operator) && attributes.has("axis"),
  );
  if (old !== undefined) {
    fail(
      "unsupported",
      `${describeNode(old)} lines arrays up as before opset 7; convert it with onnx.version_converter`,
    );
  }
  if (readers.length === 1) {
    for (const read of readersOf.get(operatorName(node)) ?? []) {
      const step = read(node, context);
      if (step !== undefined) return step;
    }
  }
  return readColumns(context) ?? readElementwise(context);
}

/** Along one axis; before opset 13 over everything from `axis` on. */
const softmax: ReadNode = (node, { place, opset, layers }) => {
  const rank = place.sizes.length + 1;
  const given = node.attributes.get("axis")?.int ?? (opset < 13 ? 1 : -1);
  const axis = given < 0 ? given + rank : given;
  const isLast = axis === rank - 1;
  if (axis < 1 || axis >= rank || (opset < 13 && !isLast)) {
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

const castTypes: ReadonlySet<number> = new Set([
  elementTypes.float,
  elementTypes.double,
  elementTypes.int32,
  elementTypes.int64,
]);

/** Nothing when a model is used; a node can ask for the noise of training by an input. */
const dropout: ReadNode = (node, { place, constants }) => {
  const mode = node.inputs[2];
  if (mode !== undefined && mode !== "" && constants.array(mode)?.data[0] !== 0) {
    fail("unsupported", `${describeNode(node)} is in training mode; export the model for inference`);
  }
  return passOver(node, place.sizes);
};

/** To float, where everything is a float already; to integers for the rows of an Embedding. */
const cast: ReadNode = (node, { place, index }) => {
  const type = node.attributes.get("to")?.int ?? 0;
  const toIndex = type === elementTypes.int32 || type === elementTypes.int64;
  const next = index.consumers(node.outputs[0] ?? "")[0]?.operator;
  const fine = castTypes.has(type) && (!toIndex || next === "Gather");
  return fine
    ? passOver(node, place.sizes)
    : fail("unsupported", `${describeNode(node)} changes the element type; export in float32`);
};

/** The readings of each operator, tried in turn; elementwise ones come after them. */
const readersOf: ReadonlyMap<string, readonly ReadNode[]> = new Map([
  ["Gemm", [gemm]],
  ["MatMul", [matMul]],
  ["Add", [biasAdd, affine]],
  ["Sub", [affine]],
  ["Mul", [affine]],
  ["Div", [affine]],
  ["BatchNormalization", [batchNormalization]],
  ["LayerNormalization", [layerNormalization]],
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
