import type { ChainStep, FoundArray, FoundLayer, ReadNode, Sizes } from "../chain.ts";
import { product } from "../../../ir/product.ts";
import { expandTo } from "../array-functions.ts";
import type { FoundNormalization } from "../normalization-templates.ts";
import type { StoredNode } from "../read-graph.ts";
import { shortestNumber } from "../shortest-number.ts";

/**
 * The layer of a normalisation that nodes compute step by step, the last of which is `node`. Undefined where the sizes that
 * it is over are known only at run time.
 */
export function normalizationLayer(
  { kind, axes, epsilon, sums }: FoundNormalization,
  sizes: Sizes,
  node: StoredNode,
): FoundLayer | undefined {
  const axis = axes.length === 1 ? (axes[0] as number) : axes;
  const common = { hints: [node.name], source: node.name };
  if (kind === "unit") return { className: "UnitNormalization", config: { axis }, arrays: [], ...common };
  if (kind === "layer") {
    const config = { axis, epsilon: shortestNumber(epsilon), center: false, scale: false };
    return { className: "LayerNormalization", config, arrays: [], ...common };
  }
  const shape = axes.map((at) => sizes.at(at) ?? null);
  if (!isKnown(shape)) return undefined;
  const count = product(shape);
  // sqrt(sum(x^2) + e) is sqrt(n) * sqrt(mean(x^2) + e / n).
  const [factor, small] = sums ? [1 / Math.sqrt(count), epsilon / count] : [1, shortestNumber(epsilon)];
  const data = new Float32Array(count).fill(factor);
  const scale: FoundArray = { name: "scale", shape, data };
  return { className: "RMSNormalization", config: { axis, epsilon: small }, arrays: [scale], ...common };
}

function isKnown(sizes: Sizes): sizes is readonly number[] {
  return !sizes.includes(null);
}

/** The scale and the offset of a normalisation, as nodes of their own behind it. */
export const normalizationScale: ReadNode = (node, { place, constants, layers }) => {
  const layer = layers.at(-1);
  if (layer?.className !== "LayerNormalization" && layer?.className !== "RMSNormalization") return undefined;
  const other = node.inputs.find((input) => input !== place.tensor) ?? "";
  const array = constants.array(other);
  const shape = normalizedShape(layer, place.sizes);
  const values = array === undefined || shape === undefined ? undefined : expandTo(array, shape);
  if (values === undefined) return undefined;
  const own = [layer.config["axis"]].flat().map((axis) => place.sizes.at(axis as number) as number);
  const joined = withArray(layer, node.operator, values.data, own);
  if (joined === undefined) return undefined;
  const hints = [other, ...layer.hints];
  return { layers: [{ ...joined, hints }], replaces: 1, end: endOf(node, place.sizes) };
};

function endOf(node: StoredNode, sizes: Sizes): ChainStep["end"] {
  return { tensor: node.outputs[0] ?? "", sizes };
}

/** The shape of an array over the axes that a layer normalises, 1 along others; undefined where a size is not known. */
function normalizedShape({ config }: FoundLayer, sizes: Sizes): readonly number[] | undefined {
  const axes = [config["axis"]].flat() as readonly number[];
  const shape = sizes.map((size, at) => (axes.includes(at - sizes.length) ? size : 1));
  return isKnown(shape) ? shape : undefined;
}

function withArray(
  layer: FoundLayer,
  operator: string,
  data: Float32Array,
  shape: readonly number[],
): FoundLayer | undefined {
  const { config, arrays } = layer;
  const has = (name: string): boolean => arrays.some((array) => array.name === name);
  if (layer.className === "RMSNormalization") {
    const [scale] = arrays;
    if (operator !== "Mul" || scale === undefined) return undefined;
    return { ...layer, arrays: [{ ...scale, data: scale.data.map((value, at) => value * (data[at] as number)) }] };
  }
  if (operator === "Mul" && !has("gamma") && !has("beta")) {
    return { ...layer, config: { ...config, scale: true }, arrays: [{ name: "gamma", shape, data }] };
  }
  if (operator === "Add" && !has("beta")) {
    return { ...layer, config: { ...config, center: true }, arrays: [...arrays, { name: "beta", shape, data }] };
  }
  return undefined;
}
