import { alongAxes, at, make, reshape, type Nd } from "../../random/nd.ts";
import { mean } from "../../random/normalization-cases.ts";
import { noFormula, type FormulaLayer, type FormulaValue } from "./formula-layer.ts";

/** What a layer that normalizes gives, from Keras' documentation; undefined for another layer. */
export function normalizationFormula({ className, config, weights }: FormulaLayer, input: Nd): Nd | undefined {
  const epsilon = (preset: number): number => (config["epsilon"] ?? preset) as number;
  const axes = (): readonly number[] => axesOf(config["axis"], input.shape.length);
  switch (className) {
    case "Normalization": {
      const places = config["axis"] === null ? [] : axes();
      const [middle, spread] = (["mean", "variance"] as const).map((name) => statistic(config[name], name, weights));
      if (middle === undefined || spread === undefined) return noFormula("a Normalization of one statistic");
      return make(input.shape, (index) => {
        const place = places.map((axis) => index[axis] as number);
        const deviation = Math.max(Math.sqrt(spreadOver(spread, place)), 1e-7);
        const value = at(input, index);
        return config["invert"] === true
          ? spreadOver(middle, place) + value * deviation
          : (value - spreadOver(middle, place)) / deviation;
      });
    }
    case "BatchNormalization": {
      const [variance, middle] = [weight(weights, "moving_variance"), weight(weights, "moving_mean")];
      const places = axes();
      const normalized = make(input.shape, (index) => {
        const channel = places.map((axis) => index[axis] as number);
        return (at(input, index) - at(middle, channel)) / Math.sqrt(at(variance, channel) + epsilon(0.001));
      });
      return scaled(normalized, places, weights);
    }
    case "LayerNormalization": {
      const isPlain = config["rms_scaling"] === true;
      const normalized = alongAxes(input, axes(), (values) => standardized(values, epsilon(0.001), isPlain));
      return scaled(normalized, axes(), weights);
    }
    case "RMSNormalization": {
      const normalized = alongAxes(input, axes(), (values) => {
        const root = Math.sqrt(mean(values.map((value) => value * value)) + epsilon(1e-6));
        return values.map((value) => value / root);
      });
      return scaled(normalized, axes(), new Map([["gamma", weight(weights, "scale")]]));
    }
    case "UnitNormalization":
      return alongAxes(input, axes(), (values) => {
        const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
        return values.map((value) => value / Math.max(norm, 1e-12));
      });
    case "GroupNormalization": {
      const [axis = 0] = axes();
      const channels = input.shape[axis] as number;
      const written = (config["groups"] ?? 32) as number;
      const groups = written === -1 ? channels : written;
      const split = [...input.shape.slice(0, axis), groups, channels / groups, ...input.shape.slice(axis + 1)];
      const others = split.flatMap((_, at) => (at === axis ? [] : [at]));
      const normalized = alongAxes(reshape(input, split), others, (values) => standardized(values, epsilon(0.001)));
      return scaled(reshape(normalized, input.shape), [axis], weights);
    }
    default:
      return undefined;
  }
}

/** Keras' axes, counted with the batch axis, as axes of a sample in ascending order. */
export function axesOf(written: FormulaValue | undefined, rank: number): readonly number[] {
  const axes = (Array.isArray(written) ? written : [written ?? -1]) as readonly number[];
  return axes.map((axis) => (axis < 0 ? axis + rank : axis - 1)).sort((a, b) => a - b);
}

function weight(weights: FormulaLayer["weights"], name: string): Nd {
  return weights.get(name) ?? noFormula(`no weight ${name}`);
}

function statistic(given: FormulaValue | undefined, name: string, weights: FormulaLayer["weights"]): Nd | undefined {
  if (given === null || given === undefined) return weights.get(name);
  const shape: number[] = [];
  for (let part: FormulaValue = given; Array.isArray(part); part = part[0] as FormulaValue) shape.push(part.length);
  const flat = [given].flat(Infinity as 1) as unknown as readonly number[];
  // Keras keeps them as float32.
  return { shape, data: Float64Array.from(flat, Math.fround) };
}

/** The element at a place of an array that may have fewer axes, or axes of one. */
function spreadOver(array: Nd, place: readonly number[]): number {
  const own = place.slice(place.length - array.shape.length);
  return at(
    array,
    own.map((position, axis) => (array.shape[axis] === 1 ? 0 : position)),
  );
}

function standardized(values: readonly number[], epsilon: number, keepsMean = false): readonly number[] {
  const middle = mean(values);
  const variance = mean(values.map((value) => (value - middle) ** 2));
  return values.map((value) => (keepsMean ? value : value - middle) / Math.sqrt(variance + epsilon));
}

/** `input * gamma + beta`, where there are such arrays, over some axes. */
function scaled(input: Nd, axes: readonly number[], weights: FormulaLayer["weights"]): Nd {
  const [gamma, beta] = [weights.get("gamma"), weights.get("beta")];
  return make(input.shape, (index) => {
    const place = axes.map((axis) => index[axis] as number);
    const value = at(input, index) * (gamma === undefined ? 1 : at(gamma, place));
    return value + (beta === undefined ? 0 : at(beta, place));
  });
}
