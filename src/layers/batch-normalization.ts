import type { Tensor, WeightOperand } from "../ir/graph.ts";
import { add, constant, div, local, mul, sqrt, sub, x } from "../ir/scalar.ts";
import { boolean } from "./arguments/basic.ts";
import { nonNegativeNumber, number, numberBetween } from "./arguments/numbers.ts";
import { nothing } from "./arguments/nothing.ts";
import { acceptedAxes, axisParameter, broadcastStrides, resolveKnownAxes } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";
import { normalizeByBatch } from "./batch-statistics.ts";
import type { LowerContext, WeightSpec } from "./definition.ts";
import { channelScale, initializerParameter } from "./keras-objects/training-parameters.ts";
import { biasInitializer } from "./keras-objects/types.ts";

/**
 * Batch normalization outside of training (Ioffe & Szegedy, 2015): along one axis,
 * `gamma * (x - moving_mean) / sqrt(moving_variance + epsilon) + beta`. Weights, each `[channels]`: gamma and beta unless
 * left out, then the moving statistics, which training does not update by gradients.
 */
export const batchNormalization = defineLayer({
  className: "BatchNormalization",
  doc: "Normalises each channel by the mean and the variance that training has gathered, then scales and shifts it.",
  parameters: [
    {
      ...axisParameter,
      doc: "The axis of the channels, each of which has statistics of its own. It counts as in Keras: 1 is the first of the shape, -1 the last.",
    },
    {
      name: "momentum",
      type: number,
      default: 0.99,
      trainingOnly: true,
      doc: "How slowly the moving mean and variance follow the batches in training.",
    },
    {
      name: "epsilon",
      type: nonNegativeNumber,
      default: 0.001,
      doc: "Added to the variance, so that nothing is divided by zero.",
    },
    { name: "center", type: boolean, default: true, doc: "Whether `beta` is added." },
    { name: "scale", type: boolean, default: true, doc: "Whether it is multiplied by `gamma`." },
    ...channelScale.initializers,
    initializerParameter("moving_mean_initializer", "zeros", biasInitializer),
    initializerParameter("moving_variance_initializer", "ones", biasInitializer),
    ...channelScale.others,
    {
      name: "renorm",
      type: boolean,
      default: false,
      doc: "Whether training used batch renormalization, which leaves three more weights in its files; they act in training only.",
    },
    {
      name: "renorm_clipping",
      type: nothing("batches are not renormalized"),
      default: null,
      trainingOnly: true,
      doc: "Limits of batch renormalization; only `none` can be written here.",
    },
    {
      name: "renorm_momentum",
      type: numberBetween(0, 1),
      default: 0.99,
      trainingOnly: true,
      doc: "How slowly the statistics of batch renormalization follow the batches in training.",
    },
    {
      name: "synchronized",
      type: boolean,
      default: false,
      trainingOnly: true,
      doc: "Whether training on several devices gathers its statistics over all of them.",
    },
  ],
  formula,
  keepsShape: true,
  build({ config, input, site }) {
    const resolved = resolveKnownAxes(config.axis, input, site);
    if (resolved.kind === "rejected") return resolved;
    const weight = (name: string, trainable: boolean): WeightSpec => ({ name, shape: resolved.shape, trainable });
    const weights = [
      ...(config.scale ? [weight("gamma", true)] : []),
      ...(config.center ? [weight("beta", true)] : []),
      weight("moving_mean", false),
      weight("moving_variance", false),
      // Batch renormalization keeps three more; they act in training only.
      ...(config.renorm
        ? [weight("moving_stddev", false), weight("renorm_mean", false), weight("renorm_stddev", false)]
        : []),
    ];
    return { kind: "built", outputShape: input, weights };
  },
  lower: normalize,
  train(context) {
    const { isTraining, trainable } = context;
    return isTraining && trainable ? normalizeByBatch(context) : normalize(context);
  },
});

type Config = Readonly<Record<"scale" | "center", boolean>> & { readonly epsilon: number; readonly axis: number };

/** By the moving statistics. */
function normalize({ config, input, graph, weight }: LowerContext<Config>): Tensor {
  const rank = input.shape.length;
  const axes = acceptedAxes(config.axis, rank);
  const operand = (name: string): WeightOperand => {
    const tensor = weight(name);
    return { name, weight: tensor, strides: broadcastStrides(rank, axes, tensor.shape) };
  };
  const scaled = config.scale;
  const centered = config.center;
  const epsilon = config.epsilon;
  const difference = sub(x, local("moving_mean"));
  const deviation = sqrt(add(local("moving_variance"), constant(epsilon)));
  const normalized = scaled ? div(mul(local("gamma"), difference), deviation) : div(difference, deviation);
  const names = [...(scaled ? ["gamma"] : []), ...(centered ? ["beta"] : []), "moving_mean", "moving_variance"];
  return graph.weightedMap(input, {
    view: input.shape,
    weights: names.map(operand),
    body: centered ? add(normalized, local("beta")) : normalized,
    formula: formula(config),
  });
}

function formula({ scale, center, epsilon }: Omit<Config, "axis">): string {
  return `${scale ? "gamma * " : ""}(x - moving_mean) / sqrt(moving_variance + ${epsilon})${center ? " + beta" : ""}`;
}
