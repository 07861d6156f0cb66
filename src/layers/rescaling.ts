import { identifierPart } from "../activations/apply.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { add, constant, local, mul, x, type Scalar, type ScalarFunction } from "../ir/scalar.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { isStatic } from "../ir/size.ts";
import { flatNumbers, givenNumbers, shapeOfNumbers, type Numbers } from "./arguments/given-numbers.ts";
import { broadcastStrides } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";
import type { LowerContext } from "./definition.ts";
import { rejected } from "./rejected.ts";

export const rescalingValues = defineDiagnostic(
  "rescaling-values",
  "error",
  "The lists of a Rescaling don't fit its input.",
  (at: { title: string; name: string; found: string; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} has ${at.found} for its ${at.name}, which can't be spread over the input ${formatShape(at.input)}`,
    help: "give a number for all places, or a list with one for each place along the last axis",
    related: at.related,
  }),
  () => ({
    meaning:
      "A list has one number for each place along the last axis of the input; lists in it are for the axes before. An axis of one element is spread over all places.",
    example: {
      kind: "source",
      source: "model M { input [2] Rescaling([0.5, 0.25, 0.125]) }",
      mended: "model M { input [2] Rescaling([0.5, 0.25]) }",
    },
  }),
);

/**
 * `x * scale + offset`, each a number for all elements, or lists of numbers that are spread over the input as numpy does: one
 * for each place along the last axis. The shape stays. No weights.
 */
export const rescaling = defineLayer({
  className: "Rescaling",
  doc: "Multiplies all values by a number and adds another one.",
  parameters: [
    {
      name: "scale",
      type: givenNumbers,
      doc: "What values are multiplied by: a number, or a list with one for each place along the last axis.",
    },
    {
      name: "offset",
      type: givenNumbers,
      default: 0,
      doc: "What is added then: a number, or a list with one for each place along the last axis.",
    },
  ],
  formula({ scale, offset }) {
    return typeof scale === "number" && typeof offset === "number"
      ? rescale(scale, offset).formula
      : formulaOf(scale, offset);
  },
  keepsShape: true,
  meaning({ scale, offset }) {
    if (scale === 1 && offset === 0) return { kind: "identity" };
    return typeof scale === "number" && typeof offset === "number"
      ? { kind: "own", elementwise: true }
      : { kind: "own" };
  },
  build({ config, input, site }) {
    for (const name of ["scale", "offset"] as const) {
      const shape = shapeOfNumbers(config[name]);
      if (shape !== undefined && isSpread(shape, input)) continue;
      const { title, related } = site;
      const found = shape === undefined ? "lists of different lengths" : `numbers of the shape [${shape.join(", ")}]`;
      return rejected(rescalingValues(site.argument(name), { title, name, found, input, related }));
    }
    return { kind: "built", outputShape: input, weights: [] };
  },
  lower(context) {
    const { scale, offset } = context.config;
    if (typeof scale === "number" && typeof offset === "number") {
      return context.graph.elementwise(context.input, rescale(scale, offset));
    }
    const [factor, term] = [operand(context, "scale", scale), operand(context, "offset", offset)];
    const scaled = scale === 1 ? x : mul(x, factor.value);
    return context.graph.weightedMap(context.input, {
      view: context.input.shape,
      weights: [...(scale === 1 ? [] : factor.weights), ...(offset === 0 ? [] : term.weights)],
      body: offset === 0 ? scaled : add(scaled, term.value),
      formula: formulaOf(scale, offset),
    });
  },
});

function formulaOf(scale: Numbers, offset: Numbers): string {
  return scale === 1 ? "x + offset" : offset === 0 ? "x * scale" : "x * scale + offset";
}

/** As numpy spreads an array over another: aligned at the end, the batch axis in front; equal, or 1. */
function isSpread(shape: readonly number[], input: Shape): boolean {
  const beyond = shape.slice(0, Math.max(0, shape.length - input.length));
  if (beyond.length > 1 || beyond.some((size) => size !== 1)) return false;
  const own = shape.slice(beyond.length);
  return own.every((size, at) => {
    const axis = input[input.length - own.length + at];
    return size === 1 || (axis !== undefined && isStatic(axis) && axis.factor === size);
  });
}

/** A number as a constant, lists as an array with its strides along the axes of the input. */
function operand(
  { input, constant: constantArray }: LowerContext,
  name: "scale" | "offset",
  value: Numbers,
): {
  readonly value: Scalar;
  readonly weights: readonly {
    readonly name: string;
    readonly weight: ReturnType<typeof constantArray>;
    readonly strides: readonly number[];
  }[];
} {
  if (typeof value === "number") return { value: constant(value), weights: [] };
  const rank = input.shape.length;
  const shape = (shapeOfNumbers(value) ?? []).slice(-rank);
  const axes = shape.map((_, at) => rank - shape.length + at);
  // Axes of one element are shared.
  const strides = broadcastStrides(rank, axes, shape).map((stride, axis) =>
    shape[axis - rank + shape.length] === 1 ? 0 : stride,
  );
  // Keras keeps them as float32.
  const weight = constantArray(name, shape, flatNumbers(value).map(Math.fround));
  return { value: local(name), weights: [{ name, weight, strides }] };
}

function rescale(scale: number, offset: number): ScalarFunction {
  const scaled = mul(x, constant(scale));
  const name = `rescale_${identifierPart(scale)}`;
  // Adding zero would only turn -0 into 0.
  if (offset === 0) return { name, formula: `x * ${scale}`, body: scaled };
  return {
    name: `${name}_offset_${identifierPart(offset)}`,
    formula: offset < 0 ? `x * ${scale} - ${-offset}` : `x * ${scale} + ${offset}`,
    body: add(scaled, constant(offset)),
  };
}
