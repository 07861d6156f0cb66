import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, Span } from "../../diagnostics/diagnostic.ts";

export const divisionByZero = defineDiagnostic(
  "division-by-zero",
  "error",
  "An expression divides by zero.",
  (at: { text: string }) => ({ message: `Division by zero in ${at.text}` }),
  () => ({
    meaning: "Values are computed when the model is compiled, and dividing by zero, with / or with %, has no value.",
    example: {
      kind: "source",
      source: "let width = 8 let parts = 0 model M { input [4] Dense(width / parts) }",
      mended: "let width = 8 let parts = 2 model M { input [4] Dense(width / parts) }",
    },
  }),
);

export const numberNotFinite = defineDiagnostic(
  "number-not-finite",
  "error",
  "A number is too large for float64, or no number at all.",
  (at: { text: string; found: number }) => ({
    message: Number.isNaN(at.found)
      ? `${short(at.text)} is no real number`
      : `${short(at.text)} is too large: the largest number is about 1.8e308`,
  }),
  () => ({
    meaning:
      "Values are 64-bit floats. This one is beyond the largest of them, or has no real value, such as the root of a negative number.",
    example: {
      kind: "source",
      source: "let n = 10 ** 400 model M { input [4] Dense(n) }",
      mended: "let n = 10 ** 3 model M { input [4] Dense(n) }",
    },
  }),
);

export const dimArithmetic = defineDiagnostic(
  "dim-arithmetic",
  "error",
  "An expression computes with a run-time dim.",
  (at: { name: string }) => ({
    message: `'${at.name}' is a dim, known only at run time, and can't be computed with`,
    help: "a dim stands alone as an axis of a shape",
  }),
  () => ({
    meaning:
      "A dim is a size that the caller of the generated function decides, so there is no number to compute with. It can only be an axis of a shape as a whole.",
    example: {
      kind: "source",
      source: "dim time model M { input [2 * time] ReLU() }",
      mended: "dim time model M { input [time, 2] ReLU() }",
    },
  }),
);

export const arithmeticOperand = defineDiagnostic(
  "arithmetic-operand",
  "error",
  "An operator is applied to something that is no number.",
  (at: { operator: string; found: string; fix?: Fix }) => ({
    message: `'${at.operator}' works on numbers, found ${at.found}`,
    ...(at.fix === undefined ? {} : { fix: at.fix }),
  }),
  () => ({
    meaning: "+ - * / % and ** work on numbers only. Strings, lists and keyword values can't be added.",
    example: {
      kind: "source",
      source: 'let n = 1 + "2" model M { input [4] Dense(n) }',
      mended: "let n = 1 + 2 model M { input [4] Dense(n) }",
    },
  }),
);

export const notAValue = defineDiagnostic(
  "not-a-value",
  "error",
  "A block or a model stands where a value is needed.",
  (at: { name: string; kind: "block" | "model"; declared: Span }) => ({
    message: `'${at.name}' is a ${at.kind}, not a value`,
    related: [{ span: at.declared, message: `the ${at.kind} is declared here` }],
  }),
  () => ({
    meaning:
      "A block or a model stands for layers and is used as a statement of a body. Arguments and shapes need a value: a number, a list, a keyword, a let.",
    example: {
      kind: "source",
      source: "block Hidden() { Dense(8) } model M { input [4] Dense(Hidden) }",
      mended: "block Hidden() { Dense(8) } model M { input [4] Hidden() }",
    },
  }),
);

export const notAFunction = defineDiagnostic(
  "not-a-function",
  "error",
  "A value calls something that is no function, such as a let or a block.",
  (at: { name: string; kind: string }) => ({
    message: `'${at.name}' is a ${at.kind} and can't be called in an expression`,
  }),
  () => ({
    meaning:
      "In expressions one can call the built-in functions and keyword values such as he_normal(seed=7). A let is a value and is written without parentheses.",
    example: {
      kind: "source",
      source: "let units = 3 model M { input [4] Dense(units(3)) }",
      mended: "let units = 3 model M { input [4] Dense(units) }",
    },
  }),
);

export const letCycle = defineDiagnostic(
  "let-cycle",
  "error",
  "The value of a let depends on itself.",
  (at: { cycle: readonly { readonly name: string; readonly span: Span }[] }) => ({
    message: `The value of '${at.cycle[0]?.name}' depends on itself: ${cyclePath(at.cycle)}`,
    related: at.cycle.slice(1, 6).map(({ name, span }) => ({ span, message: `through '${name}'` })),
  }),
  () => ({
    meaning: "The value of each let of the cycle needs that of the next one first, so none of them has a value.",
    example: {
      kind: "source",
      source: "let a = b + 1 let b = a - 1 model M { input [4] Dense(a) }",
      mended: "let a = b + 1 let b = 2 model M { input [4] Dense(a) }",
    },
  }),
);

/** `a -> b -> a`, long ones with their middle left out. */
export function cyclePath(cycle: readonly { readonly name: string }[]): string {
  const names = cycle.map(({ name }) => name);
  const shown = names.length > 12 ? [...names.slice(0, 6), "...", ...names.slice(-5)] : names;
  return [...shown, names[0]].join(" -> ");
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
