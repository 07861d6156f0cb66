import type { Scalar } from "../../../../src/ir/scalar.ts";

/** A scalar expression of `x` in float64, as a JavaScript function. */
export function float64Function(body: Scalar): (x: number) => number {
  switch (body.kind) {
    case "const":
      return () => body.value;
    case "local":
      return (x) => x;
    case "unary": {
      const operand = float64Function(body.operand);
      const { operator } = body;
      return operator === "neg" ? (x) => -operand(x) : (x) => Math[operator](operand(x));
    }
    case "binary": {
      const [left, right] = [float64Function(body.left), float64Function(body.right)];
      const apply = binaryOperators[body.operator];
      return (x) => apply(left(x), right(x));
    }
    case "select": {
      const [left, right] = [float64Function(body.left), float64Function(body.right)];
      const [then, otherwise] = [float64Function(body.then), float64Function(body.otherwise)];
      const holds = comparisons[body.comparison];
      return (x) => (holds(left(x), right(x)) ? then(x) : otherwise(x));
    }
  }
}

const binaryOperators = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  min: (a: number, b: number) => Math.min(a, b),
  max: (a: number, b: number) => Math.max(a, b),
};

const comparisons = {
  lt: (a: number, b: number) => a < b,
  le: (a: number, b: number) => a <= b,
  gt: (a: number, b: number) => a > b,
  ge: (a: number, b: number) => a >= b,
};
