/**
 * A plain reference for stacks of layers, in float64 and one value at a time. It shares no code with the compiler: what
 * each layer and activation means is written again, from Keras' documentation.
 */
export type ReferenceLayer =
  | { readonly kind: "dense"; readonly units: number; readonly bias: boolean; readonly activation: ReferenceActivation }
  | { readonly kind: "activation"; readonly activation: ReferenceActivation }
  | { readonly kind: "softmax"; readonly axis: number }
  | { readonly kind: "reshape"; readonly shape: readonly number[] }
  | { readonly kind: "flatten" }
  | { readonly kind: "rescaling"; readonly scale: number; readonly offset: number }
  | { readonly kind: "dropout" };

export type ReferenceActivation =
  | { readonly name: "linear" | "sigmoid" | "tanh" | "softmax" | "silu" }
  | { readonly name: "elu"; readonly alpha: number }
  | { readonly name: "gelu"; readonly approximate: boolean }
  | { readonly name: "leaky_relu"; readonly slope: number }
  | { readonly name: "relu"; readonly slope: number; readonly maximum: number | undefined; readonly threshold: number };

export interface Sample {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** The weights of a layer: a kernel as rows of units. */
export interface ReferenceWeights {
  readonly kernel: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

export function applyLayer(layer: ReferenceLayer, weights: ReferenceWeights | undefined, sample: Sample): Sample {
  const { shape, values } = sample;
  switch (layer.kind) {
    case "dense": {
      const last = shape[shape.length - 1]!;
      const result: number[] = [];
      for (let row = 0; row * last < values.length; row++) {
        for (let unit = 0; unit < layer.units; unit++) {
          let sum = layer.bias ? weights!.bias[unit]! : 0;
          for (let k = 0; k < last; k++) sum += values[row * last + k]! * weights!.kernel[k]![unit]!;
          result.push(sum);
        }
      }
      return applyActivation(layer.activation, { shape: [...shape.slice(0, -1), layer.units], values: result });
    }
    case "activation":
      return applyActivation(layer.activation, sample);
    case "softmax":
      return softmax(sample, layer.axis);
    case "reshape":
      return { shape: layer.shape, values };
    case "flatten":
      return { shape: [values.length], values };
    case "rescaling":
      return { shape, values: values.map((value) => value * layer.scale + layer.offset) };
    case "dropout":
      return sample;
  }
}

function applyActivation(activation: ReferenceActivation, sample: Sample): Sample {
  if (activation.name === "softmax") return softmax(sample, sample.shape.length - 1);
  return { shape: sample.shape, values: sample.values.map((value) => activate(activation, value)) };
}

function activate(activation: ReferenceActivation, v: number): number {
  switch (activation.name) {
    case "linear":
    case "softmax":
      return v;
    case "sigmoid":
      return 1 / (1 + Math.exp(-v));
    case "tanh":
      return Math.tanh(v);
    case "silu":
      return v / (1 + Math.exp(-v));
    case "elu":
      return v > 0 ? v : activation.alpha * Math.expm1(v);
    case "gelu":
      if (!activation.approximate) return v * normalDistribution(v);
      return 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)));
    case "leaky_relu":
      return v >= 0 ? v : activation.slope * v;
    case "relu": {
      const { slope, maximum, threshold } = activation;
      if (maximum !== undefined && v >= maximum && v > threshold) return maximum;
      if (v > threshold) return maximum === undefined ? v : Math.max(v, 0);
      return slope * (v - threshold);
    }
  }
}

/** By the series of the error function, and by its continued fraction in the tails. */
export function normalDistribution(value: number): number {
  return complementaryError(-value / Math.SQRT2) / 2;
}

/** `erfc` to about 15 digits: the Taylor series of `erf` below 2.5, Laplace's continued fraction above. */
export function complementaryError(value: number): number {
  if (value < 0) return 2 - complementaryError(-value);
  if (value < 2.5) {
    let [term, sum] = [value, value];
    for (let n = 1; n < 100; n++) {
      term *= (-value * value) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = value;
  for (let n = 200; n >= 1; n--) fraction = value + n / 2 / fraction;
  return Math.exp(-value * value) / (fraction * Math.sqrt(Math.PI));
}

function softmax({ shape, values }: Sample, axis: number): Sample {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const size = shape[axis]!;
  const result = [...values];
  for (let at = 0; at < values.length; at++) {
    const along = Math.floor(at / inner) % size;
    const first = at - along * inner;
    const group = Array.from({ length: size }, (_, step) => values[first + step * inner]!);
    const maximum = Math.max(...group);
    const total = group.reduce((sum, value) => sum + Math.exp(value - maximum), 0);
    result[at] = Math.exp(values[at]! - maximum) / total;
  }
  return { shape, values: result };
}
