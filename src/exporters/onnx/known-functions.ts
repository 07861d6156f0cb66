import { findActivation } from "../../activations/index.ts";
import type { ActivationArguments } from "../../activations/definition.ts";
import type { Scalar, ScalarFunction } from "../../ir/scalar.ts";
import { operands } from "../../ir/visit-values.ts";
import type { NodeWriter } from "./graph-writer.ts";
import { float, type OnnxAttributes } from "./onnx-model.ts";

/** An activation with an operator, or a well-known few, of its own in ONNX. */
interface KnownFunction {
  /** Keras' name. */
  readonly activation: string;
  /** The arguments it holds for; one that is left out may have any value. */
  readonly when?: ActivationArguments;
  /** The only parameter that `emit` reads. */
  readonly parameter?: string;
  readonly emit: (x: string, writer: NodeWriter, parameter: number) => string;
}

const single =
  (operator: string, attributes: OnnxAttributes = {}) =>
  (x: string, writer: NodeWriter): string =>
    writer.node(operator, [x], attributes);

/** The activations that other runtimes know, in ONNX' own words; all others are stated element by element. */
const knownFunctions: readonly KnownFunction[] = [
  { activation: "relu", when: { negative_slope: 0, max_value: null, threshold: 0 }, emit: single("Relu") },
  {
    activation: "relu6",
    emit: (x, writer) => writer.node("Clip", [x, writer.scalar(0), writer.scalar(6)]),
  },
  { activation: "sigmoid", emit: single("Sigmoid") },
  { activation: "tanh", emit: single("Tanh") },
  { activation: "exponential", emit: single("Exp") },
  { activation: "selu", emit: single("Selu", { alpha: float(1.6732632423543772), gamma: float(1.0507009873554805) }) },
  { activation: "softplus", emit: single("Softplus") },
  { activation: "softsign", emit: single("Softsign") },
  {
    activation: "elu",
    parameter: "alpha",
    emit: (x, writer, alpha) => writer.node("Elu", [x], { alpha: float(alpha) }),
  },
  {
    activation: "celu",
    parameter: "alpha",
    emit: (x, writer, alpha) => writer.node("Celu", [x], { alpha: float(alpha) }),
  },
  {
    activation: "leaky_relu",
    parameter: "negative_slope",
    emit: (x, writer, slope) => writer.node("LeakyRelu", [x], { alpha: float(slope) }),
  },
  {
    activation: "hard_sigmoid",
    parameter: "slope",
    emit: (x, writer, slope) => writer.node("HardSigmoid", [x], { alpha: float(slope), beta: float(0.5) }),
  },
  { activation: "hard_silu", emit: single("HardSwish") },
  { activation: "silu", emit: (x, writer) => writer.node("Mul", [x, writer.node("Sigmoid", [x])]) },
  {
    activation: "mish",
    emit: (x, writer) => writer.node("Mul", [x, writer.node("Tanh", [writer.node("Softplus", [x])])]),
  },
  {
    activation: "log_sigmoid",
    emit: (x, writer) => writer.node("Neg", [writer.node("Softplus", [writer.node("Neg", [x])])]),
  },
  {
    activation: "gelu",
    when: { approximate: false },
    // The steps that PyTorch writes and runtimes fuse.
    emit(x, writer) {
      const erf = writer.node("Erf", [writer.node("Div", [x, writer.scalar(Math.SQRT2)])]);
      const twice = writer.node("Mul", [x, writer.node("Add", [erf, writer.scalar(1)])]);
      return writer.node("Mul", [twice, writer.scalar(0.5)]);
    },
  },
];

/**
 * States a function as ONNX knows it; `undefined` where it has no such form. A function is recognised by its expression,
 * which is compared with the activation's own, a parameter standing for any number.
 */
export function knownFunctionNodes(scalarFunction: ScalarFunction, x: string, writer: NodeWriter): string | undefined {
  for (const { name, template, emit } of templates()) {
    if (!scalarFunction.name.startsWith(name)) continue;
    const captured: number[] = [];
    if (!matches(template, scalarFunction.body, captured)) continue;
    const [parameter = 0] = captured;
    // A parameter that occurs in several places must be the same number in all of them.
    if (captured.every((value) => value === parameter)) return emit(x, writer, parameter);
  }
  return undefined;
}

/** Stands for a parameter in a template; no activation computes with it otherwise. */
const marker = 0.739_085_133_215;

interface Template {
  readonly name: string;
  readonly template: Scalar;
  readonly emit: KnownFunction["emit"];
}

let cached: readonly Template[] | undefined;

function templates(): readonly Template[] {
  cached ??= knownFunctions.flatMap(({ activation, when = {}, parameter, emit }) => {
    const definition = findActivation(activation);
    if (definition?.kind !== "elementwise") return [];
    const { name, parameters } = definition;
    const defaults = Object.fromEntries(parameters.map((each) => [each.name, each.default ?? null]));
    const template = (args: ActivationArguments): Template => ({
      name,
      template: definition.body({ ...defaults, ...when, ...args }),
      emit,
    });
    if (parameter === undefined) return [template({})];
    // The default may have a shorter expression than other values, e.g. one without a factor of 1.
    const usual = defaults[parameter] as number;
    return [
      { ...template({}), emit: (x: string, writer: NodeWriter) => emit(x, writer, usual) },
      template({ [parameter]: marker }),
    ];
  });
  return cached;
}

/** Whether `scalar` is `template`, the marker standing for any number; these are added to `captured`. */
function matches(template: Scalar, scalar: Scalar, captured: number[]): boolean {
  if (template.kind === "const" && scalar.kind === "const") {
    if (template.value === marker) captured.push(scalar.value);
    return template.value === marker || Object.is(template.value, scalar.value);
  }
  const found = operands(scalar);
  return (
    isAlike(template, scalar) &&
    operands(template).every((operand, at) => matches(operand, found[at] as Scalar, captured))
  );
}

/** Whether two expressions do the same with their operands. */
function isAlike(template: Scalar, scalar: Scalar): boolean {
  switch (template.kind) {
    case "const":
      return false;
    case "local":
      return scalar.kind === "local" && scalar.name === template.name;
    case "unary":
    case "binary":
      return scalar.kind === template.kind && scalar.operator === template.operator;
    case "select":
      return scalar.kind === "select" && scalar.comparison === template.comparison;
  }
}
