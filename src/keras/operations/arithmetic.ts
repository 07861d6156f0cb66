import { ownString, ownValue, type JsonValue } from "../../files/json.ts";
import { layers, problem, type OperationCall, type OperationMeaning, type OperationReader } from "./operation.ts";

/** A number or lists of some. */
type Constant = number | readonly Constant[];

const rescaling = (scale: Constant, offset: Constant = 0): OperationMeaning =>
  layers(["Rescaling", { scale: scale as JsonValue, offset: offset as JsonValue }]);

export const arithmetic: Readonly<Record<string, OperationReader>> = {
  Add: withConstant(
    (constant) => rescaling(1, constant),
    (constant) => rescaling(1, constant),
  ),
  Subtract: withConstant(
    (constant) => rescaling(1, each(constant, negated)),
    (constant) => rescaling(-1, constant),
  ),
  Multiply: withConstant(
    (constant) => rescaling(constant),
    (constant) => rescaling(constant),
  ),
  Divide: withConstant(divideBy),
  TrueDivide: withConstant(divideBy),
  Negative: () => rescaling(-1),
  Maximum: withConstant(atLeast, atLeast),
  Minimum: withConstant(atMost, atMost),
  Clip: ({ config }) => between(ownValue(config, "x_min"), ownValue(config, "x_max")),
  Copy: identity,
  StopGradient: identity,
  Cast: ({ config }) => {
    const dtype = ownString(config, "dtype") ?? "nothing";
    return /^b?float\d+$/.test(dtype) ? identity() : problem("dtype", dtype, "values are floats here");
  },
};

function identity(): OperationMeaning {
  return layers(["Identity", {}]);
}

/** An operation of the tensor and a constant, and of a constant and the tensor where that can be. */
function withConstant(
  second: (constant: Constant) => OperationMeaning | undefined,
  first?: (constant: Constant) => OperationMeaning | undefined,
): OperationReader {
  return ({ args }: OperationCall) => {
    const [a, b, ...more] = args;
    if (a === undefined || b === undefined || more.length > 0) return undefined;
    const constant = a.kind === "constant" ? a.value : b.kind === "constant" ? b.value : undefined;
    if (!isConstant(constant)) return undefined;
    return a.kind === "tensor" ? second(constant) : first?.(constant);
  };
}

/** Deeper lists are no array of Keras'. */
const mostAxes = 16;

function isConstant(json: JsonValue | undefined, depth = 0): json is Constant & JsonValue {
  if (typeof json === "number") return Number.isFinite(json);
  return Array.isArray(json) && depth < mostAxes && json.every((item) => isConstant(item as JsonValue, depth + 1));
}

function each(constant: Constant, change: (value: number) => number): Constant {
  return typeof constant === "number" ? change(constant) : constant.map((item) => each(item, change));
}

const negated = (value: number): number => 0 - value;

function divideBy(constant: Constant): OperationMeaning {
  const scale = each(constant, (value) => 1 / value);
  return isConstant(scale as JsonValue) ? rescaling(scale) : problem("x2", constant as JsonValue, "it divides by zero");
}

/** `max(x, limit)`: a relu between two shifts. */
function atLeast(limit: Constant): OperationMeaning | undefined {
  if (typeof limit !== "number") return undefined;
  const relu = ["Activation", { activation: "relu" }] as const;
  if (limit === 0) return layers(relu);
  return layers(["Rescaling", { scale: 1, offset: -limit }], relu, ["Rescaling", { scale: 1, offset: limit }]);
}

function atMost(limit: Constant): OperationMeaning | undefined {
  if (typeof limit !== "number") return undefined;
  const turned = ["Rescaling", { scale: -1, offset: limit }] as const;
  return layers(turned, ["Activation", { activation: "relu" }], turned);
}

function between(low: JsonValue | undefined, high: JsonValue | undefined): OperationMeaning | undefined {
  if (typeof low !== "number" || typeof high !== "number") return undefined;
  if (low >= high) return problem("x_min", low, `it must be less than the other limit, which is ${high}`);
  if (low === -1 && high === 1) return layers(["Activation", { activation: "hard_tanh" }]);
  const activation = { class_name: "relu", config: { max_value: high - low } };
  const limited = ["Activation", { activation }] as const;
  if (low === 0) return layers(limited);
  return layers(["Rescaling", { scale: 1, offset: -low }], limited, ["Rescaling", { scale: 1, offset: low }]);
}
