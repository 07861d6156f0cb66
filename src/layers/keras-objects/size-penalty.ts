import type { Tensor } from "../../ir/graph.ts";
import { abs, add, constant, local, mul, type Scalar } from "../../ir/scalar.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";

/** `l1 * sum(|x|) + l2 * sum(x ** 2)` */
export function sizePenalty(graph: StepBuilder, value: Tensor, l1: number, l2: number): Tensor {
  const x = local("x");
  const axes = value.shape.map((_, axis) => axis);
  const sum = (term: Scalar): Tensor => graph.reduce({ x: value }, term, { combine: "sum", axes });
  const parts = [
    ...(l1 === 0 ? [] : [{ factor: l1, sum: sum(abs(x)) }]),
    ...(l2 === 0 ? [] : [{ factor: l2, sum: sum(mul(x, x)) }]),
  ];
  const operands = Object.fromEntries(parts.map((part, at) => [`sum${at}`, part.sum]));
  const terms = parts.map(({ factor }, at) => mul(constant(factor), local(`sum${at}`)));
  return parts.length === 0 ? sum(constant(0)) : graph.map(operands, terms.reduce(add));
}
