import { applyActivation } from "../activations/apply.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { formatSize, isStatic, staticSize } from "../ir/size.ts";
import { activatedFormula } from "./activated-formula.ts";
import { activatedShape } from "./activated-shape.ts";
import { activation } from "./arguments/activation.ts";
import { boolean } from "./arguments/basic.ts";
import { positiveInteger } from "./arguments/numbers.ts";
import { linearActivation } from "./defaults.ts";
import { defineLayer } from "./define-layer.ts";
import type { WeightSpec } from "./definition.ts";
import {
  constraintParameter,
  initializerParameter,
  regularizerParameter,
} from "./keras-objects/training-parameters.ts";
import { biasInitializer, biasRegularizer } from "./keras-objects/types.ts";
import { rejected } from "./rejected.ts";
import { warnOfActivation } from "./softmax-of-one.ts";

export const denseLastAxisUnknown = defineDiagnostic(
  "dense-last-axis-unknown",
  "error",
  "The axis a Dense layer contracts is a run-time dim, so its kernel has no size.",
  (at: { title: string; input: Shape; axis: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} needs a known last axis to size its kernel, found ${formatShape(at.input)}`,
    label: `'${at.axis}' is known only at run time`,
    related: at.related,
    help: "put a fixed axis last, for example with Reshape",
  }),
  () => ({
    meaning:
      "Dense multiplies the last axis with a kernel [inputs, units] of trained numbers, so the size of that axis must be known when the model is compiled. Other axes may be dims.",
    example: {
      kind: "source",
      source: "dim time model M { input [64, time] Dense(10) }",
      mended: "dim time model M { input [time, 64] Dense(10) }",
    },
  }),
);

export const denseNeedsAxis = defineDiagnostic(
  "dense-needs-axis",
  "error",
  "A Dense layer gets a single number instead of a vector.",
  (at: { title: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} needs an input of at least one axis, found [], a single number`,
    related: at.related,
    help: "Flatten() makes it a vector of one",
  }),
  () => ({
    meaning: "Dense works along the last axis of its input, and a single number, the shape [], has none.",
    example: {
      kind: "source",
      source: "model M { input [] Dense(3) }",
      mended: "model M { input [] Flatten() Dense(3) }",
    },
  }),
);

/**
 * `activation(input · kernel + bias)` over the last axis: `[..., input_dim] -> [..., units]`; glu halves its
 * axis, which Keras' declared output shape leaves out. Weights: kernel `[input_dim, units]`, bias `[units]`. The initializers, regularizers and constraints act in training only.
 */
export const dense = defineLayer({
  className: "Dense",
  doc: "A fully connected layer: multiplies the last axis with a trained kernel and adds a bias.",
  parameters: [
    {
      name: "units",
      type: positiveInteger,
      formerName: "output_dim",
      doc: "How many values it gives: the size of the output's last axis.",
    },
    {
      name: "activation",
      type: activation,
      default: linearActivation,
      doc: "The function that is applied to each value; `linear` leaves it as it is.",
    },
    {
      name: "use_bias",
      type: boolean,
      default: true,
      formerName: "bias",
      doc: "Whether a trained bias is added to each value.",
    },
    { ...initializerParameter("kernel_initializer", "glorot_uniform"), formerName: "init" },
    initializerParameter("bias_initializer", "zeros", biasInitializer),
    { ...regularizerParameter("kernel_regularizer"), formerName: "W_regularizer" },
    { ...regularizerParameter("bias_regularizer", biasRegularizer), formerName: "b_regularizer" },
    regularizerParameter("activity_regularizer"),
    { ...constraintParameter("kernel_constraint"), formerName: "W_constraint" },
    { ...constraintParameter("bias_constraint"), formerName: "b_constraint" },
  ],
  // Its weights are saved with those of LoRA added to them.
  silent: ["lora_rank", "lora_alpha", "quantization_config"],
  formula: ({ activation: applied, use_bias: biased }) =>
    activatedFormula(applied, `x · kernel${biased ? " + bias" : ""}`),
  build({ config, input, site }) {
    const last = input.at(-1);
    const { title, related } = site;
    if (last === undefined) {
      return rejected(denseNeedsAxis(site.span, { title, related }));
    }
    if (!isStatic(last)) {
      const axis = formatSize(last);
      return rejected(denseLastAxisUnknown(site.span, { title, input, axis, related }));
    }
    const { units, use_bias: biased } = config;
    const product = [...input.slice(0, -1), staticSize(units)];
    const activated = activatedShape(config.activation, product, site);
    if (activated.kind === "rejected") return activated;
    const { shape: outputShape } = activated;
    const weights: WeightSpec[] = [{ name: "kernel", shape: [last.factor, units], trainable: true }];
    if (biased) weights.push({ name: "bias", shape: [units], trainable: true });
    const warnings = warnOfActivation(config.activation, outputShape, site);
    return { kind: "built", outputShape, weights, warnings };
  },
  lower({ config, input, graph, weight }) {
    const bias = config.use_bias ? weight("bias") : undefined;
    const product = graph.dense(input, weight("kernel"), bias);
    return applyActivation(graph, product, config.activation);
  },
});
