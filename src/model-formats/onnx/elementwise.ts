import { elementTypes } from "../../exporters/onnx/fields.ts";
import { fail } from "../../files/read-failure.ts";
import { plainLayer, type FoundLayer, type ChainStep, type StepContext } from "./chain.ts";
import { describeNode } from "./describe-node.ts";
import { isComparison, isElementwise, nodeExpression, numberExpression, start, type Expression } from "./expression.ts";
import { matchActivation } from "./match-activation.ts";
import { matchRescaling } from "./match-rescaling.ts";
import { matchNormalization } from "./normalization-templates.ts";
import { normalizationLayer } from "./nodes/decomposed-normalization.ts";
import { rankOf } from "./place.ts";
import { reductionName } from "./reductions.ts";
import { shapeOf, shapeValues } from "./shape-values.ts";
import type { StoredNode } from "./read-graph.ts";
import { shortestNumber } from "./shortest-number.ts";
import { unsupportedHelp } from "./unsupported.ts";

/** More nodes than any activation takes. */
const mostNodes = 64;

/** Where everything that elementwise nodes make of a tensor comes together in one. */
interface Closing {
  readonly tensor: string;
  readonly expression: Expression;
  readonly node: StoredNode;
}

/**
 * Reads the longest run of elementwise nodes that is an activation or a Rescaling. Fails with the node that is in the way
 * where there is none.
 */
export function readElementwise(context: StepContext): ChainStep {
  const { place, layers } = context;
  const found = closings(context);
  for (const { tensor, expression, node } of [...found].reverse()) {
    const end = { tensor, sizes: place.sizes };
    // Identity, and Dropout as it was in training.
    if (expression.key === start.key) return { layers: [], end };
    const normalization = matchNormalization(expression);
    const normalizing = normalization === undefined ? undefined : normalizationLayer(normalization, place.sizes, node);
    if (normalizing !== undefined) return { layers: [normalizing], end };
    const activation = matchActivation(expression);
    if (activation !== undefined) {
      const { name, args } = activation;
      const value = Object.keys(args).length === 0 ? name : { class_name: name, config: args };
      const last = layers.at(-1);
      if (last?.className === "Dense" && last.config["activation"] === "linear") {
        return { layers: [{ ...last, config: { ...last.config, activation: value } }], replaces: 1, end };
      }
      return { layers: [layer("Activation", { activation: value }, node)], end };
    }
    const rescaling = matchRescaling(expression);
    if (rescaling !== undefined) return { layers: [layer("Rescaling", rescaling, node)], end };
    const clipped = matchLayers(expression);
    if (clipped !== undefined)
      return { layers: clipped.map(([className, config]) => layer(className, config, node)), end };
  }
  const [first] = context.index.consumers(place.tensor);
  return fail("unsupported", first === undefined ? "its chain breaks off" : unsupportedReason(first, context));
}

function layer(className: string, config: FoundLayer["config"], node: StoredNode): FoundLayer {
  return { ...plainLayer(className, config, node), source: node.name };
}

/** What is in the way: a branch, or an operator that is not known. */
function unsupportedReason(node: StoredNode, { index, place }: StepContext): string {
  const readers = index.consumers(place.tensor);
  const unknown = readers.find(({ operator }) => !isElementwise(operator));
  if (readers.length > 1 && unknown !== undefined) {
    return `${readers.map(describeNode).slice(0, 3).join(" and ")} read the same tensor; Layers has chains of layers only`;
  }
  return `${describeNode(unknown ?? node)} is not supported; ${unsupportedHelp(unknown ?? node)}`;
}

function closings(context: StepContext): readonly Closing[] {
  const { index, place } = context;
  const expressions = new Map<string, Expression>([[place.tensor, start]]);
  // The tensors that nodes yet to come read, with how many.
  const open = new Map([[place.tensor, index.consumers(place.tensor).length]]);
  const queue = [...index.consumers(place.tensor)];
  const done = new Set<StoredNode>();
  const found: Closing[] = [];
  for (let at = 0; at < queue.length && done.size < mostNodes; at++) {
    const node = queue[at] as StoredNode;
    if (done.has(node)) continue;
    const reduction = reductionName(node, context);
    const expands = node.operator === "Expand";
    if (expands && !keepsShape(node, context)) continue;
    const inputs = reduction === undefined && !expands ? node.inputs : node.inputs.slice(0, 1);
    const operands = inputs.map((input) => {
      const number = input === "" ? undefined : scalarOf(input, node, context);
      return expressions.get(input) ?? (number === undefined ? undefined : numberExpression(number));
    });
    const missing = inputs.some((input, input_) => input !== "" && operands[input_] === undefined);
    // It comes up again when its other inputs are known.
    if (missing) continue;
    const [compared] = operands;
    if (isCastToTruth(node) && (compared === undefined || !isComparison(compared))) continue;
    const operator = isCastToTruth(node) ? "Identity" : (reduction ?? (isTanhGelu(node) ? "GeluTanh" : node.operator));
    const expression = nodeExpression(operator, operands, (name) => {
      const attribute = node.attributes.get(name);
      return attribute === undefined || attribute.type === "int" ? attribute?.int : attribute.float;
    });
    const output = node.outputs[0] ?? "";
    if (expression === undefined || node.domain !== "" || output === "") continue;
    done.add(node);
    expressions.set(output, expression);
    const readers = index.consumers(output);
    open.set(output, readers.length);
    for (const input of new Set(node.inputs)) {
      const left = open.get(input);
      if (left !== undefined) open.set(input, left - 1);
    }
    for (const reader of readers) queue.push(reader);
    const pending = [...open].filter(([tensor, left]) => left > 0 || tensor === output || isOutput(tensor, context));
    if (pending.length === 1 && pending[0]?.[0] === output) found.push({ tensor: output, expression, node });
  }
  return found;
}

function isOutput(tensor: string, { index }: StepContext): boolean {
  return index.graph.outputs.some(({ name }) => name === tensor);
}

/** A constant of one element. One with more axes than the input would give the result more axes, too. */
function scalarOf(tensor: string, node: StoredNode, { constants, place }: StepContext): number | undefined {
  if (!isElementwise(node.operator)) return undefined;
  const array = constants.array(tensor);
  return array?.data.length === 1 && array.shape.length <= rankOf(place) ? array.data[0] : undefined;
}

/** Whether a node expands a tensor to the shape of the one that everything here starts from. */
function keepsShape(node: StoredNode, context: StepContext): boolean {
  const target = shapeValues(node.inputs[1] ?? "", context);
  const own = shapeOf(context.place);
  return target?.length === own.length && own.every((size, at) => size !== null && size === target[at]);
}

function isCastToTruth({ operator, domain, attributes }: StoredNode): boolean {
  return operator === "Cast" && domain === "" && attributes.get("to")?.int === elementTypes.bool;
}

function isTanhGelu(node: StoredNode): boolean {
  return node.operator === "Gelu" && node.attributes.get("approximate")?.string === "tanh";
}

type Layers = readonly (readonly [string, FoundLayer["config"]])[];

/**
 * What is an activation between Rescalings: HardSigmoid with other numbers than Keras 3's, `clip(alpha * x + beta, 0, 1)`,
 * Swish with a factor, and limits of any value, which are moved to 0 and back.
 */
function matchLayers({ key, numbers }: Expression): Layers | undefined {
  const [first = 0, second = 0] = numbers.map(shortestNumber);
  switch (key) {
    case "HardSigmoid(#,#,x)":
      return [
        ["Rescaling", { scale: first, offset: second }],
        ["ReLU", { max_value: 1 }],
      ];
    // x * sigmoid(a * x) is silu(a * x) / a.
    case "Swish(#,x)":
    case "Mul(Sigmoid(Mul(#,x)),x)":
      if (first === 0) return undefined;
      return [
        ["Rescaling", { scale: first }],
        ["Activation", { activation: "silu" }],
        ["Rescaling", { scale: 1 / first }],
      ];
    case "Max(#,x)":
      return atLeast(first, {});
    case "Min(#,x)":
      return [
        ["Rescaling", { scale: -1, offset: first }],
        ["ReLU", {}],
        ["Rescaling", { scale: -1, offset: first }],
      ];
    // Where the limits cross, what is applied last holds everywhere; no exporter writes that.
    case "Min(#,Max(#,x))":
      return first > second ? atLeast(second, { max_value: first - second }) : undefined;
    case "Max(#,Min(#,x))":
      return second > first ? atLeast(first, { max_value: second - first }) : undefined;
    default:
      return undefined;
  }
}

function atLeast(limit: number, config: FoundLayer["config"]): Layers {
  if (limit === 0) return [["ReLU", config]];
  return [
    ["Rescaling", { scale: 1, offset: -limit }],
    ["ReLU", config],
    ["Rescaling", { scale: 1, offset: limit }],
  ];
}
