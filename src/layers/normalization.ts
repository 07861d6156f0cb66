import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { WeightTensor } from "../ir/graph.ts";
import { add, constant, div, local, max, mul, sqrt, sub, x } from "../ir/scalar.ts";
import { boolean, optional } from "./arguments/basic.ts";
import { flatNumbers, givenNumbers, shapeOfNumbers, type Numbers } from "./arguments/given-numbers.ts";
import { acceptedAxes, axesFromFront, axisOrAxes, broadcastStrides, resolveKnownAxes } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";
import { rejected } from "./rejected.ts";

export const normalizationPair = defineDiagnostic(
  "normalization-pair",
  "error",
  "A Normalization has a mean without a variance, or the other way round.",
  (at: { title: string; given: string; missing: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} has a ${at.given} and no ${at.missing}`,
    help: "give both, or neither: then they are weights",
    related: at.related,
  }),
  () => ({
    meaning: "Mean and variance are either both given in the source or both learned from data, as weights.",
    example: {
      kind: "source",
      source: "model M { input [2] Normalization(mean=0) Dense(3) }",
      mended: "model M { input [2] Normalization(mean=0, variance=1) Dense(3) }",
    },
  }),
);

export const normalizationValues = defineDiagnostic(
  "normalization-values",
  "error",
  "The numbers of a Normalization's mean or variance don't fit its axes.",
  (at: { title: string; name: string; found: string; expected: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} needs ${at.expected} for its ${at.name}, found ${at.found}`,
    related: at.related,
  }),
  () => ({
    meaning: "mean and variance are one number for all places, or as many as the axes of the layer have.",
    example: {
      kind: "source",
      source: "model M { input [2] Normalization(mean=[1, 2, 3], variance=1) }",
      mended: "model M { input [2] Normalization(mean=[1, 2], variance=1) }",
    },
  }),
);

/** Keras' `backend.epsilon()`: a standard deviation is at least this. */
const smallestDeviation = 1e-7;

const values = optional(givenNumbers);

/**
 * `(x - mean) / sqrt(variance)` with a mean and a variance for each place along some axes (all others share them), or the
 * inverse, `mean + x * sqrt(variance)`. They are arguments, or else weights with the shape of the axes, which Keras'
 * `adapt` sets; the weight `count` plays no part.
 */
export const normalization = defineLayer({
  className: "Normalization",
  doc: "Brings each feature to mean 0 and variance 1, by numbers that are given, or that Keras' `adapt()` has measured.",
  parameters: [
    {
      name: "axis",
      type: optional(axisOrAxes),
      default: -1,
      normalize: axesFromFront,
      doc: "The axis or axes with a mean and a variance for each place; `none`: one pair for all values. They count as in Keras: 1 is the first of the shape, -1 the last.",
    },
    {
      name: "mean",
      type: values,
      default: null,
      doc: "The mean that is taken off: a number, or a list with one for each place; `none`: it is a weight.",
    },
    {
      name: "variance",
      type: values,
      default: null,
      doc: "The variance, by whose root is divided: a number, or a list with one for each place; `none`: it is a weight.",
    },
    {
      name: "invert",
      type: boolean,
      default: false,
      doc: "Whether to undo the normalization: `x * sqrt(variance) + mean`.",
    },
  ],
  formula,
  keepsShape: true,
  build({ config, input, site }) {
    const { title, related } = site;
    const resolved = resolveKnownAxes(config.axis ?? [], input, site);
    if (resolved.kind === "rejected") return resolved;
    const { shape } = resolved;
    const { mean, variance } = config;
    if ((mean === null) !== (variance === null)) {
      const [given, missing] = mean === null ? (["variance", "mean"] as const) : (["mean", "variance"] as const);
      return rejected(normalizationPair(site.argument(given), { title, given, missing, related }));
    }
    if (mean !== null && variance !== null) {
      for (const [name, given] of [
        ["mean", mean],
        ["variance", variance],
      ] as const) {
        const found = shapeOfNumbers(given);
        if (found !== undefined && broadcasts(found, shape)) continue;
        const expected = shape.length === 0 ? "a number" : `a number or a list of the shape [${shape.join(", ")}]`;
        const text = found === undefined ? "lists of different lengths" : `the shape [${found.join(", ")}]`;
        return rejected(normalizationValues(site.argument(name), { title, name, found: text, expected, related }));
      }
      return { kind: "built", outputShape: input, weights: [] };
    }
    const weights = [
      { name: "mean", shape, trainable: false },
      { name: "variance", shape, trainable: false },
      { name: "count", shape: [], trainable: false },
    ];
    return { kind: "built", outputShape: input, weights };
  },
  lower({ config, input, graph, weight, constant: constantArray }) {
    const rank = input.shape.length;
    const axes = acceptedAxes(config.axis ?? [], rank);
    const sizes = axes.map((axis) => (input.shape[axis] as { factor: number }).factor);
    const operand = (name: "mean" | "variance") => {
      const given = config[name];
      const tensor = given === null ? weight(name) : givenArray(given, name, constantArray);
      // A given array may have fewer axes than the layer, or axes of one element; these are shared.
      const own = axes.slice(axes.length - tensor.shape.length);
      const strides = broadcastStrides(rank, own, tensor.shape);
      const shared = strides.map((stride, axis) => {
        const at = own.indexOf(axis);
        return at >= 0 && tensor.shape[at] === 1 && sizes[at + axes.length - own.length] !== 1 ? 0 : stride;
      });
      return { name, weight: tensor, strides: shared };
    };
    const deviation = max(sqrt(local("variance")), constant(smallestDeviation));
    const invert = config.invert;
    return graph.weightedMap(input, {
      view: input.shape,
      weights: [operand("mean"), operand("variance")],
      body: invert ? add(local("mean"), mul(x, deviation)) : div(sub(x, local("mean")), deviation),
      formula: formula(config),
    });
  },
});

function formula({ invert }: { readonly invert: boolean }): string {
  return invert ? "mean + x * sqrt(variance)" : "(x - mean) / sqrt(variance)";
}

function givenArray(
  value: Numbers,
  name: string,
  constantArray: (name: string, shape: readonly number[], values: readonly number[]) => WeightTensor,
): WeightTensor {
  const shape = shapeOfNumbers(value) ?? [];
  // Keras keeps them as float32.
  return constantArray(name, shape, flatNumbers(value).map(Math.fround));
}

/** As numpy broadcasts: aligned at the end, equal or 1. */
function broadcasts(found: readonly number[], shape: readonly number[]): boolean {
  if (found.length > shape.length) return false;
  return found.every((size, at) => size === 1 || size === shape[shape.length - found.length + at]);
}
