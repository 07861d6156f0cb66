/** A functional model of Keras 2 of calls of TensorFlow's functions, and what it computes by their definitions. */
export interface TfCase {
  readonly name: string;
  /** Without the batch axis. */
  readonly input: readonly (number | null)[];
  readonly calls: readonly Call[];
  /** In float64, for one sample. */
  readonly output: (x: readonly number[]) => readonly number[];
  /** Without the batch axis; a list by default. */
  readonly outputShape?: readonly number[];
}

/** A function, and what it is called with beside the tensor that it reads. */
export interface Call {
  readonly function: string;
  readonly kwargs?: Readonly<Record<string, unknown>>;
  /** Stands first, in the place of the tensor, which `kwargs` has by this name then. */
  readonly constant?: { readonly value: unknown; readonly tensor: string };
}

const call = (name: string, kwargs: Readonly<Record<string, unknown>> = {}): Call => ({ function: name, kwargs });
const each = (change: (x: number, at: number) => number) => (x: readonly number[]) => x.map(change);
const one = (name: string, kwargs: Call["kwargs"], change: (x: number, at: number) => number): TfCase => ({
  name: `${name} ${JSON.stringify(kwargs)}`,
  input: [4],
  calls: [call(name, kwargs)],
  output: each(change),
});
const first = (name: string, value: unknown, tensor: string, change: (x: number, at: number) => number): TfCase => ({
  name: `${name} of ${JSON.stringify(value)} and x`,
  input: [4],
  calls: [{ function: name, constant: { value, tensor } }],
  output: each(change),
});
const shaped = (
  name: string,
  input: TfCase["input"],
  kwargs: Call["kwargs"],
  output: TfCase["output"] = (x) => x,
  outputShape?: TfCase["outputShape"],
): TfCase => ({
  name: `${name} ${JSON.stringify(kwargs)}`,
  input,
  calls: [call(name, kwargs)],
  output,
  ...(outputShape === undefined ? {} : { outputShape }),
});
const same = (x: readonly number[]): readonly number[] => x;

const list = [1, 2, 3, 4];
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.log1p(Math.exp(x));
const softmax = (x: readonly number[]): readonly number[] => {
  const sum = x.reduce((total, value) => total + Math.exp(value), 0);
  return x.map((value) => Math.exp(value) / sum);
};
const geluTanh = (x: number): number => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const clip = (low: number, high: number) => (x: number) => Math.min(Math.max(x, low), high);
/** Rows of two numbers as columns. */
const columns = (x: readonly number[]): readonly (readonly number[])[] =>
  [0, 1].map((place) => x.filter((_, at) => at % 2 === place));
const sum = (x: readonly number[]): number => x.reduce((total, value) => total + value, 0);

/** Each function that is read, as tf.keras 2.4 to 2.15 writes it. */
export const tfCases: readonly TfCase[] = [
  one("__operators__.add", { y: 1 }, (x) => x + 1),
  one("__operators__.add", { y: list }, (x, at) => x + at + 1),
  one("math.add", { y: 1.5 }, (x) => x + 1.5),
  first("math.add", 1.5, "y", (x) => 1.5 + x),
  one("math.subtract", { y: 0.5 }, (x) => x - 0.5),
  one("math.subtract", { y: list }, (x, at) => x - at - 1),
  first("math.subtract", 1, "y", (x) => 1 - x),
  one("math.multiply", { y: 2.5 }, (x) => x * 2.5),
  first("math.multiply", list, "y", (x, at) => x * (at + 1)),
  first("math.scalar_mul", 3, "x", (x) => x * 3),
  one("math.truediv", { y: 127.5 }, (x) => x / 127.5),
  one("math.divide", { y: 4 }, (x) => x / 4),
  one("math.negative", {}, (x) => -x),
  one("math.maximum", { y: 0.25 }, (x) => Math.max(x, 0.25)),
  first("math.maximum", 0.25, "y", (x) => Math.max(x, 0.25)),
  one("math.minimum", { y: 0.25 }, (x) => Math.min(x, 0.25)),
  one("nn.bias_add", { bias: list, data_format: null }, (x, at) => x + at + 1),
  one("nn.bias_add", { bias: list, data_format: "NHWC" }, (x, at) => x + at + 1),
  one("clip_by_value", { clip_value_min: -0.5, clip_value_max: 0.75 }, clip(-0.5, 0.75)),
  one("clip_by_value", { clip_value_min: -1, clip_value_max: 1 }, clip(-1, 1)),
  one("identity", {}, (x) => x),
  one("stop_gradient", {}, (x) => x),
  one("cast", { dtype: "float32" }, (x) => x),
  one("nn.relu", {}, (x) => Math.max(x, 0)),
  one("nn.relu6", {}, clip(0, 6)),
  one("nn.elu", {}, (x) => (x > 0 ? x : Math.expm1(x))),
  one("nn.selu", {}, (x) => 1.05070098735548 * (x > 0 ? x : 1.673263242354377 * Math.expm1(x))),
  one("nn.leaky_relu", {}, (x) => (x > 0 ? x : 0.2 * x)),
  one("nn.leaky_relu", { alpha: 0.3 }, (x) => (x > 0 ? x : 0.3 * x)),
  one("nn.gelu", { approximate: true }, geluTanh),
  one("nn.silu", {}, (x) => x * sigmoid(x)),
  one("nn.silu", { beta: 1 }, (x) => x * sigmoid(x)),
  one("nn.swish", {}, (x) => x * sigmoid(x)),
  ...["math.sigmoid", "nn.sigmoid"].map((name) => one(name, {}, sigmoid)),
  ...["math.tanh", "nn.tanh"].map((name) => one(name, {}, Math.tanh)),
  ...["math.softplus", "nn.softplus"].map((name) => one(name, {}, softplus)),
  ...["math.softsign", "nn.softsign"].map((name) => one(name, {}, (x) => x / (1 + Math.abs(x)))),
  one("math.log_sigmoid", {}, (x) => -softplus(-x)),
  one("math.exp", {}, Math.exp),
  ...["nn.softmax", "math.softmax"].map((name) => shaped(name, [4], { axis: null }, softmax)),
  ...["nn.log_softmax", "math.log_softmax"].map((name) =>
    shaped(name, [4], {}, (x) => softmax(x).map((value) => Math.log(value))),
  ),
  shaped(
    "nn.softmax",
    [3, 2],
    { axis: 1 },
    (x) => {
      const [a = [], b = []] = columns(x).map(softmax);
      return a.flatMap((value, at) => [value, b[at] as number]);
    },
    [3, 2],
  ),
  shaped("reshape", [6], { shape: [-1, 2, 3] }, same, [2, 3]),
  shaped("reshape", [2, 3], { shape: [-1, 6] }),
  shaped("squeeze", [1, 4], { axis: 1 }),
  shaped("squeeze", [1, 4], { axis: [1] }),
  shaped("expand_dims", [4], { axis: -1 }, same, [4, 1]),
  shaped("expand_dims", [4], { axis: 1 }, same, [1, 4]),
  shaped("transpose", [3, 2], { perm: [0, 2, 1], conjugate: false }, (x) => columns(x).flat(), [2, 3]),
  shaped("math.reduce_mean", [3, 2], { axis: 1, keepdims: false }, (x) => columns(x).map((one) => sum(one) / 3)),
  shaped(
    "math.reduce_mean",
    [3, 2],
    { axis: [1], keepdims: true },
    (x) => columns(x).map((one) => sum(one) / 3),
    [1, 2],
  ),
  shaped("math.reduce_mean", [null, 2], { axis: 1 }, (x) => columns(x).map((one) => sum(one) / 3)),
  shaped("math.reduce_sum", [3, 2], { axis: -2 }, (x) => columns(x).map(sum)),
  shaped("math.reduce_max", [3, 2], { axis: 1 }, (x) => columns(x).map((one) => Math.max(...one))),
  {
    name: "shapes are followed from call to call",
    input: [6],
    calls: [
      call("math.truediv", { y: 2 }),
      call("math.subtract", { y: 1 }),
      call("reshape", { shape: [-1, 3, 2] }),
      call("expand_dims", { axis: 3 }),
      call("math.reduce_sum", { axis: [1, 3] }),
      call("__operators__.add", { y: 1 }),
      call("__operators__.add", { y: 1 }),
    ],
    output: (x) => columns(x).map((one) => sum(one.map((value) => value / 2 - 1)) + 2),
  },
];

/** The configuration of a functional model as `to_json` of tf.keras 2.15 writes it. */
export function configOf(input: TfCase["input"], layers: readonly object[], output: string): object {
  const first = {
    class_name: "InputLayer",
    config: { batch_input_shape: [null, ...input], dtype: "float32", sparse: false, ragged: false, name: "input_1" },
    name: "input_1",
    inbound_nodes: [],
  };
  const config = {
    name: "model",
    trainable: true,
    layers: [first, ...layers],
    input_layers: [["input_1", 0, 0]],
    output_layers: [[output, 0, 0]],
  };
  return { class_name: "Functional", config, keras_version: "2.15.0", backend: "tensorflow" };
}

/** The layers of calls one behind the other, the first behind `source`. */
export function layersOf(calls: readonly Call[], source = "input_1"): readonly { readonly name: string }[] {
  return calls.map(({ function: own, kwargs = {}, constant }, at) => {
    const before = at === 0 ? source : nameOf(calls, at - 1);
    const name = nameOf(calls, at);
    const named = { ...kwargs, name: null };
    const inbound =
      constant === undefined
        ? [before, 0, 0, named]
        : ["_CONSTANT_VALUE", -1, constant.value, { ...named, [constant.tensor]: [before, 0, 0] }];
    return {
      class_name: own === "__operators__.getitem" ? "SlicingOpLambda" : "TFOpLambda",
      config: { name, trainable: true, dtype: "float32", function: own },
      name,
      inbound_nodes: [inbound],
    };
  });
}

/** As Keras names them: `tf.math.add_1`. */
function nameOf(calls: readonly Call[], at: number): string {
  const { function: own } = calls[at] as Call;
  const number = calls.slice(0, at).filter((before) => before.function === own).length;
  return `tf.${own}${number === 0 ? "" : `_${number}`}`;
}
