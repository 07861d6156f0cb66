import { applyActivation } from "../activations/apply.ts";
import type { Activation } from "../activations/definition.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import { activatedShape } from "./activated-shape.ts";
import { activation } from "./arguments/activation.ts";
import { dimOr, listOf, optional } from "./arguments/basic.ts";
import { nothing } from "./arguments/nothing.ts";
import { positiveInteger } from "./arguments/numbers.ts";
import type { ArgumentType } from "./arguments/parameter.ts";
import { text } from "./arguments/text.ts";
import { linearActivation, objectOf } from "./defaults.ts";
import type { LayerConfig, LayerDefinition, WeightSpec } from "./definition.ts";
import { planEinsum, type EinsumPlan } from "./einsum-equation.ts";
import { constraint, initializer, regularizer } from "./keras-objects/types.ts";
import { warnOfActivation } from "./softmax-of-one.ts";

export const einsumMismatch = defineDiagnostic(
  "einsum-mismatch",
  "error",
  "The equation, the output shape or the bias axes of an EinsumDense don't fit its input or one another.",
  (at: { title: string; problem: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} can't be computed: ${at.problem}`,
    related: at.related,
  }),
);

const axes = listOf(optional(dimOr(positiveInteger)), "a list of sizes");
const outputShapeType: ArgumentType = {
  expected: `a positive integer or ${axes.expected}`,
  convert: (value, site) => (value.kind === "list" ? axes.convert(value, site) : positiveInteger.convert(value, site)),
};

/**
 * `activation(einsum(equation, input, kernel) + bias)`. Letters of the equation name axes, the first one the batch axis;
 * `output_shape` leaves that out, and what `...` stands for. Weights: kernel, with the axes of the equation's middle part;
 * bias over `bias_axes`, from the first of them on, with 1 for each axis between.
 */
export const einsumDense: LayerDefinition = {
  className: "EinsumDense",
  parameters: [
    { name: "equation", type: text('an equation such as "abc,cd->abd"') },
    { name: "output_shape", type: outputShapeType },
    { name: "activation", type: activation, default: linearActivation },
    { name: "bias_axes", type: optional(text('letters of the output such as "d"')), default: null },
    { name: "kernel_initializer", type: initializer, default: objectOf(initializer, "glorot_uniform") },
    { name: "bias_initializer", type: initializer, default: objectOf(initializer, "zeros") },
    { name: "kernel_regularizer", type: optional(regularizer), default: null },
    { name: "bias_regularizer", type: optional(regularizer), default: null },
    { name: "kernel_constraint", type: optional(constraint), default: null },
    { name: "bias_constraint", type: optional(constraint), default: null },
    { name: "lora_rank", type: nothing, default: null },
    { name: "lora_alpha", type: nothing, default: null },
    { name: "activity_regularizer", type: optional(regularizer), default: null },
  ],
  build({ config, input, site }) {
    const plan = planOf(config, input);
    if (typeof plan === "string") {
      const { title, related } = site;
      return { kind: "rejected", diagnostic: einsumMismatch(site.span, { title, problem: plan, related }) };
    }
    const chosen = config["activation"] as Activation;
    const outputShape = activatedShape(chosen, plan.outputShape, site);
    if ("code" in outputShape) return { kind: "rejected", diagnostic: outputShape };
    const weights: WeightSpec[] = [{ name: "kernel", shape: plan.kernelShape, trainable: true }];
    if (plan.biasShape !== undefined) weights.push({ name: "bias", shape: plan.biasShape, trainable: true });
    return { kind: "built", outputShape, weights, warnings: warnOfActivation(chosen, plan.outputShape, site) };
  },
  lower({ config, input, graph, weight }) {
    const plan = planOf(config, input.shape) as EinsumPlan;
    const bias = plan.biasShape === undefined ? {} : { bias: weight("bias") };
    const contraction = { axes: plan.axes, kernel: weight("kernel"), ...bias };
    const product = graph.einsum(input, contraction, plan.outputShape);
    return applyActivation(graph, product, config["activation"] as Activation);
  },
};

function planOf(config: LayerConfig, input: Shape): EinsumPlan | string {
  const target = config["output_shape"] as number | readonly (number | string | null)[];
  return planEinsum(
    config["equation"] as string,
    typeof target === "number" ? [target] : target,
    config["bias_axes"] as string | null,
    input,
  );
}
