import { chooseAxis, flag, known, lastKnown, oneOf, weight, type Axis, type LayerCase } from "./layer-case.ts";
import { alongAxes, at, make, reshape, type Nd } from "./nd.ts";

/** The mean of some values. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
};

/** `input * gamma + beta` with arrays over some axes, in the order of the axes. */
function scaled(input: Nd, axes: readonly number[], gamma: Nd | undefined, beta: Nd | undefined): Nd {
  return make(input.shape, (index) => {
    const place = axes.map((axis) => index[axis] as number);
    const factor = gamma === undefined ? 1 : at(gamma, place);
    return at(input, index) * factor + (beta === undefined ? 0 : at(beta, place));
  });
}

export const normalization: LayerCase = {
  className: "Normalization",
  choose(site) {
    const chosen = chooseAxis(site);
    if (chosen === undefined) return undefined;
    const { axis, written } = chosen;
    const channels = (site.shape[axis] as Axis).factor;
    const invert = flag(site);
    const given = flag(site);
    const means = Array.from({ length: channels }, (_, channel) => (channel % 3) - 0.75);
    const variances = Array.from({ length: channels }, (_, channel) => 0.5 + (channel % 4));
    const statistics = given ? `, mean=[${means.join(", ")}], variance=[${variances.join(", ")}]` : "";
    return {
      text: `Normalization(axis=${written}${statistics}, invert=${invert})`,
      weights: given
        ? []
        : [
            { name: "mean", shape: [channels] },
            { name: "variance", shape: [channels], positive: true },
            { name: "count", shape: [] },
          ],
      shape: site.shape,
      reference: (input, weights) =>
        make(input.shape, (index) => {
          const channel = index[axis] as number;
          const middle = given ? (means[channel] as number) : at(weight(weights, "mean"), [channel]);
          const spread = given ? (variances[channel] as number) : at(weight(weights, "variance"), [channel]);
          const deviation = Math.max(Math.sqrt(spread), 1e-7);
          const value = at(input, index);
          return invert ? middle + value * deviation : (value - middle) / deviation;
        }),
    };
  },
};

export const batchNormalization: LayerCase = {
  className: "BatchNormalization",
  choose(site) {
    const chosen = chooseAxis(site);
    if (chosen === undefined) return undefined;
    const { axis, written } = chosen;
    const channels = (site.shape[axis] as Axis).factor;
    const [center, scale] = [flag(site), flag(site)];
    const epsilon = oneOf(site, [0.001, 0.1]);
    return {
      text: `BatchNormalization(axis=${written}, epsilon=${epsilon}, center=${center}, scale=${scale})`,
      weights: [
        ...(scale ? [{ name: "gamma", shape: [channels] }] : []),
        ...(center ? [{ name: "beta", shape: [channels] }] : []),
        { name: "moving_mean", shape: [channels] },
        { name: "moving_variance", shape: [channels], positive: true },
      ],
      shape: site.shape,
      reference(input, weights) {
        const normalized = make(input.shape, (index) => {
          const channel = [index[axis] as number];
          const spread = at(weight(weights, "moving_variance"), channel);
          return (at(input, index) - at(weight(weights, "moving_mean"), channel)) / Math.sqrt(spread + epsilon);
        });
        return scaled(normalized, [axis], weights.get("gamma"), weights.get("beta"));
      },
      // Along other axes TensorFlow.js 4.22 mixes the channels up.
      ...(axis === site.shape.length - 1
        ? { tfjs: { layer: "batchNormalization", config: { axis: -1, epsilon, center, scale } } }
        : {}),
    };
  },
};

export const layerNormalization: LayerCase = {
  className: "LayerNormalization",
  choose(site) {
    const candidates = site.shape.flatMap((axis, position) => (known(axis) ? [position] : []));
    const last = site.shape.length - 1;
    if (candidates.length === 0 || !candidates.includes(last)) return undefined;
    const several = flag(site) && candidates.length > 1;
    const axes = several
      ? [
          oneOf(
            site,
            candidates.filter((axis) => axis !== last),
          ),
          last,
        ]
      : [last];
    const epsilon = oneOf(site, [0.001, 0.01]);
    const [center, scale] = [flag(site), flag(site)];
    const shape = axes.map((axis) => (site.shape[axis] as Axis).factor);
    const written = several ? `[${axes.map((axis) => axis + 1).join(", ")}]` : "-1";
    return {
      text: `LayerNormalization(axis=${written}, epsilon=${epsilon}, center=${center}, scale=${scale})`,
      weights: [...(scale ? [{ name: "gamma", shape }] : []), ...(center ? [{ name: "beta", shape }] : [])],
      shape: site.shape,
      reference(input, weights) {
        const normalized = alongAxes(input, axes, (values) => {
          const [middle, spread] = [mean(values), variance(values)];
          return values.map((value) => (value - middle) / Math.sqrt(spread + epsilon));
        });
        return scaled(normalized, axes, weights.get("gamma"), weights.get("beta"));
      },
      ...(several ? {} : { tfjs: { layer: "layerNormalization", config: { axis: last + 1, epsilon, center, scale } } }),
    };
  },
};

export const rmsNormalization: LayerCase = {
  className: "RMSNormalization",
  choose(site) {
    const features = lastKnown(site);
    if (features === undefined) return undefined;
    const epsilon = oneOf(site, [1e-6, 0.01]);
    const last = site.shape.length - 1;
    return {
      text: `RMSNormalization(epsilon=${epsilon})`,
      weights: [{ name: "scale", shape: [features] }],
      shape: site.shape,
      reference(input, weights) {
        const normalized = alongAxes(input, [last], (values) => {
          const root = Math.sqrt(mean(values.map((value) => value * value)) + epsilon);
          return values.map((value) => value / root);
        });
        return scaled(normalized, [last], weight(weights, "scale"), undefined);
      },
    };
  },
};

export const unitNormalization: LayerCase = {
  className: "UnitNormalization",
  choose(site) {
    if (site.shape.length === 0) return undefined;
    const axis = site.pick(site.shape.length);
    const written = flag(site) ? axis + 1 : axis - site.shape.length;
    return {
      text: `UnitNormalization(axis=${written})`,
      weights: [],
      shape: site.shape,
      reference: (input) =>
        alongAxes(input, [axis], (values) => {
          const norm = Math.hypot(...values);
          return values.map((value) => value / Math.max(norm, 1e-12));
        }),
    };
  },
};

export const groupNormalization: LayerCase = {
  className: "GroupNormalization",
  choose(site) {
    const channels = lastKnown(site);
    if (channels === undefined) return undefined;
    const groups = oneOf(
      site,
      [1, 2, 3, 4, 5].filter((count) => channels % count === 0),
    );
    const [center, scale] = [flag(site), flag(site)];
    const last = site.shape.length - 1;
    const each = channels / groups;
    return {
      text: `GroupNormalization(groups=${groups === channels ? -1 : groups}, center=${center}, scale=${scale})`,
      weights: [
        ...(scale ? [{ name: "gamma", shape: [channels] }] : []),
        ...(center ? [{ name: "beta", shape: [channels] }] : []),
      ],
      shape: site.shape,
      reference(input, weights) {
        const lead = input.shape.slice(0, -1);
        const grouped = reshape(input, [...lead, groups, each]);
        const axes = [...lead.keys(), last + 1];
        const normalized = alongAxes(grouped, axes, (values) => {
          const [middle, spread] = [mean(values), variance(values)];
          return values.map((value) => (value - middle) / Math.sqrt(spread + 0.001));
        });
        return scaled(reshape(normalized, input.shape), [last], weights.get("gamma"), weights.get("beta"));
      },
    };
  },
};
