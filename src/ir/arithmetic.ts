/**
 * The arithmetic that scalar expressions, values of loop nests and values on vectors share. Each of the three adds kinds of
 * its own to these, and says what the operands are.
 */
export type Arithmetic<Node, Operator = UnaryOperator> = Unary<Node, Operator> | Binary<Node> | Select<Node>;

export interface Unary<Node, Operator = UnaryOperator> {
  readonly kind: "unary";
  readonly operator: Operator;
  readonly operand: Node;
}

export interface Binary<Node> {
  readonly kind: "binary";
  readonly operator: BinaryScalarOperator;
  readonly left: Node;
  readonly right: Node;
}

/** `left < right ? then : otherwise`; comparisons with NaN are false. */
export interface Select<Node> {
  readonly kind: "select";
  readonly comparison: Comparison;
  readonly left: Node;
  readonly right: Node;
  readonly then: Node;
  readonly otherwise: Node;
}

export type UnaryOperator = "neg" | "abs" | "exp" | "expm1" | "log" | "log1p" | "tanh" | "sqrt";
/** `min` and `max` propagate NaN, as `Math.min` and `Math.max` do. */
export type BinaryScalarOperator = "add" | "sub" | "mul" | "div" | "min" | "max";
export type Comparison = "lt" | "le" | "gt" | "ge";

/** The operands, in the order in which they are evaluated. */
export function arithmeticOperands<Node>(node: Arithmetic<Node, unknown>): readonly Node[] {
  switch (node.kind) {
    case "unary":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "select":
      return [node.left, node.right, node.then, node.otherwise];
  }
}

/** The same on other operands, which may be of another kind of expression. */
export function mapArithmetic<From, To, Operator>(
  node: Arithmetic<From, Operator>,
  replace: (operand: From) => To,
): Arithmetic<To, Operator> {
  switch (node.kind) {
    case "unary":
      return { kind: node.kind, operator: node.operator, operand: replace(node.operand) };
    case "binary":
      return { kind: node.kind, operator: node.operator, left: replace(node.left), right: replace(node.right) };
    case "select":
      return {
        kind: node.kind,
        comparison: node.comparison,
        left: replace(node.left),
        right: replace(node.right),
        then: replace(node.then),
        otherwise: replace(node.otherwise),
      };
  }
}
