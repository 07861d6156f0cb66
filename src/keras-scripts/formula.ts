/** A number as a script computes it, with its value. `size` counts the numbers and names in it. */
export type Formula =
  | { readonly kind: "literal"; readonly text: string; readonly value: number; readonly size: 1 }
  /** A name that the script gives to a number once and for all. */
  | { readonly kind: "constant"; readonly name: string; readonly value: number; readonly size: 1 }
  | {
      readonly kind: "unary";
      readonly operator: "-" | "+";
      readonly operand: Formula;
      readonly value: number;
      readonly size: number;
    }
  | {
      readonly kind: "binary";
      readonly operator: "+" | "-" | "*" | "/" | "%" | "**";
      readonly left: Formula;
      readonly right: Formula;
      readonly value: number;
      readonly size: number;
    }
  /** Rounded down. */
  | { readonly kind: "floor"; readonly operand: Formula; readonly value: number; readonly size: number };

/** A number of Python. */
export interface PythonNumber {
  readonly value: number;
  readonly isInteger: boolean;
  readonly formula: Formula;
}

/** A longer formula is written as the number that it gives. */
const longest = 32;

function literal(value: number, text = String(value)): Formula {
  return { kind: "literal", text, value, size: 1 };
}

/** A number that has no formula of its own. */
export function plainNumber(value: number, isInteger: boolean): PythonNumber {
  return { value, isInteger, formula: literal(value) };
}

function shortened(formula: Formula): Formula {
  return formula.size > longest ? literal(formula.value) : formula;
}

export function negate(operator: "-" | "+", { value, isInteger, formula }: PythonNumber): PythonNumber {
  const result = operator === "-" ? -value : value;
  const size = formula.size + 1;
  const made = { kind: "unary", operator, operand: formula, value: result, size } as const;
  return { value: result, isInteger, formula: shortened(made) };
}

/** `number` rounded down, as whole number. */
export function floor(number: PythonNumber): PythonNumber {
  if (number.isInteger) return number;
  const { value, formula } = number;
  if (formula.kind === "literal") return plainNumber(Math.floor(value), true);
  return { value: Math.floor(value), isInteger: true, formula: floorOf(formula) };
}

function floorOf(operand: Formula): Formula {
  return { kind: "floor", operand, value: Math.floor(operand.value), size: operand.size };
}

/** What an operation gives, as in Python; a clause that says why it gives nothing. */
export function compute(operator: string, left: PythonNumber, right: PythonNumber): PythonNumber | string {
  const value = valueOf(operator, left.value, right.value);
  if (typeof value === "string") return value;
  const whole = left.isInteger && right.isInteger;
  const isInteger = whole && operator !== "/" && !(operator === "**" && right.value < 0);
  if (!Number.isFinite(value)) return `'${operator}' gives a number that is too large`;
  if (isInteger && !Number.isSafeInteger(value)) return `'${operator}' gives a whole number above 2**53`;
  return { value, isInteger, formula: shortened(formulaOf(operator, left.formula, right.formula, value)) };
}

function valueOf(operator: string, left: number, right: number): number | string {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? "it divides by zero" : left / right;
    case "//":
      return right === 0 ? "it divides by zero" : Math.round((left - remainder(left, right)) / right);
    case "%":
      return right === 0 ? "it divides by zero" : remainder(left, right);
    case "**": {
      if (left === 0 && right < 0) return "it divides by zero";
      const power = left ** right;
      return Number.isNaN(power) ? "it is no real number" : power;
    }
    default:
      return `'${operator}' of numbers is not read`;
  }
}

/** What is left of a division that is rounded down: it has the sign of the divisor. */
function remainder(left: number, right: number): number {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
}

function formulaOf(operator: string, left: Formula, right: Formula, value: number): Formula {
  const size = left.size + right.size;
  if (operator === "//") {
    const quotient = left.value / right.value;
    // Python divides what the remainder leaves: 1 // 0.1 is 9, where 1 / 0.1 is 10.
    if (Math.floor(quotient) !== value) return literal(value);
    return floorOf({ kind: "binary", operator: "/", left, right, value: quotient, size });
  }
  return { kind: "binary", operator: operator as "+", left, right, value, size };
}
