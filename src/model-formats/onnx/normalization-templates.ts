import { applied as op, numberExpression, start, type Expression } from "./expression.ts";

/** A normalisation that elementwise nodes and reductions compute step by step. */
export interface FoundNormalization {
  readonly kind: "layer" | "rms" | "unit";
  /** Counted from the end. */
  readonly axes: readonly number[];
  /** Added to the variance or to the mean of the squares. */
  readonly epsilon: number;
  /** Whether the squares are added up, not averaged: then epsilon is that of the sum. */
  readonly sums: boolean;
}

interface Template extends Pick<FoundNormalization, "kind" | "sums"> {
  /** What the numbers are, in their order; "epsilon" is whatever it is. */
  readonly numbers: readonly (number | "epsilon")[];
}

/** Stands for epsilon while a template is made. */
const marker = 0.734_512_984_301;

/** The axes of a reduction in a key. */
const axesInKey = /\[[\d,-]+\]/g;

let cached: ReadonlyMap<string, Template> | undefined;

/** The normalisation that an expression computes, if it is one. */
export function matchNormalization({ key, numbers }: Expression): FoundNormalization | undefined {
  const axes = [...new Set(key.match(axesInKey))];
  const [found] = axes;
  if (found === undefined || axes.length > 1) return undefined;
  cached ??= makeTemplates();
  const template = cached.get(key.replace(axesInKey, "[-1]"));
  if (template?.numbers.length !== numbers.length) return undefined;
  const fits = template.numbers.every(
    (wanted, at) => wanted === "epsilon" || Math.abs((numbers[at] as number) - wanted) <= 1e-6 * Math.abs(wanted),
  );
  const at = template.numbers.indexOf("epsilon");
  return fits
    ? {
        kind: template.kind,
        sums: template.sums,
        axes: found.slice(1, -1).split(",").map(Number),
        epsilon: at < 0 ? 0 : (numbers[at] as number),
      }
    : undefined;
}

/** Every way in which exporters write these, for the last axis. */
function makeTemplates(): ReadonlyMap<string, Template> {
  const templates = new Map<string, Template>();
  const add = (kind: Template["kind"], sums: boolean, expression: Expression | undefined): void => {
    if (expression === undefined) return;
    const numbers = expression.numbers.map((value) => (value === marker ? "epsilon" : value));
    templates.set(expression.key, { kind, sums, numbers });
  };
  const centered = sub(start, mean(start));
  for (const variance of squares(centered).map(mean)) {
    for (const moment of [variance, plus(variance)]) {
      for (const form of overRoot(centered, moment)) add("layer", false, form);
    }
  }
  for (const [sums, reduce] of [
    [false, mean],
    [true, sum],
  ] as const) {
    for (const total of squares(start).map(reduce)) {
      for (const moment of [total, plus(total)]) {
        for (const form of overRoot(start, moment)) add("rms", sums, form);
      }
    }
  }
  const totals = [...squares(start).map(sum), op("ReduceSumSquare[-1]")(start)];
  const norms = [op("ReduceL2[-1]")(start), ...totals.map((total) => op("Sqrt")(total))];
  for (const norm of norms) {
    add("rms", true, op("Div")(start, norm));
    for (const form of over(start, op("Max")(norm, numberExpression(1e-12)))) add("unit", true, form);
  }
  for (const total of totals) {
    for (const form of overRoot(start, op("Max")(total, numberExpression(1e-24)))) add("unit", true, form);
  }
  return templates;
}

type Operand = Expression | undefined;

const mean = (value: Operand): Operand => op("ReduceMean[-1]")(value);
const sum = (value: Operand): Operand => op("ReduceSum[-1]")(value);
const sub = (a: Operand, b: Operand): Operand => op("Sub")(a, b);
const plus = (value: Operand): Operand => op("Add")(value, numberExpression(marker));
const squares = (value: Operand): readonly Operand[] => [
  op("Pow")(value, numberExpression(2)),
  op("Mul")(value, value),
];

/** `value / divisor` */
function over(value: Operand, divisor: Operand): readonly Operand[] {
  return [
    op("Div")(value, divisor),
    op("Mul")(value, op("Reciprocal")(divisor)),
    op("Mul")(value, op("Div")(numberExpression(1), divisor)),
  ];
}

/** `value / sqrt(moment)` */
function overRoot(value: Operand, moment: Operand): readonly Operand[] {
  return [
    ...over(value, op("Sqrt")(moment)),
    op("Mul")(value, op("Pow")(moment, numberExpression(-0.5))),
    op("Mul")(value, op("Sqrt")(op("Reciprocal")(moment))),
    op("Div")(value, op("Pow")(moment, numberExpression(0.5))),
  ];
}
