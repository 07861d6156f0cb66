import { alongAxes, make, at, type Nd } from "./nd.ts";

/** How an activation is written and what it computes, in float64 from its definition. */
export interface ActivationCase {
  /** Keras' name. */
  readonly name: string;
  /** As in a model file: `relu(max_value=6)`. */
  readonly text: string;
  readonly reference: (input: Nd) => Nd;
  /** TensorFlow.js' identifier, where it has the same function. */
  readonly tfjs?: string;
  /** Halves the last axis. */
  readonly halves?: boolean;
}

const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const clip = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
const hardSigmoid = (x: number): number => clip(x + 3, 0, 6) / 6;

/** The complementary error function: Taylor series of erf near 0, else the continued fraction (DLMF 7.6.1, 7.9.1). */
function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 100; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 100; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

function elementwise(name: string, args: string, f: (x: number) => number, tfjs?: string): ActivationCase {
  return {
    name,
    text: args === "" ? name : `${name}(${args})`,
    reference: (input) => ({ shape: input.shape, data: input.data.map(f) }),
    ...(tfjs === undefined ? {} : { tfjs }),
  };
}

function lastAxis(name: string, f: (values: readonly number[]) => readonly number[], tfjs?: string): ActivationCase {
  return {
    name,
    text: name,
    reference: (input) => alongAxes(input, [input.shape.length - 1], f),
    ...(tfjs === undefined ? {} : { tfjs }),
  };
}

export function softmax(values: readonly number[]): readonly number[] {
  const largest = Math.max(...values);
  const exps = values.map((value) => Math.exp(value - largest));
  const sum = exps.reduce((total, value) => total + value, 0);
  return exps.map((value) => value / sum);
}

function logSoftmax(values: readonly number[]): readonly number[] {
  const largest = Math.max(...values);
  const sum = values.reduce((total, value) => total + Math.exp(value - largest), 0);
  return values.map((value) => value - largest - Math.log(sum));
}

/**
 * As Keras 3 computes it: the threshold takes the sum of all cumulative sums of the support where Martins & Astudillo
 * (2016) take the last of them, so that the result is no projection onto the simplex.
 */
function sparsemax(values: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => b - a);
  let cumulative = 0;
  let total = 0;
  let support = 0;
  sorted.forEach((value, position) => {
    cumulative += value;
    if (value - (cumulative - 1) / (position + 1) <= 0) return;
    total += cumulative;
    support += 1;
  });
  const tau = (total - 1) / support;
  return values.map((value) => Math.max(value - tau, 0));
}

function glu(input: Nd): Nd {
  const half = (input.shape.at(-1) as number) / 2;
  return make([...input.shape.slice(0, -1), half], (index) => {
    const gate = [...index.slice(0, -1), (index.at(-1) as number) + half];
    return at(input, index) * sigmoid(at(input, gate));
  });
}

const selu = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

/** A line for every activation, and for arguments worth a case of their own. */
export const activationCases: readonly ActivationCase[] = [
  elementwise("celu", "", (x) => Math.max(x, 0) + Math.min(0, Math.expm1(x))),
  elementwise("celu", "alpha=0.5", (x) => Math.max(x, 0) + Math.min(0, 0.5 * Math.expm1(x / 0.5))),
  elementwise("elu", "", (x) => (x > 0 ? x : Math.expm1(x)), "elu"),
  elementwise("elu", "alpha=0.3", (x) => (x > 0 ? x : 0.3 * Math.expm1(x))),
  elementwise("exponential", "", Math.exp),
  elementwise("gelu", "", (x) => (x / 2) * erfc(-x / Math.SQRT2)),
  elementwise(
    "gelu",
    "approximate=true",
    (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  ),
  elementwise("hard_shrink", "", (x) => (Math.abs(x) > 0.5 ? x : 0)),
  elementwise("hard_sigmoid", "", hardSigmoid),
  elementwise("hard_silu", "", (x) => x * hardSigmoid(x)),
  elementwise("hard_swish", "", (x) => x * hardSigmoid(x)),
  elementwise("hard_tanh", "", (x) => clip(x, -1, 1)),
  elementwise("leaky_relu", "", (x) => (x > 0 ? x : 0.2 * x)),
  elementwise("leaky_relu", "negative_slope=0.05", (x) => (x > 0 ? x : 0.05 * x)),
  elementwise("linear", "", (x) => x, "linear"),
  elementwise("log_sigmoid", "", (x) => -softplus(-x)),
  elementwise("mish", "", (x) => x * Math.tanh(softplus(x))),
  elementwise("relu", "", (x) => Math.max(x, 0), "relu"),
  elementwise("relu", "max_value=1.5", (x) => clip(x, 0, 1.5)),
  elementwise("relu", "negative_slope=0.25, max_value=2, threshold=0.5", (x) =>
    x >= 2 ? 2 : x >= 0.5 ? x : 0.25 * (x - 0.5),
  ),
  elementwise("relu6", "", (x) => clip(x, 0, 6), "relu6"),
  elementwise("selu", "", (x) => selu.scale * (x > 0 ? x : selu.alpha * Math.expm1(x)), "selu"),
  elementwise("sigmoid", "", sigmoid, "sigmoid"),
  elementwise("silu", "", (x) => x * sigmoid(x), "swish"),
  elementwise("swish", "", (x) => x * sigmoid(x), "swish"),
  elementwise("soft_shrink", "", (x) => Math.sign(x) * Math.max(Math.abs(x) - 0.5, 0)),
  elementwise("soft_shrink", "threshold=0.1", (x) => Math.sign(x) * Math.max(Math.abs(x) - 0.1, 0)),
  elementwise("softplus", "", softplus, "softplus"),
  elementwise("softsign", "", (x) => x / (1 + Math.abs(x)), "softsign"),
  elementwise("sparse_plus", "", (x) => (x <= -1 ? 0 : x >= 1 ? x : (x + 1) ** 2 / 4)),
  elementwise("sparse_sigmoid", "", (x) => clip((x + 1) / 2, 0, 1)),
  elementwise("squareplus", "", (x) => (x + Math.sqrt(x * x + 4)) / 2),
  elementwise("squareplus", "b=0.5", (x) => (x + Math.sqrt(x * x + 0.5)) / 2),
  elementwise("tanh", "", Math.tanh, "tanh"),
  elementwise("tanh_shrink", "", (x) => x - Math.tanh(x)),
  elementwise("threshold", "threshold=0.25, default_value=-0.5", (x) => (x > 0.25 ? x : -0.5)),
  lastAxis("softmax", softmax, "softmax"),
  lastAxis("log_softmax", logSoftmax),
  lastAxis("sparsemax", sparsemax),
  { name: "glu", text: "glu", reference: glu, halves: true },
];
