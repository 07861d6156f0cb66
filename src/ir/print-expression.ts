import type { Arithmetic } from "./arithmetic.ts";
import type { Index } from "./index-expression.ts";
import { formatSize, isStatic, type Size } from "./size.ts";

/** A printed expression, and how strongly its parts hold together: what stands beside an operator may need parentheses. */
export interface Printed {
  readonly text: string;
  readonly strength: number;
}

const strengths = { atom: 4, product: 3, addition: 2, conditional: 0 } as const;
const comparisons = { lt: "<", le: "<=", gt: ">", ge: ">=" } as const;
const operators = { add: "+", sub: "-", mul: "*", div: "/" } as const;

/** What needs no parentheses anywhere: a name, a number, a call. */
export function atom(text: string): Printed {
  return { text, strength: strengths.atom };
}

/** `name(a, b)` */
export function printCall(name: string, operands: readonly Printed[]): Printed {
  return atom(`${name}(${operands.map(({ text }) => text).join(", ")})`);
}

/** Arithmetic as one writes it. `print` gives the text of an operand. */
export function printArithmetic<Node>(node: Arithmetic<Node, string>, print: (operand: Node) => Printed): Printed {
  const within = (operand: Node, strength: number): string => parenthesized(print(operand), strength);
  const { atom: simple, product, addition, conditional } = strengths;
  switch (node.kind) {
    case "unary":
      if (node.operator !== "neg") return printCall(node.operator, [print(node.operand)]);
      return { text: `-${within(node.operand, simple)}`, strength: product };
    case "binary": {
      const { operator } = node;
      if (operator === "min" || operator === "max") return printCall(operator, [print(node.left), print(node.right)]);
      const strength = operator === "mul" || operator === "div" ? product : addition;
      const text = `${within(node.left, strength)} ${operators[operator]} ${within(node.right, strength + 1)}`;
      return { text, strength };
    }
    case "select": {
      const test = `${within(node.left, addition)} ${comparisons[node.comparison]} ${within(node.right, addition)}`;
      return {
        text: `${test} ? ${within(node.then, addition)} : ${within(node.otherwise, conditional)}`,
        strength: conditional,
      };
    }
  }
}

/** Terms added from the first to the last. */
export function printSum(terms: readonly Printed[]): Printed {
  const { addition } = strengths;
  const text = terms.map((term, at) => parenthesized(term, at === 0 ? addition : addition + 1)).join(" + ");
  return { text, strength: addition };
}

function parenthesized({ text, strength }: Printed, needed: number): string {
  // A second sign would read as another operator.
  return strength < needed || (needed > strengths.addition && text.startsWith("-")) ? `(${text})` : text;
}

/** A number with all its digits. */
export function printNumber(value: number): Printed {
  return atom(Object.is(value, -0) ? "-0" : String(value));
}

/** A number of elements: `64`, `16*time`. */
export function printSizeValue(size: Size): Printed {
  return atom(
    isStatic(size) || (size.factor === 1 && size.dims.length === 1) ? formatSize(size) : `(${formatSize(size)})`,
  );
}

/** `k * 64 + unit + 3` */
export function printIndex({ constant, terms }: Index): string {
  const texts = terms.map(({ variable, stride }) =>
    isStatic(stride) && stride.factor === 1 ? variable : `${variable} * ${printSizeValue(stride).text}`,
  );
  if (constant !== 0 || terms.length === 0) texts.push(String(constant));
  return texts.join(" + ").replaceAll("+ -", "- ");
}
