import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { add, local, mul, sub, x } from "../ir/scalar.ts";
import { staticSize } from "../ir/size.ts";
import { boolean } from "./arguments/basic.ts";
import { integerFrom, integer, nonNegativeNumber } from "./arguments/numbers.ts";
import type { ArgumentType } from "./arguments/parameter.ts";
import { acceptedAxes, broadcastStrides, resolveKnownAxes } from "./axis.ts";
import type { LayerDefinition } from "./definition.ts";
import { channelScaleParameters } from "./keras-objects/scale-parameters.ts";
import { momentSteps } from "./layer-normalization.ts";

export const groupsIndivisible = defineDiagnostic(
  "groups-indivisible",
  "error",
  "The channels of a GroupNormalization do not divide into its groups.",
  (at: { title: string; channels: number; groups: number; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} can't divide ${at.channels} channels into ${at.groups} groups`,
    help: `choose groups that divide ${at.channels}; -1 makes each channel a group`,
    related: at.related,
  }),
);

const positive = integerFrom(1);
/** A positive integer, or -1 for as many groups as channels. */
const groupCount: ArgumentType = {
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
export const groupNormalization: LayerDefinition = {
  className: "GroupNormalization",
  parameters: [
    { name: "groups", type: groupCount, default: 32 },
    { name: "axis", type: integer, default: -1 },
    { name: "epsilon", type: nonNegativeNumber, default: 0.001 },
    { name: "center", type: boolean, default: true },
    { name: "scale", type: boolean, default: true },
    ...channelScaleParameters,
  ],
  keepsShape: true,
  build({ config, input, site }) {
    const resolved = resolveKnownAxes(config["axis"] as number, input, site);
    if ("code" in resolved) return { kind: "rejected", diagnostic: resolved };
    const [channels] = resolved.shape as readonly [number];
    const groups = groupsOf(config["groups"] as number, channels);
    if (channels % groups !== 0) {
      const { title, related } = site;
      const diagnostic = groupsIndivisible(site.argument("groups"), { title, channels, groups, related });
      return { kind: "rejected", diagnostic };
    }
    const names = [...(config["scale"] === true ? ["gamma"] : []), ...(config["center"] === true ? ["beta"] : [])];
    const weights = names.map((name) => ({ name, shape: [channels], trainable: true }));
    return { kind: "built", outputShape: input, weights };
  },
  lower({ config, input, graph, weight }) {
    const [axis] = acceptedAxes(config["axis"] as number, input.shape.length) as readonly [number];
    const channels = (input.shape[axis] as { factor: number }).factor;
    const groups = groupsOf(config["groups"] as number, channels);
    const size = channels / groups;
    // The channels as two axes, [groups, size]; everything is reduced but the groups.
    const view = input.shape.flatMap((extent, at) => (at === axis ? [staticSize(groups), staticSize(size)] : [extent]));
    const names = [...(config["scale"] === true ? ["gamma"] : []), ...(config["center"] === true ? ["beta"] : [])];
    const normalized = mul(sub(x, local("mean")), local("scale"));
    const scaled = config["scale"] === true ? mul(normalized, local("gamma")) : normalized;
    const epsilon = config["epsilon"] as number;
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
          body: config["center"] === true ? add(scaled, local("beta")) : scaled,
        },
        formulas: [
          `in each of ${groups} groups: (x - mean) / sqrt(variance + ${epsilon})${names.map((name) => (name === "gamma" ? " * gamma" : " + beta")).join("")}`,
        ],
      },
      input.shape,
    );
  },
};

function groupsOf(groups: number, channels: number): number {
  return groups === -1 ? channels : groups;
}
