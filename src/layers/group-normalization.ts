import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { add, local, mul, sub, x } from "../ir/scalar.ts";
import type { Shape } from "../ir/shape.ts";
import { isStatic, staticSize } from "../ir/size.ts";
import { boolean } from "./arguments/basic.ts";
import { integer, integerFrom, nonNegativeNumber } from "./arguments/numbers.ts";
import { acceptedAxes, axesFromFront, axisParameter, broadcastStrides, resolveKnownAxes } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";
import type { ArgumentType, ConfigValue, LayerConfig } from "./definition.ts";
import { channelScale } from "./keras-objects/training-parameters.ts";
import { momentSteps } from "./layer-normalization.ts";
import { rejected } from "./rejected.ts";

export const groupsIndivisible = defineDiagnostic(
  "groups-indivisible",
  "error",
  "The channels of a GroupNormalization do not divide into its groups.",
  (at: { title: string; channels: number; groups: number; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} can't divide ${at.channels} channels into ${at.groups} groups`,
    help: `choose groups that divide ${at.channels}; -1 makes each channel a group`,
    related: at.related,
  }),
  () => ({
    meaning:
      "GroupNormalization divides the channels into groups of the same size, so their number must be a multiple of groups. Keras' default of 32 groups needs 32 channels or a multiple.",
    example: {
      kind: "source",
      source: "model M { input [2, 6] GroupNormalization(4) }",
      mended: "model M { input [2, 6] GroupNormalization(3) }",
    },
  }),
);

const positive = integerFrom(1);
/** A positive integer, or -1 for as many groups as channels. */
const groupCount: ArgumentType<number> = {
  expected: "a positive integer or -1",
  convert(value, site) {
    if (value.kind === "number" && value.value === -1) return integer.convert(value, site);
    return positive.convert(value, site);
  },
};

/**
 * Group normalization (Wu & He, 2018): the channels along an axis in groups of neighbours, and each group together with all
 * other axes brought to mean 0 and variance 1; then `* gamma + beta` by channel. Weights, each `[channels]`: gamma and beta
 * unless left out.
 */
export const groupNormalization = defineLayer({
  className: "GroupNormalization",
  doc: "Brings groups of channels, each together with all other axes, to mean 0 and variance 1, then scales and shifts each channel.",
  parameters: [
    {
      name: "groups",
      type: groupCount,
      default: 32,
      normalize: numberOfGroups,
      doc: "How many groups the channels make up; `-1`: each channel is one.",
    },
    {
      ...axisParameter,
      doc: "The axis of the channels. It counts as in Keras: 1 is the first of the shape, -1 the last.",
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
    ...channelScale.others,
  ],
  formula,
  keepsShape: true,
  build({ config, input, site }) {
    const resolved = resolveKnownAxes(config.axis, input, site);
    if (resolved.kind === "rejected") return resolved;
    const [channels] = resolved.shape as readonly [number];
    const groups = groupsOf(config.groups, channels);
    if (channels % groups !== 0) {
      const { title, related } = site;
      return rejected(groupsIndivisible(site.argument("groups"), { title, channels, groups, related }));
    }
    const names = [...(config.scale ? ["gamma"] : []), ...(config.center ? ["beta"] : [])];
    const weights = names.map((name) => ({ name, shape: [channels], trainable: true }));
    return { kind: "built", outputShape: input, weights };
  },
  lower({ config, input, graph, weight }) {
    const [axis] = acceptedAxes(config.axis, input.shape.length) as readonly [number];
    const channels = (input.shape[axis] as { factor: number }).factor;
    const groups = groupsOf(config.groups, channels);
    const size = channels / groups;
    // The channels as two axes, [groups, size]; everything is reduced but the groups.
    const view = input.shape.flatMap((extent, at) => (at === axis ? [staticSize(groups), staticSize(size)] : [extent]));
    const names = [...(config.scale ? ["gamma"] : []), ...(config.center ? ["beta"] : [])];
    const normalized = mul(sub(x, local("mean")), local("scale"));
    const scaled = config.scale ? mul(normalized, local("gamma")) : normalized;
    const epsilon = config.epsilon;
    return graph.reduceMap(
      input,
      {
        view,
        axes: view.map((_, at) => at).filter((at) => at !== axis),
        steps: momentSteps(epsilon),
        result: {
          kind: "map",
          weights: names.map((name) => ({
            name,
            weight: weight(name),
            strides: broadcastStrides(view.length, [axis, axis + 1], [groups, size]),
          })),
          body: config.center ? add(scaled, local("beta")) : scaled,
        },
        formulas: [`in each of ${groups} groups: ${formula(config)}`],
      },
      input.shape,
    );
  },
});

/** Keras replaces -1 by the number of channels when it builds the layer. */
function numberOfGroups(groups: ConfigValue, input: Shape, config: LayerConfig): ConfigValue {
  const [axis] = axesFromFront(config["axis"] ?? -1, input);
  const channels = typeof axis === "number" ? input[axis - 1] : undefined;
  return groups === -1 && channels !== undefined && isStatic(channels) ? channels.factor : groups;
}

function groupsOf(groups: number, channels: number): number {
  return groups === -1 ? channels : groups;
}

function formula({
  scale,
  center,
  epsilon,
}: Readonly<Record<"scale" | "center", boolean>> & { readonly epsilon: number }): string {
  return `(x - mean) / sqrt(variance + ${epsilon})${scale ? " * gamma" : ""}${center ? " + beta" : ""}`;
}
