import { fail } from "../../../files/read-failure.ts";
import { transpose } from "../array-functions.ts";
import { singleLayer, type FoundLayer, type ReadNode, type Sizes, type StepContext } from "../chain.ts";
import { describeNode } from "../describe-node.ts";
import { rankOf } from "../place.ts";
import type { StoredNode } from "../read-graph.ts";
import type { ConstantArray } from "../tensor.ts";

/** `alpha * x * B + beta * C`, B transposed with `transB`. */
export const gemm: ReadNode = (node, context) => {
  const what = describeNode(node);
  const attribute = (name: string, preset: number): number => node.attributes.get(name)?.int ?? preset;
  if (attribute("transA", 0) !== 0) fail("unsupported", `${what} transposes its input; Layers multiplies rows`);
  const kernel = kernelOf(node, context);
  const right = attribute("transB", 0) === 0 ? kernel : transpose(kernel, what);
  const bias =
    node.inputs[2] === undefined || node.inputs[2] === "" ? undefined : context.constants.array(node.inputs[2]);
  if (node.inputs.length > 2 && node.inputs[2] !== "" && bias === undefined) {
    return fail("unsupported", `${what} adds something that is no constant; Layers has chains of layers only`);
  }
  const { units, sizes } = contract(node, context.place.sizes, right);
  const weights = [{ ...scaled(right, node.attributes.get("alpha")?.float ?? 1), name: "kernel" }];
  if (bias !== undefined) {
    const values = spread(bias, units) ?? fail("unsupported", `${what} adds an array of [${bias.shape.join(", ")}]`);
    weights.push({ ...scaled(values, node.attributes.get("beta")?.float ?? 1), name: "bias" });
  }
  return singleLayer(node, denseLayer(node, units, weights, [1, 2]), sizes);
};

/** `x * B` over the last axis; onnxruntime's own has a factor and may transpose B. */
export const matMul: ReadNode = (node, context) => {
  const changed = ["transA", "transBatchA", "transBatchB"].find((name) => (node.attributes.get(name)?.int ?? 0) !== 0);
  if (changed !== undefined) fail("unsupported", `${describeNode(node)} has ${changed}; Layers multiplies rows`);
  const stored = kernelOf(node, context);
  const turned = (node.attributes.get("transB")?.int ?? 0) === 0 ? stored : transpose(stored, describeNode(node));
  const kernel = scaled(turned, node.attributes.get("alpha")?.float ?? 1);
  const { units, sizes } = contract(node, context.place.sizes, kernel);
  return singleLayer(node, denseLayer(node, units, [{ ...kernel, name: "kernel" }], [1]), sizes);
};

/** The bias of a product, added by a node of its own. */
export const biasAdd: ReadNode = (node, context) => {
  const layer = context.layers.at(-1);
  if (layer?.className !== "Dense" || layer.config["use_bias"] !== false || layer.config["activation"] !== "linear") {
    return undefined;
  }
  const other = node.inputs.find((input) => input !== context.place.tensor) ?? "";
  const array = context.constants.array(other);
  const { units } = layer.config;
  if (typeof units !== "number") return undefined;
  // More axes than the product has would give the sum more axes, too.
  const fits = array !== undefined && array.data.length === units && array.shape.length <= rankOf(context.place);
  const bias = fits ? spread(array, units) : undefined;
  if (bias === undefined) return undefined;
  const full: FoundLayer = {
    ...layer,
    config: { ...layer.config, use_bias: true },
    arrays: [...layer.arrays, { ...bias, name: "bias" }],
    hints: [...layer.hints.slice(0, 1), other, ...layer.hints.slice(1)],
  };
  return { layers: [full], replaces: 1, end: { tensor: node.outputs[0] ?? "", sizes: context.place.sizes } };
};

/** The constant that the node multiplies its input with, which must stand on the left. */
function kernelOf(node: StoredNode, { constants, place }: StepContext): ConstantArray {
  const [left = "", right = ""] = node.inputs;
  const kernel = constants.array(right);
  if (left !== place.tensor || kernel === undefined) {
    return fail("unsupported", `${describeNode(node)} does not multiply its input with a constant on the right`);
  }
  if (kernel.shape.length !== 2) {
    fail("unsupported", `${describeNode(node)} multiplies with [${kernel.shape.join(", ")}], expected two axes`);
  }
  return kernel;
}

function contract(
  node: StoredNode,
  input: Sizes,
  kernel: ConstantArray,
): { readonly units: number; readonly sizes: Sizes } {
  const [rows, units] = kernel.shape as readonly [number, number];
  const last = input.at(-1);
  if (last === undefined || (last !== null && last !== rows)) {
    fail("damaged", `${describeNode(node)} multiplies [${shown(input)}] with [${rows}, ${units}]`);
  }
  return { units, sizes: [...input.slice(0, -1), units] };
}

function shown(sizes: Sizes): string {
  return sizes.map((size) => size ?? "?").join(", ");
}

function denseLayer(
  node: StoredNode,
  units: number,
  arrays: FoundLayer["arrays"],
  named: readonly number[],
): Omit<FoundLayer, "source"> {
  const config = { units, activation: "linear", use_bias: arrays.length > 1 };
  return { className: "Dense", config, arrays, hints: [...named.map((at) => node.inputs[at] ?? ""), node.name] };
}

function scaled(array: ConstantArray, factor: number): ConstantArray {
  return factor === 1 ? array : { shape: array.shape, data: array.data.map((value) => value * factor) };
}

/** A bias as `[units]`; one number stands for all. Undefined where it is neither. */
function spread({ shape, data }: ConstantArray, units: number): ConstantArray | undefined {
  if (data.length === 1) return { shape: [units], data: new Float32Array(units).fill(data[0] as number) };
  return data.length === units && shape.at(-1) === units ? { shape: [units], data } : undefined;
}
