import type { StoredNode } from "./read-graph.ts";

/**
 * What elementwise nodes compute from one tensor, in one form for nodes that differ only in writing: the key has `#` for
 * every number, the numbers stand beside it in the order of the key.
 */
export interface Expression {
  readonly key: string;
  readonly numbers: readonly number[];
}

/** The tensor that an expression starts from. */
export const start: Expression = { key: "x", numbers: [] };

export function numberExpression(value: number): Expression {
  return { key: "#", numbers: [value] };
}

/** Expressions of more text are no activation that is known; what computes with itself again and again grows fast. */
const longestKey = 4000;

/** Attributes that count, with the values they have where a node does not say, in the order of the key. */
const attributesOf: ReadonlyMap<string, readonly (readonly [string, number])[]> = new Map([
  ["Abs", []],
  ["Add", []],
  ["Atanh", []],
  ["Celu", [["alpha", 1]]],
  ["Clip", []],
  ["Div", []],
  ["Elu", [["alpha", 1]]],
  ["Equal", []],
  ["Erf", []],
  ["Exp", []],
  ["Expand", []],
  ["Greater", []],
  ["GreaterOrEqual", []],
  [
    "HardSigmoid",
    [
      ["alpha", 0.2],
      ["beta", 0.5],
    ],
  ],
  ["HardSwish", []],
  ["Identity", []],
  ["LeakyRelu", [["alpha", 0.01]]],
  ["Less", []],
  ["LessOrEqual", []],
  ["Log", []],
  ["Max", []],
  ["Min", []],
  ["Mish", []],
  ["Mul", []],
  ["Neg", []],
  ["Or", []],
  ["Pow", []],
  ["Reciprocal", []],
  ["Relu", []],
  [
    "Selu",
    [
      ["alpha", 1.673_263_192_176_818_8],
      ["gamma", 1.050_701_022_148_132_3],
    ],
  ],
  [
    "Shrink",
    [
      ["bias", 0],
      ["lambd", 0.5],
    ],
  ],
  ["Sigmoid", []],
  ["Sign", []],
  ["Softplus", []],
  ["Softsign", []],
  ["Sqrt", []],
  ["Sub", []],
  ["Swish", [["alpha", 1]]],
  ["Tanh", []],
  ["ThresholdedRelu", [["alpha", 1]]],
  ["Where", []],
  ["Gelu", []],
  ["GeluTanh", []],
]);

const commutative: ReadonlySet<string> = new Set(["Add", "Mul", "Max", "Min", "Or"]);

/** Comparisons in one direction. */
const mirrored: ReadonlyMap<string, string> = new Map([
  ["Less", "Greater"],
  ["LessOrEqual", "GreaterOrEqual"],
]);

export function isElementwise(operator: string): boolean {
  return attributesOf.has(operator);
}

/** The attributes that count for an elementwise operator; undefined for any other operator. */
export function elementwiseAttributes({ operator, domain }: StoredNode): readonly string[] | undefined {
  return domain === "" ? attributesOf.get(operator)?.map(([name]) => name) : undefined;
}

/**
 * The expression of a node; `attribute` gives its numbers by name. An operand that is left out is undefined. Undefined where
 * the node is not elementwise, or the expression too long.
 */
export function nodeExpression(
  operator: string,
  operands: readonly (Expression | undefined)[],
  attribute: (name: string) => number | undefined,
): Expression | undefined {
  const attributes = isReduction.test(operator) ? [] : attributesOf.get(operator);
  if (attributes === undefined) return undefined;
  const [first, second, third] = operands;
  if (first === undefined) return undefined;
  // Expanded to the shape that it starts from.
  if (operator === "Identity" || operator === "Expand") return first;
  if (operator === "Where" && isSoftplus(first, second, third)) return third;
  if (operator === "Clip") {
    // Before opset 11 the limits were attributes.
    const low = second ?? optionalNumber(attribute("min"));
    const high = third ?? optionalNumber(attribute("max"));
    const raised = low === undefined ? first : nodeExpression("Max", [first, low], attribute);
    if (raised === undefined || high === undefined) return raised;
    return nodeExpression("Min", [raised, high], attribute);
  }
  const inputs = operands.filter((operand) => operand !== undefined);
  const swapped = mirrored.get(operator);
  const ordered =
    swapped !== undefined
      ? [...inputs].reverse()
      : commutative.has(operator)
        ? [...inputs].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
        : inputs;
  const parameters = attributes.map(([name, preset]) => numberExpression(attribute(name) ?? preset));
  const parts = [...parameters, ...ordered];
  const key = `${swapped ?? operator}(${parts.map((part) => part.key).join(",")})`;
  return key.length > longestKey ? undefined : { key, numbers: parts.flatMap(({ numbers }) => numbers) };
}

/** An operator, applied to operands as a node with these attributes is. */
export function applied(
  operator: string,
  attributes: Readonly<Record<string, number>> = {},
): (...operands: readonly (Expression | undefined)[]) => Expression | undefined {
  return (...operands) => nodeExpression(operator, operands, (name) => attributes[name]);
}

/** Whether an expression is a comparison: a truth value, which a cast to one leaves as it is. */
export function isComparison({ key }: Expression): boolean {
  return /^(?:Greater|GreaterOrEqual|Equal|Or)\(/.test(key);
}

/** A reduction with its axes: `ReduceMean[-1]`. */
const isReduction = /^Reduce\w+\[[\d,-]+\]$/;

/** From here on softplus(x) is x, to the last bit of a float32. */
const linearFrom = 20;

/** PyTorch's softplus, which gives x itself where x is large. */
function isSoftplus(
  condition: Expression,
  chosen: Expression | undefined,
  otherwise: Expression | undefined,
): otherwise is Expression {
  if (chosen === undefined || otherwise?.key !== `Softplus(${chosen.key})`) return false;
  const limit = condition.numbers.at(-1) ?? 0;
  const numbers = chosen.numbers.join();
  return (
    condition.key === `Greater(${chosen.key},#)` &&
    limit >= linearFrom &&
    condition.numbers.slice(0, -1).join() === numbers &&
    otherwise.numbers.join() === numbers
  );
}

function optionalNumber(value: number | undefined): Expression | undefined {
  return value === undefined ? undefined : numberExpression(value);
}
