import type { BinaryScalarOperator, Comparison, UnaryOperator } from "../../ir/arithmetic.ts";
import type { Scalar } from "../../ir/scalar.ts";
import type { NodeWriter } from "./graph-writer.ts";

/**
 * States a scalar expression as elementwise nodes over whole tensors and answers the result. `locals` gives the tensors
 * of the expression's locals. Equal parts are computed once. Everything is float32 here, float64 in generated code.
 */
export function scalarNodes(body: Scalar, locals: ReadonlyMap<string, string>, writer: NodeWriter): string {
  const made = new Map<Scalar, string>();
  const byContent = new Map<string, string>();

  const node = (operator: string, ...inputs: readonly string[]): string => {
    const key = `${operator} ${inputs.join(" ")}`;
    const known = byContent.get(key);
    if (known !== undefined) return known;
    const output = writer.node(operator, inputs);
    byContent.set(key, output);
    return output;
  };
  const emit = (scalar: Scalar): string => {
    const known = made.get(scalar);
    if (known !== undefined) return known;
    const output = emitOnce(scalar);
    made.set(scalar, output);
    return output;
  };
  const emitOnce = (scalar: Scalar): string => {
    switch (scalar.kind) {
      case "const":
        return writer.scalar(scalar.value);
      case "local": {
        const tensor = locals.get(scalar.name);
        if (tensor === undefined) throw new Error(`unknown local '${scalar.name}'`);
        return tensor;
      }
      case "unary":
        return unaryNodes[scalar.operator](emit(scalar.operand), node, (value) => writer.scalar(value));
      case "binary":
        return node(binaryOperators[scalar.operator], emit(scalar.left), emit(scalar.right));
      case "select": {
        const condition = node(comparisons[scalar.comparison], emit(scalar.left), emit(scalar.right));
        return node("Where", condition, emit(scalar.then), emit(scalar.otherwise));
      }
    }
  };
  return emit(body);
}

type MakeNode = (operator: string, ...inputs: readonly string[]) => string;
type UnaryNodes = (operand: string, node: MakeNode, scalar: (value: number) => string) => string;

const single =
  (operator: string): UnaryNodes =>
  (operand, node) =>
    node(operator, operand);

const unaryNodes: Readonly<Record<UnaryOperator, UnaryNodes>> = {
  neg: single("Neg"),
  abs: single("Abs"),
  exp: single("Exp"),
  log: single("Log"),
  tanh: single("Tanh"),
  sqrt: single("Sqrt"),
  /** ONNX has no expm1: `2 t / (1 - t)` with `t = tanh(x / 2)` near zero, where `exp(x) - 1` loses its digits. */
  expm1(operand, node, scalar) {
    const half = node("Tanh", node("Mul", operand, scalar(0.5)));
    const near = node("Div", node("Mul", scalar(2), half), node("Sub", scalar(1), half));
    const far = node("Sub", node("Exp", operand), scalar(1));
    return node("Where", node("Less", node("Abs", operand), scalar(0.5)), near, far);
  },
  /** ONNX has no log1p: `2 atanh(x / (x + 2))` near zero, where `log(1 + x)` loses its digits. */
  log1p(operand, node, scalar) {
    const near = node("Mul", scalar(2), node("Atanh", node("Div", operand, node("Add", operand, scalar(2)))));
    const far = node("Log", node("Add", operand, scalar(1)));
    return node("Where", node("Less", node("Abs", operand), scalar(0.5)), near, far);
  },
};

const binaryOperators: Readonly<Record<BinaryScalarOperator, string>> = {
  add: "Add",
  sub: "Sub",
  mul: "Mul",
  div: "Div",
  min: "Min",
  max: "Max",
};

const comparisons: Readonly<Record<Comparison, string>> = {
  lt: "Less",
  le: "LessOrEqual",
  gt: "Greater",
  ge: "GreaterOrEqual",
};
