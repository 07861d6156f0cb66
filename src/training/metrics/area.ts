import type { Tensor } from "../../ir/graph.ts";
import { add, constant, div, local, log, max, min, mul, select, sub, type Scalar } from "../../ir/scalar.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import { quotient } from "../quotient.ts";
import type { Sums } from "./definition.ts";

export type Curve = "ROC" | "PR" | "PRGAIN";
export type Summation = "interpolation" | "majoring" | "minoring";

const zero = constant(0);
const one = constant(1);

/** The counts at a threshold: the lower or the higher one of two neighbours. */
type Side = "lower" | "higher";
const count = (name: string, side: Side): Scalar => local(`${name}_${side}`);
const found = (side: Side): Scalar => count("true_positives", side);
const missed = (side: Side): Scalar => count("false_negatives", side);
const wrong = (side: Side): Scalar => count("false_positives", side);
const rest = (side: Side): Scalar => count("true_negatives", side);

/** The area under a curve between neighbouring thresholds, summed over all. `axis` is that of the thresholds, so many. */
export function areaUnder(
  graph: StepBuilder,
  sums: Sums,
  { axis, thresholds }: { readonly axis: number; readonly thresholds: number },
  curve: Curve,
  summation: Summation,
): Tensor {
  const operands = Object.fromEntries(
    Object.entries(sums).flatMap(([name, tensor]): readonly (readonly [string, Tensor])[] => [
      [`${name}_lower`, graph.slice(tensor, axis, 0, thresholds - 1)],
      [`${name}_higher`, graph.slice(tensor, axis, 1, thresholds)],
    ]),
  );
  const term = curve === "PR" && summation === "interpolation" ? interpolatedPrecision() : rectangle(curve, summation);
  return graph.reduce(operands, term, { combine: "sum", axes: [axis] });
}

function rectangle(curve: Curve, summation: Summation): Scalar {
  const [[fromX, fromY], [toX, toY]] = [point(curve, "lower"), point(curve, "higher")];
  return mul(sub(fromX, toX), height(fromY, toY, summation));
}

function height(from: Scalar, to: Scalar, summation: Summation): Scalar {
  switch (summation) {
    case "interpolation":
      return div(add(from, to), constant(2));
    case "majoring":
      return max(from, to);
    case "minoring":
      return min(from, to);
  }
}

function point(curve: Curve, side: Side): readonly [x: Scalar, y: Scalar] {
  const recall = quotient(found(side), add(found(side), missed(side)));
  switch (curve) {
    case "ROC":
      return [quotient(wrong(side), add(wrong(side), rest(side))), recall];
    case "PR":
      return [recall, quotient(found(side), add(found(side), wrong(side)))];
    case "PRGAIN": {
      const odds = quotient(add(found(side), missed(side)), add(rest(side), wrong(side)));
      const gain = (lost: Scalar, none: Scalar): Scalar =>
        select(found(side), "le", zero, none, sub(one, mul(odds, quotient(lost, found(side)))));
      return [max(gain(missed(side), zero), zero), gain(wrong(side), one)];
    }
  }
}

/** Between two thresholds precision is interpolated by the numbers that are found (Davis and Goadrich, 2006). */
function interpolatedPrecision(): Scalar {
  const all = (side: Side): Scalar => add(found(side), wrong(side));
  const right = sub(found("lower"), found("higher"));
  const slope = quotient(right, max(sub(all("lower"), all("higher")), zero));
  const intercept = sub(found("higher"), mul(slope, all("higher")));
  const bothFind = min(all("lower"), all("higher"));
  const growth = select(bothFind, "gt", zero, quotient(all("lower"), max(all("higher"), zero)), one);
  const increment = mul(slope, add(right, mul(intercept, log(growth))));
  return quotient(increment, max(add(found("higher"), missed("higher")), zero));
}
