import { applyActivation } from "../activations/apply.ts";
import type { Activation } from "../activations/definition.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { formatSize, isStatic, staticSize } from "../ir/size.ts";
import { activatedShape } from "./activated-shape.ts";
import { activation } from "./arguments/activation.ts";
import { boolean, optional } from "./arguments/basic.ts";
import { positiveInteger } from "./arguments/numbers.ts";
import { linearActivation, objectOf } from "./defaults.ts";
import type { LayerDefinition, WeightSpec } from "./definition.ts";
import { biasInitializer, biasRegularizer, constraint, initializer, regularizer } from "./keras-objects/types.ts";
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
);

/**
 * `activation(input · kernel + bias)` over the last axis: `[..., input_dim] -> [..., units]`; glu halves its
 * axis, which Keras' declared output shape leaves out. Weights: kernel `[input_dim, units]`, bias `[units]`. The initializers, regularizers and constraints act in training only.
 */
export const dense: LayerDefinition = {
  className: "Dense",
  parameters: [
    { name: "units", type: positiveInteger },
    { name: "activation", type: activation, default: linearActivation },
    { name: "use_bias", type: boolean, default: true },
    { name: "kernel_initializer", type: initializer, default: objectOf(initializer, "glorot_uniform") },
    { name: "bias_initializer", type: biasInitializer, default: objectOf(biasInitializer, "zeros") },
    { name: "kernel_regularizer", type: optional(regularizer), default: null },
    { name: "bias_regularizer", type: optional(biasRegularizer), default: null },
    { name: "activity_regularizer", type: optional(regularizer), default: null },
    { name: "kernel_constraint", type: optional(constraint), default: null },
    { name: "bias_constraint", type: optional(constraint), default: null },
  ],
  build({ config, input, site }) {
    const last = input.at(-1);
    const { title, related } = site;
    if (last === undefined) {
      return { kind: "rejected", diagnostic: denseNeedsAxis(site.span, { title, related }) };
    }
    if (!isStatic(last)) {
      const axis = formatSize(last);
      return { kind: "rejected", diagnostic: denseLastAxisUnknown(site.span, { title, input, axis, related }) };
    }
    const units = config["units"] as number;
    const product = [...input.slice(0, -1), staticSize(units)];
    const outputShape = activatedShape(config["activation"] as Activation, product, site);
    if ("code" in outputShape) return { kind: "rejected", diagnostic: outputShape };
    const weights: WeightSpec[] = [{ name: "kernel", shape: [last.factor, units], trainable: true }];
    if (config["use_bias"] === true) weights.push({ name: "bias", shape: [units], trainable: true });
    const warnings = warnOfActivation(config["activation"] as Activation, outputShape, site);
    return { kind: "built", outputShape, weights, warnings };
  },
  lower({ config, input, graph, weight }) {
    const bias = config["use_bias"] === true ? weight("bias") : undefined;
    const product = graph.dense(input, weight("kernel"), bias);
    return applyActivation(graph, product, config["activation"] as Activation);
  },
};
