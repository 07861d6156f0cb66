import { ownValue, type JsonObject, type JsonValue } from "../../files/json.ts";

/** What a function of TensorFlow is called with, by the names that it has for its arguments. */
export type TfArguments = ReadonlyMap<string, JsonValue>;

/** A function of TensorFlow as one of `keras.ops`. */
export interface TfFunction {
  /** Its arguments in their order; the first is what a file names first. `name` is left out. */
  readonly parameters: readonly string[];
  /** Keras' class for the same; undefined where these arguments make something that it does not have. */
  readonly operation: (given: TfArguments) => TfOperation | undefined;
}

/** What `keras.ops` has for it. */
export interface TfOperation {
  readonly className: string;
  readonly config: JsonObject;
  /** The arguments that it is called with: names of TensorFlow's. */
  readonly args: readonly string[];
}

/** The arguments that are called otherwise in Keras, by Keras' name, for messages. */
export const tensorflowNames: Readonly<Record<string, string>> = {
  newshape: "shape",
  axes: "perm",
  x_min: "clip_value_min",
  x2: "y",
};

/** Every function of TensorFlow that layers may express, by the name that Keras 2 writes: that of `tf`'s first export. */
export const functions: ReadonlyMap<string, TfFunction> = new Map(
  Object.entries({
    "__operators__.add": binary("Add"),
    "math.add": binary("Add"),
    "math.subtract": binary("Subtract"),
    "math.multiply": binary("Multiply"),
    "math.truediv": binary("TrueDivide"),
    "math.divide": binary("Divide"),
    "math.maximum": binary("Maximum"),
    "math.minimum": binary("Minimum"),
    "math.scalar_mul": binary("Multiply", "scalar", "x"),
    "math.negative": unary("Negative", "x"),
    "nn.bias_add": {
      parameters: ["value", "bias", "data_format"],
      // Of other formats the bias lies along another axis than the last one.
      operation: (given) => {
        const format = given.get("data_format") ?? null;
        if (format !== null && !/^N[A-Z]*C$/.test(String(format))) return undefined;
        return { className: "Add", config: {}, args: ["value", "bias"] };
      },
    },
    clip_by_value: unary("Clip", "t", { clip_value_min: "x_min", clip_value_max: "x_max" }),
    identity: unary("Copy", "input"),
    stop_gradient: unary("StopGradient", "input"),
    cast: unary("Cast", "x", { dtype: "dtype" }),
    "nn.relu": unary("Relu", "features"),
    "nn.relu6": unary("Relu6", "features"),
    "nn.elu": unary("Elu", "features"),
    "nn.selu": unary("Selu", "features"),
    "nn.softsign": unary("Softsign", "features"),
    "math.softsign": unary("Softsign", "features"),
    "nn.softplus": unary("Softplus", "features"),
    "math.softplus": unary("Softplus", "features"),
    "nn.leaky_relu": unary("LeakyRelu", "features", { alpha: "negative_slope" }, { negative_slope: 0.2 }),
    "nn.gelu": unary("Gelu", "features", { approximate: "approximate" }, { approximate: false }),
    "nn.silu": silu(),
    "nn.swish": silu(),
    "math.sigmoid": unary("Sigmoid", "x"),
    "nn.sigmoid": unary("Sigmoid", "x"),
    "math.log_sigmoid": unary("LogSigmoid", "x"),
    "math.tanh": unary("Tanh", "x"),
    "nn.tanh": unary("Tanh", "x"),
    "math.exp": unary("Exp", "x"),
    // No axis is the last one here, where Keras means all.
    "nn.softmax": unary("Softmax", "logits", { axis: "axis" }, { axis: -1 }),
    "math.softmax": unary("Softmax", "logits", { axis: "axis" }, { axis: -1 }),
    "nn.log_softmax": unary("LogSoftmax", "logits", { axis: "axis" }, { axis: -1 }),
    "math.log_softmax": unary("LogSoftmax", "logits", { axis: "axis" }, { axis: -1 }),
    reshape: unary("Reshape", "tensor", { shape: "newshape" }),
    squeeze: unary("Squeeze", "input", { axis: "axis" }),
    expand_dims: unary("ExpandDims", "input", { axis: "axis" }),
    transpose: unary("Transpose", "a", { perm: "axes", conjugate: undefined }),
    "math.reduce_mean": unary("Mean", "input_tensor", { axis: "axis", keepdims: "keepdims" }),
    "math.reduce_sum": unary("Sum", "input_tensor", { axis: "axis", keepdims: "keepdims" }),
    "math.reduce_max": unary("Max", "input_tensor", { axis: "axis", keepdims: "keepdims" }),
  } satisfies Readonly<Record<string, TfFunction>>),
);

/** A function of two arguments, one of them a tensor. */
function binary(className: string, first = "x", second = "y"): TfFunction {
  return {
    parameters: [first, second],
    operation: () => ({ className, config: {}, args: [first, second] }),
  };
}

/**
 * A function of a tensor. The others of its arguments are Keras' under another name, or nothing for real numbers; those that
 * a file leaves out or has none for are the presets.
 */
function unary(
  className: string,
  tensor: string,
  others: Readonly<Record<string, string | undefined>> = {},
  presets: JsonObject = {},
): TfFunction {
  return {
    parameters: [tensor, ...Object.keys(others)],
    operation: (given) => {
      const named = Object.entries(others).flatMap(([name, own]) => {
        const value = given.get(name) ?? null;
        return own === undefined || value === null ? [] : [[own, value] as const];
      });
      return { className, config: { ...presets, ...Object.fromEntries(named) }, args: [tensor] };
    },
  };
}

/** `x * sigmoid(beta * x)`, of which Keras has that with a beta of 1. */
function silu(): TfFunction {
  return {
    parameters: ["features", "beta"],
    operation: (given) =>
      (given.get("beta") ?? 1) === 1 ? { className: "Silu", config: {}, args: ["features"] } : undefined,
  };
}

/** What a file says of a function that a layer calls: `math.add`. */
export function functionOf(config: JsonObject): string {
  const found = ownValue(config, "function");
  return typeof found === "string" ? found : "?";
}
