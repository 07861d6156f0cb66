import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";

export const divisionByZero = defineDiagnostic(
  "division-by-zero",
  "error",
  "An expression divides by zero.",
  (at: { text: string }) => ({ message: `Division by zero in ${at.text}` }),
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
);

export const dimArithmetic = defineDiagnostic(
  "dim-arithmetic",
  "error",
  "An expression computes with a run-time dim.",
  (at: { name: string }) => ({
    message: `'${at.name}' is a dim, known only at run time, and can't be computed with`,
    help: "a dim stands alone as an axis of a shape",
  }),
);

export const arithmeticOperand = defineDiagnostic(
  "arithmetic-operand",
  "error",
  "An operator is applied to something that is no number.",
  (at: { operator: string; found: string }) => ({ message: `'${at.operator}' works on numbers, found ${at.found}` }),
);

export const notAValue = defineDiagnostic(
  "not-a-value",
  "error",
  "A block or a model stands where a value is needed.",
  (at: { name: string; kind: "block" | "model"; declared: Span }) => ({
    message: `'${at.name}' is a ${at.kind}, not a value`,
    related: [{ span: at.declared, message: `the ${at.kind} is declared here` }],
  }),
);

export const notAFunction = defineDiagnostic(
  "not-a-function",
  "error",
  "A value calls something that is no function, such as a let or a block.",
  (at: { name: string; kind: string }) => ({
    message: `'${at.name}' is a ${at.kind} and can't be called in an expression`,
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
