import type { WeightOperand } from "../ir/graph.ts";
import { add, constant, div, local, mul, sqrt, sub, x } from "../ir/scalar.ts";
import { boolean } from "./arguments/basic.ts";
import { integer, nonNegativeNumber, number, numberBetween } from "./arguments/numbers.ts";
import { nothing } from "./arguments/nothing.ts";
import { acceptedAxes, broadcastStrides, resolveKnownAxes } from "./axis.ts";
import type { LayerDefinition, WeightSpec } from "./definition.ts";
import { channelScaleParameters, movingInitializers } from "./keras-objects/scale-parameters.ts";

/**
 * Batch normalization outside of training (Ioffe & Szegedy, 2015): along one axis,
 * `gamma * (x - moving_mean) / sqrt(moving_variance + epsilon) + beta`. Weights, each `[channels]`: gamma and beta unless
 * left out, then the moving statistics, which training does not update by gradients.
 */
export const batchNormalization: LayerDefinition = {
  className: "BatchNormalization",
  parameters: [
    { name: "axis", type: integer, default: -1 },
    { name: "momentum", type: number, default: 0.99 },
    { name: "epsilon", type: nonNegativeNumber, default: 0.001 },
    { name: "center", type: boolean, default: true },
    { name: "scale", type: boolean, default: true },
    ...channelScaleParameters.slice(0, 2),
    ...movingInitializers,
    ...channelScaleParameters.slice(2),
    { name: "renorm", type: boolean, default: false },
    { name: "renorm_clipping", type: nothing, default: null },
    { name: "renorm_momentum", type: numberBetween(0, 1), default: 0.99 },
    { name: "synchronized", type: boolean, default: false },
  ],
  keepsShape: true,
  build({ config, input, site }) {
    const resolved = resolveKnownAxes(config["axis"] as number, input, site);
    if ("code" in resolved) return { kind: "rejected", diagnostic: resolved };
    const weight = (name: string, trainable: boolean): WeightSpec => ({ name, shape: resolved.shape, trainable });
    const weights = [
      ...(config["scale"] === true ? [weight("gamma", true)] : []),
      ...(config["center"] === true ? [weight("beta", true)] : []),
      weight("moving_mean", false),
      weight("moving_variance", false),
      // Batch renormalization keeps three more; they act in training only.
      ...(config["renorm"] === true
        ? [weight("moving_stddev", false), weight("renorm_mean", false), weight("renorm_stddev", false)]
        : []),
    ];
    return { kind: "built", outputShape: input, weights };
  },
  lower({ config, input, graph, weight }) {
    const rank = input.shape.length;
    const axes = acceptedAxes(config["axis"] as number, rank);
    const operand = (name: string): WeightOperand => {
      const tensor = weight(name);
      return { name, weight: tensor, strides: broadcastStrides(rank, axes, tensor.shape) };
    };
    const scaled = config["scale"] === true;
    const centered = config["center"] === true;
    const epsilon = config["epsilon"] as number;
    const difference = sub(x, local("moving_mean"));
    const deviation = sqrt(add(local("moving_variance"), constant(epsilon)));
    const normalized = scaled ? div(mul(local("gamma"), difference), deviation) : div(difference, deviation);
    const names = [...(scaled ? ["gamma"] : []), ...(centered ? ["beta"] : []), "moving_mean", "moving_variance"];
    return graph.weightedMap(input, {
      view: input.shape,
      weights: names.map(operand),
      body: centered ? add(normalized, local("beta")) : normalized,
      formula: `${scaled ? "gamma * " : ""}(x - moving_mean) / sqrt(moving_variance + ${epsilon})${centered ? " + beta" : ""}`,
    });
  },
};
