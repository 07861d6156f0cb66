import type { ReductionStep } from "../ir/graph.ts";
import { add, constant, div, local, mul, sqrt, sub, x } from "../ir/scalar.ts";
import { boolean } from "./arguments/basic.ts";
import { nonNegativeNumber } from "./arguments/numbers.ts";
import { acceptedAxes, axesParameter, broadcastStrides, resolveKnownAxes } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";
import type { WeightSpec } from "./definition.ts";
import { anyScale } from "./keras-objects/training-parameters.ts";

/** Mean and inverse standard deviation of what is reduced, as steps; `mean` and `scale` are their locals. */
export function momentSteps(epsilon: number): readonly ReductionStep[] {
  const difference = sub(x, local("mean"));
  return [
    { kind: "reduce", name: "mean", combine: "mean", term: x },
    { kind: "reduce", name: "variance", combine: "mean", term: mul(difference, difference) },
    { kind: "let", name: "scale", value: div(constant(1), sqrt(add(local("variance"), constant(epsilon)))) },
  ];
}

/**
 * Layer normalization (Ba et al., 2016) over one or more axes: `(x - mean) / sqrt(variance + epsilon) * gamma + beta`.
 * Weights, with the shape of those axes: gamma and beta unless left out. `rms_scaling` is Keras' deprecated variant,
 * `x / sqrt(variance + epsilon) * gamma` with gamma and without beta whatever `scale` and `center` say; the variance is
 * about the mean, so that it is no RMS normalization.
 */
export const layerNormalization = defineLayer({
  className: "LayerNormalization",
  doc: "Brings the values along its axes to mean 0 and variance 1, then scales and shifts them.",
  parameters: [
    {
      ...axesParameter,
      doc: "The axis or axes whose values are normalised together. They count as in Keras: 1 is the first of the shape, -1 the last.",
    },
    {
      name: "epsilon",
      type: nonNegativeNumber,
      default: 0.001,
      doc: "Added to the variance, so that nothing is divided by zero.",
    },
    { name: "center", type: boolean, default: true, doc: "Whether `beta` is added." },
    { name: "scale", type: boolean, default: true, doc: "Whether it is multiplied by `gamma`." },
    ...anyScale.initializers,
    ...anyScale.others,
    {
      name: "rms_scaling",
      type: boolean,
      default: false,
      doc: "Keras' deprecated variant: divides by the deviation without taking off the mean, and adds no `beta`.",
    },
  ],
  formula,
  keepsShape: true,
  build({ config, input, site }) {
    const resolved = resolveKnownAxes(config.axis, input, site);
    if (resolved.kind === "rejected") return resolved;
    const weights = weightNames(config).map((name): WeightSpec => ({ name, shape: resolved.shape, trainable: true }));
    return { kind: "built", outputShape: input, weights };
  },
  lower({ config, input, graph, weight }) {
    const rank = input.shape.length;
    const axes = acceptedAxes(config.axis, rank);
    const names = weightNames(config);
    const epsilon = config.epsilon;
    const centered = config.rms_scaling ? x : sub(x, local("mean"));
    const normalized = mul(centered, local("scale"));
    const scaled = names.includes("gamma") ? mul(normalized, local("gamma")) : normalized;
    return graph.reduceMap(
      input,
      {
        view: input.shape,
        axes,
        steps: momentSteps(epsilon),
        result: {
          kind: "map",
          weights: names.map((name) => {
            const tensor = weight(name);
            return { name, weight: tensor, strides: broadcastStrides(rank, axes, tensor.shape) };
          }),
          body: names.includes("beta") ? add(scaled, local("beta")) : scaled,
        },
        formulas: [formula(config)],
      },
      input.shape,
    );
  },
});

interface WeightArguments {
  readonly rms_scaling: boolean;
  readonly scale: boolean;
  readonly center: boolean;
}

function weightNames(config: WeightArguments): readonly string[] {
  if (config.rms_scaling) return ["gamma"];
  return [...(config.scale ? ["gamma"] : []), ...(config.center ? ["beta"] : [])];
}

function formula(config: WeightArguments & { readonly epsilon: number }): string {
  const weights = weightNames(config).map((name) => (name === "gamma" ? " * gamma" : " + beta"));
  return `${config.rms_scaling ? "x" : "(x - mean)"} / sqrt(variance + ${config.epsilon})${weights.join("")}`;
}
