import { applyActivation } from "../activations/apply.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import { activatedFormula } from "./activated-formula.ts";
import { activatedShape } from "./activated-shape.ts";
import { activation } from "./arguments/activation.ts";
import { dimOr, listOf, optional } from "./arguments/basic.ts";
import { nothing } from "./arguments/nothing.ts";
import { positiveInteger } from "./arguments/numbers.ts";
import { text } from "./arguments/text.ts";
import { linearActivation } from "./defaults.ts";
import { defineLayer } from "./define-layer.ts";
import type { ArgumentType, WeightSpec } from "./definition.ts";
import { planEinsum, type EinsumPlan, type EinsumResult } from "./plan-einsum.ts";
import {
  constraintParameter,
  initializerParameter,
  regularizerParameter,
} from "./keras-objects/training-parameters.ts";
import { rejected } from "./rejected.ts";
import { warnOfActivation } from "./softmax-of-one.ts";

export const einsumMismatch = defineDiagnostic(
  "einsum-mismatch",
  "error",
  "The equation, the output shape or the bias axes of an EinsumDense don't fit its input or one another.",
  (at: { title: string; problem: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} can't be computed: ${at.problem}`,
    related: at.related,
  }),
  () => ({
    meaning:
      "The equation names the axes of input, kernel and output by letters, the batch axis included; output_shape leaves the batch axis out. The message says which of them don't fit.",
    example: {
      kind: "source",
      source: 'model M { input [2, 3] EinsumDense("ab,bc->ac", 4) }',
      mended: 'model M { input [2, 3] EinsumDense("abc,cd->abd", [none, 4]) }',
    },
  }),
);

const axes = listOf(optional(dimOr(positiveInteger)), "a list of sizes");
const outputShapeType: ArgumentType<number | readonly (number | string | null)[]> = {
  expected: `a positive integer or ${axes.expected}`,
  convert: (value, site) => (value.kind === "list" ? axes.convert(value, site) : positiveInteger.convert(value, site)),
};

/**
 * `activation(einsum(equation, input, kernel) + bias)`. Letters of the equation name axes, the first one the batch axis;
 * `output_shape` leaves that out, and what `...` stands for. Weights: kernel, with the axes of the equation's middle part;
 * bias over `bias_axes`, from the first of them on, with 1 for each axis between.
 */
export const einsumDense = defineLayer({
  className: "EinsumDense",
  doc: "A Dense whose product is an Einstein summation: an equation says which axes of input and kernel are multiplied and summed up.",
  silent: ["lora_rank", "lora_alpha"],
  parameters: [
    {
      name: "equation",
      type: text('an equation such as "abc,cd->abd"'),
      doc: 'The summation as letters: the axes of the input, of the kernel, and of the output, such as "abc,cd->abd". The first one is the batch axis; `...` are axes that stay.',
    },
    {
      name: "output_shape",
      type: outputShapeType,
      doc: "The axes of the output without the batch axis and those of `...`; `none` takes a size from the input.",
    },
    {
      name: "activation",
      type: activation,
      default: linearActivation,
      doc: "The function that is applied to each value; `linear` leaves it as it is.",
    },
    {
      name: "bias_axes",
      type: optional(text('letters of the output such as "d"')),
      default: null,
      doc: "The letters of the output's axes along which a bias is added; `none`: there is no bias.",
    },
    initializerParameter("kernel_initializer", "glorot_uniform"),
    initializerParameter("bias_initializer", "zeros"),
    regularizerParameter("kernel_regularizer"),
    regularizerParameter("bias_regularizer"),
    constraintParameter("kernel_constraint"),
    constraintParameter("bias_constraint"),
    {
      name: "lora_rank",
      type: nothing("a layer is trained whole, without a low-rank adaptation"),
      default: null,
      trainingOnly: true,
      doc: "The rank of a low-rank adaptation in training; only `none` can be written here.",
    },
    {
      name: "lora_alpha",
      type: nothing("a layer is trained whole, without a low-rank adaptation"),
      default: null,
      trainingOnly: true,
      doc: "The scale of a low-rank adaptation in training; only `none` can be written here.",
    },
    regularizerParameter("activity_regularizer"),
  ],
  formula: ({ activation: applied, equation, bias_axes: biasAxes }) =>
    activatedFormula(applied, `einsum(${JSON.stringify(equation)}, x, kernel)${biasAxes === null ? "" : " + bias"}`),
  build({ config, input, site }) {
    const plan = planOf(config, input);
    if (plan.kind === "problem") {
      const { title, related } = site;
      return rejected(einsumMismatch(site.span, { title, problem: plan.problem, related }));
    }
    const activated = activatedShape(config.activation, plan.outputShape, site);
    if (activated.kind === "rejected") return activated;
    const weights: WeightSpec[] = [{ name: "kernel", shape: plan.kernelShape, trainable: true }];
    if (plan.biasShape !== undefined) weights.push({ name: "bias", shape: plan.biasShape, trainable: true });
    const warnings = warnOfActivation(config.activation, plan.outputShape, site);
    return { kind: "built", outputShape: activated.shape, weights, warnings };
  },
  lower({ config, input, graph, weight }) {
    const plan = planOf(config, input.shape) as EinsumPlan;
    const bias = plan.biasShape === undefined ? {} : { bias: weight("bias") };
    const contraction = { axes: plan.axes, kernel: weight("kernel"), ...bias };
    const product = graph.einsum(input, contraction, plan.outputShape);
    return applyActivation(graph, product, config.activation);
  },
});

interface EinsumArguments {
  readonly equation: string;
  readonly output_shape: number | readonly (number | string | null)[];
  readonly bias_axes: string | null;
}

function planOf({ equation, output_shape: target, bias_axes: biasAxes }: EinsumArguments, input: Shape): EinsumResult {
  return planEinsum(equation, typeof target === "number" ? [target] : target, biasAxes, input);
}
