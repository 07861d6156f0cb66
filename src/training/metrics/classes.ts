import type { Tensor } from "../../ir/graph.ts";
import { abs, add, constant, local, mul, neg, select, sub, type Scalar } from "../../ir/scalar.ts";
import { isStatic } from "../../ir/size.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import { p, t } from "../compared.ts";
import type { MetricContext } from "./definition.ts";

/** How many classes the last axis has: the checker asks metrics whether they count places. */
function classCount({ shape }: Tensor): number {
  const size = shape.at(-1);
  if (size === undefined || !isStatic(size)) throw new Error("a metric of classes needs to know how many there are");
  return size.factor;
}

/** 0, 1, 2, ... along the last axis. */
function positions(graph: StepBuilder, tensor: Tensor): Tensor {
  const count = classCount(tensor);
  return graph.numbers(
    [count],
    Array.from({ length: count }, (_, at) => at),
  );
}

const along = (tensor: Tensor) => ({ axes: [tensor.shape.length - 1], keep: true }) as const;

/** The place of the largest element along the last axis, which stays with size 1: the first one of several. */
function firstLargest(graph: StepBuilder, tensor: Tensor): Tensor {
  const x = local("x");
  const top = graph.reduce({ x: tensor }, x, { combine: "max", ...along(tensor) });
  const place = select(x, "ge", local("top"), neg(local("at")), constant(-classCount(tensor)));
  const operands = { x: tensor, top, at: positions(graph, tensor) };
  return graph.map({ place: graph.reduce(operands, place, { combine: "max", ...along(tensor) }) }, neg(local("place")));
}

/** The place of the right class along the last axis, which stays with size 1; -1 where none is. */
function rightClass({ graph, target, targets }: MetricContext): Tensor {
  if (targets !== "labels") return firstLargest(graph, target);
  const counted = mul(t, add(local("at"), constant(1)));
  const operands = { t: target, at: positions(graph, target) };
  const sum = graph.reduce(operands, counted, { combine: "sum", ...along(target) });
  return graph.map({ sum }, sub(local("sum"), constant(1)));
}

/** 1 where two places are the same, else 0. */
function isSame(left: Scalar, right: Scalar): Scalar {
  return select(abs(sub(left, right)), "lt", constant(0.5), constant(1), constant(0));
}

/** 1 where the largest output is that of the right class, else 0. */
export function hits(context: MetricContext): Tensor {
  const { graph, prediction } = context;
  const operands = { found: firstLargest(graph, prediction), right: rightClass(context) };
  return graph.map(operands, isSame(local("found"), local("right")));
}

/** 1 where fewer than `k` outputs are larger than that of the right class, else 0. */
export function hitsAmong(context: MetricContext, k: number): Tensor {
  const { graph, prediction } = context;
  const operands = { p: prediction, right: rightClass(context), at: positions(graph, prediction) };
  const own = select(isSame(local("at"), local("right")), "gt", constant(0), p, constant(0));
  const value = graph.reduce(operands, own, { combine: "sum", ...along(prediction) });
  const isLarger = select(p, "gt", local("value"), constant(1), constant(0));
  const larger = graph.reduce({ p: prediction, value }, isLarger, { combine: "sum", ...along(prediction) });
  const isAmong = select(local("larger"), "lt", constant(k), constant(1), constant(0));
  return graph.map({ larger, right: operands.right }, select(local("right"), "ge", constant(0), isAmong, constant(0)));
}

/** 1 for each of the `k` largest outputs, else 0; of equal ones the first are it. */
export function amongLargest(graph: StepBuilder, tensor: Tensor, k: number): Tensor {
  const count = classCount(tensor);
  const [last] = tensor.shape.slice(-1);
  const outer = tensor.shape.slice(0, -1);
  if (last === undefined) throw new Error("no axis");
  const one = { factor: 1, dims: [] };
  const list = Array.from({ length: count }, (_, at) => at);
  const operands = {
    x: graph.reshape(tensor, [...outer, last, one]),
    other: graph.reshape(tensor, [...outer, one, last]),
    at: graph.numbers([count, 1], list),
    otherAt: graph.numbers([1, count], list),
  };
  const [x, other] = [local("x"), local("other")];
  const [zero, unit] = [constant(0), constant(1)];
  const isBefore = select(local("otherAt"), "lt", local("at"), unit, zero);
  const comesFirst = select(other, "gt", x, unit, select(other, "lt", x, zero, isBefore));
  const before = graph.reduce(operands, comesFirst, { combine: "sum", axes: [outer.length + 1] });
  return graph.map({ before }, select(local("before"), "lt", constant(k), unit, zero));
}
