import type { Expression } from "../python/ast.ts";
import type { JsonValue } from "../files/json.ts";
import { compute } from "./formula.ts";
import { applied } from "./apply.ts";
import { convert } from "./convert.ts";
import { quote, takesSteps, type Run } from "./run.ts";
import { unknown, type PythonValue, type ScriptLayer, type Tensor } from "./values.ts";

type OperatorNode = Extract<Expression, { readonly kind: "unary" | "binary" }>;

/** Keras' operations behind the operators of tensors. */
const operations: Readonly<Record<string, string>> = {
  "+": "Add",
  "-": "Subtract",
  "*": "Multiply",
  "/": "TrueDivide",
  "%": "Mod",
  "**": "Power",
  "//": "FloorDivide",
  "@": "Matmul",
};

/** Lists beyond this are no sizes and no layers. */
const mostItems = 10_000;

/** What an operator gives for one or two values; a unary minus of a number is nothing for it. */
export function evaluateOperator(node: OperatorNode, operands: readonly PythonValue[], run: Run): PythonValue {
  const { operator, span } = node;
  const [left, right] = operands as [PythonValue, PythonValue | undefined];
  const lost = operands.find((operand) => operand.kind === "unknown");
  if (operands.some(({ kind }) => kind === "tensor")) return tensorOperation(node, operands, run);
  if (lost?.kind === "unknown") return unknown(lost.why);
  if (left.kind === "number" && right?.kind === "number") {
    const result = compute(operator, left, right);
    return typeof result === "string" ? unknown({ reason: result, span }) : { kind: "number", ...result };
  }
  if (operator === "+" && left.kind === "string" && right?.kind === "string") {
    const value = left.value + right.value;
    if (value.length <= mostItems) return { kind: "string", value };
  }
  const list = listOperation(operator, left, right);
  if (list !== undefined && takesSteps(run, span, list.length)) return { kind: left.kind as "list", items: list };
  return unknown({ reason: `${quote(span, run)} is computed by Python, and a script is read, not run`, span });
}

/** Lists one after the other, or one of them several times. */
function listOperation(
  operator: string,
  left: PythonValue,
  right: PythonValue | undefined,
): readonly PythonValue[] | undefined {
  if ((left.kind !== "list" && left.kind !== "tuple") || left.why !== undefined || right === undefined)
    return undefined;
  if (operator === "+" && right.kind === left.kind && right.why === undefined) {
    return left.items.length + right.items.length <= mostItems ? [...left.items, ...right.items] : undefined;
  }
  if (operator !== "*" || right.kind !== "number" || !right.isInteger) return undefined;
  const count = Math.max(0, right.value);
  if (left.items.length * count > mostItems) return undefined;
  return Array.from({ length: count }, () => left.items).flat();
}

/** Arithmetic of tensors is an operation of Keras, whose meaning is that of files that have it. */
function tensorOperation(node: OperatorNode, operands: readonly PythonValue[], run: Run): PythonValue {
  const { operator, span } = node;
  const className = node.kind === "unary" ? (operator === "-" ? "Negative" : undefined) : operations[operator];
  const nodes = node.kind === "unary" ? [node.operand] : [node.left, node.right];
  const inputs: (Tensor | { readonly constant: JsonValue })[] = [];
  for (const [at, operand] of operands.entries()) {
    if (operand.kind === "tensor") inputs.push(operand.tensor);
    else {
      const { json, why } = convert(nodes[at] as Expression, operand, run);
      if (json === undefined) return unknown(why ?? { reason: "it is no number", span });
      inputs.push({ constant: json });
    }
  }
  if (className === undefined) {
    return unknown({ reason: `${quote(span, run)} is no operation of Keras that is read`, span });
  }
  const layer: ScriptLayer = {
    kind: "layer",
    className,
    isOperation: true,
    name: undefined,
    arguments: [],
    span,
    statement: run.statement,
    problems: [],
  };
  return { kind: "tensor", tensor: applied(layer, inputs, span, run) };
}
