import { add, constant, div, exp, mul, neg, select, sub, type Scalar } from "../ir/scalar.ts";

export interface DerivativeOptions {
  /**
   * Whether the function is smooth although parts of it are not, as `max(x, 0) + log1p(exp(-abs(x)))` is: the derivatives
   * from both sides are then averaged. Otherwise it is that of the other operand, as relu's is 0 at 0.
   */
  readonly smooth?: boolean;
  /**
   * Whether the value of the whole expression can be read. What a maximum with a constant chose is then told by that: `y > 0`
   * says of a relu what `x > 0` does, and nothing needs `x` any more.
   */
  readonly isStored?: boolean;
}

/**
 * The derivative of a scalar expression by one of its locals, symbolically. Shared subexpressions stay shared: an object of
 * the expression that the derivative needs is the same object there.
 */
export function derivative(body: Scalar, name: string, options: DerivativeOptions = {}): Scalar {
  const { smooth = false, isStored = false } = options;
  const stored = isStored && !smooth ? body : undefined;
  const known = new Map<Scalar, Scalar>();
  const of = (node: Scalar): Scalar => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const found = rule(node, name, of, { smooth, stored });
    known.set(node, found);
    return found;
  };
  return of(body);
}

const zero = constant(0);
const unit = constant(1);

interface Context {
  readonly smooth: boolean;
  readonly stored: Scalar | undefined;
}

function rule(node: Scalar, name: string, of: (operand: Scalar) => Scalar, { smooth, stored }: Context): Scalar {
  switch (node.kind) {
    case "const":
      return zero;
    case "local":
      return node.name === name ? unit : zero;
    case "unary":
      return ofUnary(node, of(node.operand));
    case "select": {
      const [then, otherwise] = [of(node.then), of(node.otherwise)];
      if (isZero(then) && isZero(otherwise)) return zero;
      return select(node.left, node.comparison, node.right, then, otherwise);
    }
    case "binary": {
      const { left, right } = node;
      const [byLeft, byRight] = [of(left), of(right)];
      if (isZero(byLeft) && isZero(byRight)) return zero;
      const compared = node === stored && right.kind === "const" ? node : left;
      switch (node.operator) {
        case "add":
          return plus(byLeft, byRight);
        case "sub":
          return minus(byLeft, byRight);
        case "mul":
          return plus(times(byLeft, right), times(left, byRight));
        case "div":
          return ofQuotient(node, byLeft, byRight);
        case "max":
          return atKink(select(compared, "gt", right, byLeft, byRight), node, byLeft, byRight, smooth);
        case "min":
          return atKink(select(compared, "lt", right, byLeft, byRight), node, byLeft, byRight, smooth);
      }
    }
  }
}

function ofUnary(node: Extract<Scalar, { kind: "unary" }>, by: Scalar): Scalar {
  if (isZero(by)) return zero;
  const { operand } = node;
  switch (node.operator) {
    case "neg":
      return negative(by);
    case "abs":
      // 0 at 0, from both sides the mean.
      return times(select(operand, "gt", zero, unit, select(operand, "lt", zero, constant(-1), zero)), by);
    case "exp":
      return times(node, by);
    case "expm1":
      return times(exp(operand), by);
    case "log":
      return over(by, operand);
    case "log1p":
      return over(by, add(unit, operand));
    case "tanh":
      return times(sub(unit, mul(node, node)), by);
    case "sqrt":
      return over(by, mul(constant(2), node));
  }
}

/** `(u / v)' = (u' - u / v * v') / v` */
function ofQuotient(node: Extract<Scalar, { kind: "binary" }>, byLeft: Scalar, byRight: Scalar): Scalar {
  const { right } = node;
  if (isZero(byRight)) return over(byLeft, right);
  return ofLogistic(node, byLeft, byRight) ?? over(minus(byLeft, times(node, byRight)), right);
}

/**
 * `u / (k + exp(w))`: `(u / v)' = u' / v - u / v * (1 - k / v) * w'`, where `exp(w) / v` is written so that nothing is infinite
 * where `exp` overflows. Of a constant u, `k / v` is `k / u` times the value, so that a sigmoid's needs nothing but the value.
 */
function ofLogistic(node: Extract<Scalar, { kind: "binary" }>, byLeft: Scalar, byRight: Scalar): Scalar | undefined {
  const { left, right } = node;
  if (right.kind !== "binary" || right.operator !== "add") return undefined;
  const [offset, power] = [right.left, right.right];
  if (offset.kind !== "const" || power.kind !== "unary" || power.operator !== "exp") return undefined;
  const inner = factorOf(byRight, power);
  if (inner === undefined) return undefined;
  const share =
    left.kind === "const" && left.value !== 0 ? times(constant(offset.value / left.value), node) : over(offset, right);
  return plus(over(byLeft, right), times(negative(inner), times(node, minus(unit, share))));
}

/** What `exp(u)` is multiplied by in its derivative. */
function factorOf(derived: Scalar, power: Scalar): Scalar | undefined {
  if (derived === power) return unit;
  if (derived.kind === "unary" && derived.operator === "neg" && derived.operand === power) return constant(-1);
  if (derived.kind !== "binary" || derived.operator !== "mul") return undefined;
  if (derived.left === power) return derived.right;
  return derived.right === power ? derived.left : undefined;
}

function atKink(
  chosen: Scalar,
  { left, right }: Extract<Scalar, { kind: "binary" }>,
  byLeft: Scalar,
  byRight: Scalar,
  smooth: boolean,
): Scalar {
  if (!smooth) return chosen;
  const mean = times(constant(0.5), plus(byLeft, byRight));
  return select(left, "le", right, select(left, "ge", right, mean, chosen), chosen);
}

function isZero(node: Scalar): boolean {
  return node.kind === "const" && node.value === 0;
}

function isUnit(node: Scalar): boolean {
  return node.kind === "const" && node.value === 1;
}

/** `a + b`, without zeros. */
export function plus(a: Scalar, b: Scalar): Scalar {
  if (isZero(a)) return b;
  return isZero(b) ? a : add(a, b);
}

function minus(a: Scalar, b: Scalar): Scalar {
  if (isZero(b)) return a;
  return isZero(a) ? negative(b) : sub(a, b);
}

/** `a * b`, without ones; 0 where one of them is. */
export function times(a: Scalar, b: Scalar): Scalar {
  if (isZero(a) || isZero(b)) return zero;
  if (isUnit(a)) return b;
  if (isUnit(b)) return a;
  if (a.kind === "const" && b.kind === "const") return constant(a.value * b.value);
  if (a.kind === "const" && a.value === -1) return negative(b);
  if (b.kind === "const" && b.value === -1) return negative(a);
  // A choice between numbers, as relu's derivative is, chooses between products: `x > 0 ? dy : 0`.
  if (a.kind === "select" && isPlain(a))
    return select(a.left, a.comparison, a.right, times(a.then, b), times(a.otherwise, b));
  if (b.kind === "select" && isPlain(b))
    return select(b.left, b.comparison, b.right, times(a, b.then), times(a, b.otherwise));
  return mul(a, b);
}

function isPlain({ then, otherwise }: Extract<Scalar, { kind: "select" }>): boolean {
  return [then, otherwise].some(isZero) || [then, otherwise].some(isUnit);
}

function over(a: Scalar, b: Scalar): Scalar {
  return isZero(a) ? zero : div(a, b);
}

function negative(a: Scalar): Scalar {
  if (a.kind === "const") return constant(-a.value);
  return a.kind === "unary" && a.operator === "neg" ? a.operand : neg(a);
}
