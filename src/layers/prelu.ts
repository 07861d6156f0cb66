import { constant, local, mul, select, x } from "../ir/scalar.ts";
import { isStatic, formatSize } from "../ir/size.ts";
import { listOf, listOr, optional } from "./arguments/basic.ts";
import { positiveInteger } from "./arguments/numbers.ts";
import { axesFromFront, axisOutOfRange, axisSizeUnknown, broadcastStrides } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";
import {
  constraintParameter,
  initializerParameter,
  regularizerParameter,
} from "./keras-objects/training-parameters.ts";
import { rejected } from "./rejected.ts";

const formula = "x > 0 ? x : alpha * x";

/**
 * Parametric ReLU (He et al., 2015): `x` above zero, else `alpha * x`. Weight: alpha, with the shape of the input; along
 * `shared_axes` (1 is the first axis of the shape) it has one place for all.
 */
export const prelu = defineLayer({
  className: "PReLU",
  doc: "A `relu` with a trained slope for negative values.",
  parameters: [
    { ...initializerParameter("alpha_initializer", "zeros"), formerName: "init" },
    regularizerParameter("alpha_regularizer"),
    constraintParameter("alpha_constraint"),
    {
      name: "shared_axes",
      type: optional(listOr(listOf(positiveInteger, "a list of positive integers"), positiveInteger)),
      default: null,
      normalize: axesFromFront,
      doc: "The axes along which all places have one slope, counted from 1; `none`: each place has its own.",
    },
  ],
  formula: () => formula,
  keepsShape: true,
  build({ config, input, site }) {
    const { title, related } = site;
    const shared = sharedAxes(config);
    const outside = shared.find((axis) => axis > input.length);
    if (outside !== undefined) {
      const span = site.argument("shared_axes");
      return rejected(axisOutOfRange(span, { title, axis: outside, input, related }));
    }
    const unknown = input.find((size, axis) => !isStatic(size) && !shared.includes(axis + 1));
    if (unknown !== undefined) {
      const axis = formatSize(unknown);
      return rejected(axisSizeUnknown(site.span, { title, axis, input, related }));
    }
    const shape = input.map((size, axis) => (shared.includes(axis + 1) ? 1 : size.factor));
    return { kind: "built", outputShape: input, weights: [{ name: "alpha", shape, trainable: true }] };
  },
  lower({ config, input, graph, weight }) {
    const alpha = weight("alpha");
    const shared = sharedAxes(config);
    const rank = input.shape.length;
    const own = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !shared.includes(axis + 1));
    const strides = broadcastStrides(
      rank,
      own,
      own.map((axis) => alpha.shape[axis] as number),
    );
    return graph.weightedMap(input, {
      view: input.shape,
      weights: [{ name: "alpha", weight: alpha, strides }],
      // Written so that NaN stays NaN either way.
      body: select(x, "gt", constant(0), x, mul(local("alpha"), x)),
      formula,
    });
  },
});

function sharedAxes({
  shared_axes: axes,
}: {
  readonly shared_axes: number | readonly number[] | null;
}): readonly number[] {
  if (axes === null) return [];
  return typeof axes === "number" ? [axes] : axes;
}
