import type { Index } from "../../ir/index-expression.ts";
import type { Buffer, Value } from "../../ir/loops.ts";
import type { Scalar, ScalarFunction } from "../../ir/scalar.ts";
import { isShort, uses } from "../../ir/short-function.ts";
import { isStatic, type Size } from "../../ir/size.ts";
import { mapValue } from "../../ir/visit-values.ts";
import { float32Literal, float64Literal } from "./numbers.ts";

/** How names of the loop program appear in one function, and which output is printed. */
export interface Scope {
  readonly typescript: boolean;
  buffer(buffer: Buffer): string;
  dim(name: string): string;
  scalarFunction(scalarFunction: ScalarFunction): string;
}

/** Binding strengths of what is printed, to place parentheses as Prettier does. */
const atom = 4;
const product = 3;
const addition = 2;
const comparison = 1;
const conditional = 0;

interface Printed {
  readonly text: string;
  readonly strength: number;
}

export function printValue(value: Value, scope: Scope): string {
  return print(value, scope).text;
}

/** The terms of a sum with their signs, for a layout of one term a line: `["0.5", "- 2 * x0", "+ x1"]`. */
export function printTerms(terms: readonly Value[], scope: Scope): readonly string[] {
  return terms.map((term, at) => {
    const negated = at === 0 ? undefined : withoutSign(term);
    const sign = at === 0 ? "" : negated === undefined ? "+ " : "- ";
    return sign + within(print(negated ?? term, scope), at > 0 && negated !== undefined ? product : addition);
  });
}

function print(value: Value, scope: Scope): Printed {
  switch (value.kind) {
    case "const":
      return { text: (value.precision === "float32" ? float32Literal : float64Literal)(value.value), strength: atom };
    case "local":
      return { text: value.name, strength: atom };
    case "load": {
      const assertion = scope.typescript ? "!" : "";
      return { text: `${scope.buffer(value.buffer)}[${printIndex(value.index, scope)}]${assertion}`, strength: atom };
    }
    case "size": {
      const simple = isStatic(value.size) || (value.size.factor === 1 && value.size.dims.length === 1);
      return { text: printSize(value.size, scope), strength: simple ? atom : product };
    }
    case "sum":
      return { text: printTerms(value.terms, scope).join(" "), strength: addition };
    case "call":
      return printCall(value, scope);
    case "unary":
      return printUnary(value, scope);
    case "float32":
      return { text: `Math.fround(${print(value.operand, scope).text})`, strength: atom };
    case "binary":
      return printBinary(value, scope);
    case "select": {
      const test = `${within(print(value.left, scope), addition)} ${comparisons[value.comparison]} ${within(print(value.right, scope), addition)}`;
      const then = within(print(value.then, scope), comparison);
      const otherwise = within(print(value.otherwise, scope), conditional);
      return { text: `${test} ? ${then} : ${otherwise}`, strength: conditional };
    }
  }
}

const comparisons = { lt: "<", le: "<=", gt: ">", ge: ">=" } as const;
const operators = { add: "+", sub: "-", mul: "*", div: "/" } as const;

function printUnary(value: Extract<Value, { kind: "unary" }>, scope: Scope): Printed {
  const operand = print(value.operand, scope);
  if (value.operator === "neg") {
    const text = within(operand, atom);
    // Two signs in a row would be a decrement.
    return { text: text.startsWith("-") ? `-(${text})` : `-${text}`, strength: product };
  }
  return { text: `Math.${value.operator}(${operand.text})`, strength: atom };
}

function printBinary(value: Extract<Value, { kind: "binary" }>, scope: Scope): Printed {
  const { operator } = value;
  if (operator === "min" || operator === "max") {
    const operands = chain(value).map((operand) => print(operand, scope).text);
    return { text: `Math.${operator}(${operands.join(", ")})`, strength: atom };
  }
  const strength = operator === "add" || operator === "sub" ? addition : product;
  const left = within(print(value.left, scope), strength);
  // `a - 0.5`, not `a + -0.5`.
  const negated = strength === addition ? withoutSign(value.right) : undefined;
  const right = within(print(negated ?? value.right, scope), strength + 1);
  const sign = operators[negated === undefined ? operator : operator === "add" ? "sub" : "add"];
  // Prettier keeps `a * b / c` only in parentheses; a product on the right always needs them.
  const mixed = operator === "div" && value.left.kind === "binary" && value.left.operator === "mul";
  return { text: `${mixed ? `(${left})` : left} ${sign} ${right}`, strength };
}

/** The operands of nested `max(max(a, b), c)`, without the neutral start. */
function chain(value: Extract<Value, { kind: "binary" }>): readonly Value[] {
  const operands: Value[] = [];
  let left: Value = value;
  while (left.kind === "binary" && left.operator === value.operator) {
    operands.unshift(left.right);
    left = left.left;
  }
  const neutral = value.operator === "max" ? -Infinity : Infinity;
  return left.kind === "const" && left.value === neutral && operands.length > 1 ? operands : [left, ...operands];
}

/** Short functions are written in place, where they cost no call; the others are called by name. */
function printCall(value: Extract<Value, { kind: "call" }>, scope: Scope): Printed {
  const { argument } = value;
  const inline = argument.kind === "local" || argument.kind === "load" || uses(value.function.body) === 1;
  if (inline && isShort(value.function.body)) {
    return print(applied(value.function.body, argument), scope);
  }
  return { text: `${scope.scalarFunction(value.function)}(${print(argument, scope).text})`, strength: atom };
}

function applied(body: Scalar, argument: Value): Value {
  return mapValue(body, (value) => (value.kind === "local" ? argument : value));
}

function within(printed: Printed, strength: number): string {
  return printed.strength >= strength ? printed.text : `(${printed.text})`;
}

/** The value without its leading minus, if it is a negative number or a product that starts with one. */
function withoutSign(value: Value): Value | undefined {
  if (value.kind === "const") {
    return value.value < 0 || Object.is(value.value, -0) ? { ...value, value: -value.value } : undefined;
  }
  if (value.kind !== "binary" || value.operator !== "mul") return undefined;
  const left = withoutSign(value.left);
  return left === undefined ? undefined : { ...value, left };
}

/** `xStart + row * 16 + 3` */
export function printIndex(index: Index, scope: Pick<Scope, "dim">): string {
  const terms = index.terms.map(({ variable, stride }) => {
    const scaled = isStatic(stride) && stride.factor === 1;
    if (scaled) return variable;
    const size = printSize(stride, scope);
    return `${variable} * ${isStatic(stride) || (stride.factor === 1 && stride.dims.length === 1) ? size : `(${size})`}`;
  });
  if (index.constant !== 0 || terms.length === 0) terms.push(String(index.constant));
  return terms.join(" + ");
}

/** `64`, `time`, `16 * time` */
export function printSize(size: Size, scope: Pick<Scope, "dim">): string {
  const dims = size.dims.map((dim) => scope.dim(dim));
  return [...(size.factor === 1 && dims.length > 0 ? [] : [float64Literal(size.factor)]), ...dims].join(" * ");
}
