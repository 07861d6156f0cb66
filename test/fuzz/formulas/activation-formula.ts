import { softmax } from "../../random/activation-table.ts";
import { alongAxes, at, make, map, type Nd } from "../../random/nd.ts";
import { noFormula, type FormulaValue } from "./formula-layer.ts";

type Arguments = Readonly<Record<string, FormulaValue>>;

/** Applies an activation as Keras' configs name it: `"relu"`, or an object with its name and its arguments. */
export function activationFormula(input: Nd, activation: FormulaValue | undefined): Nd {
  if (activation === undefined || activation === null) return input;
  if (typeof activation === "string") return apply(input, activation, {});
  if (typeof activation !== "object" || Array.isArray(activation)) return noFormula("an activation");
  const { function: name, class_name: className, config } = activation as Arguments;
  if (typeof config === "string") return apply(input, config, {});
  const args = (config ?? {}) as Arguments;
  return apply(input, (name ?? className) as string, args);
}

const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const clip = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
const hardSigmoid = (x: number): number => clip(x + 3, 0, 6) / 6;

/** The complementary error function: Taylor series of erf near 0, else the continued fraction (DLMF 7.6.1, 7.9.1). */
function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x === Infinity) return 0;
  if (x < 2.5) {
    let sum = x;
    let term = x;
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

/** Keras' relu with all its arguments. */
export function relu(x: number, slope: number, maximum: number | null, threshold: number): number {
  if (Number.isNaN(x)) return slope === 0 && threshold !== 0 ? 0 : x;
  if (x > threshold) return maximum === null ? x : clip(x, 0, maximum);
  return slope === 0 ? 0 : slope * (x - threshold);
}

/** As Keras 3 computes it: the threshold takes the sum of all cumulative sums of the support (see `test/random`). */
function sparsemax(values: readonly number[]): readonly number[] {
  // What NaN is sorted to depends on who sorts.
  if (values.some(Number.isNaN)) return noFormula("sparsemax of NaN");
  // Beside such numbers the 1 of its condition is lost, and what is left of it depends on who adds first.
  if (values.some((value) => Math.abs(value) > 2 ** 50)) return noFormula("sparsemax of huge numbers");
  const sorted = [...values].sort((a, b) => b - a);
  let [cumulative, total, support] = [0, 0, 0];
  sorted.forEach((value, position) => {
    cumulative += value;
    if (!(value - (cumulative - 1) / (position + 1) > 0)) return;
    total += cumulative;
    support += 1;
  });
  const tau = (total - 1) / support;
  return values.map((value) => Math.max(value - tau, 0));
}

function logSoftmax(values: readonly number[]): readonly number[] {
  const largest = Math.max(...values);
  const sum = values.reduce((total, value) => total + Math.exp(value - largest), 0);
  return values.map((value) => value - (largest + Math.log(sum)));
}

function glu(input: Nd, axis: number): Nd {
  const half = (input.shape[axis] as number) / 2;
  return make(input.shape.with(axis, half), (index) => {
    const gate = index.with(axis, (index[axis] as number) + half);
    return at(input, index) * sigmoid(at(input, gate));
  });
}

const selu = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

function apply(input: Nd, name: string, args: Arguments): Nd {
  const given = (key: string, preset?: number): number => {
    const value = args[key] ?? preset;
    return typeof value === "number" ? value : noFormula(`${name} without ${key}`);
  };
  const each = (f: (x: number) => number): Nd => map(input, f);
  const axis = (): number => {
    const written = given("axis", -1);
    return written < 0 ? written + input.shape.length : written - 1;
  };
  switch (name) {
    case "linear":
      return input;
    case "celu": {
      const alpha = given("alpha", 1);
      return each((x) => Math.max(x, 0) + alpha * Math.expm1(Math.min(x, 0) / alpha));
    }
    case "elu": {
      const alpha = given("alpha", 1);
      return each((x) => (x > 0 ? x : alpha * Math.expm1(x)));
    }
    case "exponential":
      return each(Math.exp);
    case "gelu":
      return args["approximate"] === true
        ? each((x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))))
        : each((x) => (x / 2) * erfc(-x / Math.SQRT2));
    case "hard_shrink": {
      const threshold = given("threshold", 0.5);
      return each((x) => (Math.abs(x) <= threshold ? 0 : x));
    }
    case "hard_sigmoid": {
      const slope = given("slope", 1 / 6);
      return each((x) => clip(slope * x + 0.5, 0, 1));
    }
    case "hard_silu":
    case "hard_swish":
      return each((x) => x * hardSigmoid(x));
    case "hard_tanh":
      return each((x) => clip(x, -1, 1));
    case "leaky_relu": {
      const slope = given("negative_slope", 0.2);
      return each((x) => (x >= 0 ? x : slope * x));
    }
    case "log_sigmoid":
      return each((x) => -softplus(-x));
    case "mish":
      return each((x) => x * Math.tanh(softplus(x)));
    case "relu": {
      const maximum = args["max_value"] ?? null;
      const [slope, threshold] = [given("negative_slope", 0), given("threshold", 0)];
      return each((x) => relu(x, slope, maximum as number | null, threshold));
    }
    case "relu6":
      return each((x) => clip(x, 0, 6));
    case "selu":
      return each((x) => selu.scale * (x > 0 ? x : selu.alpha * Math.expm1(x)));
    case "sigmoid":
      return each(sigmoid);
    case "silu":
    case "swish":
      return each((x) => x * sigmoid(x));
    case "soft_shrink": {
      const threshold = given("threshold", 0.5);
      return each((x) => (x > threshold ? x - threshold : x < -threshold ? x + threshold : 0));
    }
    case "softplus":
      return each(softplus);
    case "softsign":
      return each((x) => x / (1 + Math.abs(x)));
    case "sparse_plus":
      return each((x) => (x <= -1 ? 0 : x >= 1 ? x : (x + 1) ** 2 / 4));
    case "sparse_sigmoid":
      return each((x) => clip((x + 1) / 2, 0, 1));
    case "squareplus": {
      const b = given("b", 4);
      // The sum of the definition cancels below zero, and is NaN at its end.
      return each((x) =>
        x < 0 && b > 0 && x !== -Infinity ? b / (Math.sqrt(x * x + b) - x) / 2 : (x + Math.sqrt(x * x + b)) / 2,
      );
    }
    case "tanh":
      return each(Math.tanh);
    case "tanh_shrink":
      return each((x) => x - Math.tanh(x));
    case "threshold": {
      const [threshold, otherwise] = [given("threshold"), given("default_value")];
      return each((x) => (x <= threshold ? otherwise : x));
    }
    case "softmax":
      return alongAxes(input, [axis()], softmax);
    case "log_softmax":
      return alongAxes(input, [axis()], logSoftmax);
    case "sparsemax":
      return alongAxes(input, [axis()], sparsemax);
    case "glu":
      return glu(input, axis());
    default:
      return noFormula(`the activation ${name}`);
  }
}
