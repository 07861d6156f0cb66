import type { DenseOperation, Operation } from "../ir/graph.ts";
import { inputDim, rows, units } from "../ops/dense.ts";
import { unrolledElements, type ComputeOperation } from "../ops/index.ts";
import type { Plan } from "../ir/loops.ts";
import { isStatic } from "../ir/size.ts";
import { isShort } from "../ir/short-function.ts";
import { budget } from "./budget.ts";
import { fewCalls } from "./fuse.ts";

export interface PlanOptions {
  readonly unroll: "auto" | "full" | "none";
  /** Whether the weights are known, so that straight-line code holds them as literals. */
  readonly bound: boolean;
}

/** The plan of each operation; a reshape has none. */
export type Plans = ReadonlyMap<Operation, Plan>;

/** Chooses how each operation is generated. Thresholds and their measurements are in `budget.ts`. */
export function planOperations(operations: readonly Operation[], options: PlanOptions): Plans {
  let spent = 0;
  const plans = new Map<Operation, Plan>();
  for (const operation of operations) {
    if (operation.kind === "reshape") continue;
    const plan = planOperation(operation, options, budget.modelMultiplyAdds - spent);
    if (plan.strategy === "straight-line" && operation.kind === "dense") spent += rowMultiplyAdds(operation);
    plans.set(operation, plan);
  }
  return plans;
}

function planOperation(operation: ComputeOperation, options: PlanOptions, left: number): Plan {
  switch (options.unroll) {
    case "none":
      return { strategy: "loops", reason: "--unroll none" };
    case "full":
      return { strategy: "straight-line", reason: "--unroll full" };
    case "auto":
      return operation.kind === "dense" ? planDense(rowMultiplyAdds(operation), options, left) : planSmall(operation);
  }
}

/** The body of one row is what is unrolled; rows stay a loop. */
function planDense(work: number, options: PlanOptions, left: number): Plan {
  const limit = options.bound ? budget.literalMultiplyAdds : budget.arrayMultiplyAdds;
  const what = `${format(work)} multiply-adds a row`;
  if (work > limit)
    return { strategy: "tiled loops", reason: `${what}, above the unrolling budget of ${format(limit)}` };
  if (work > left) {
    const total = format(budget.modelMultiplyAdds);
    return { strategy: "tiled loops", reason: `${what}, but the model has used up its unrolling budget of ${total}` };
  }
  return { strategy: "straight-line", reason: `${what}, within the unrolling budget of ${format(limit)}` };
}

function rowMultiplyAdds(operation: DenseOperation): number {
  return inputDim(operation) * units(operation);
}

function planSmall(operation: Exclude<ComputeOperation, { kind: "dense" }>): Plan {
  const elements = unrolledElements(operation);
  if (!isStatic(elements)) return { strategy: "loops", reason: "its size is known only at run time" };
  const what = `${format(elements.factor)} elements`;
  if (
    operation.kind === "elementwise" &&
    elements.factor > fewCalls &&
    !operation.functions.every(({ body }) => isShort(body))
  ) {
    return { strategy: "loops", reason: `${what}, each a call of a function, which is fast in one place` };
  }
  return elements.factor <= budget.elements
    ? { strategy: "straight-line", reason: `${what}, within the unrolling budget of ${format(budget.elements)}` }
    : { strategy: "loops", reason: `${what}, above the unrolling budget of ${format(budget.elements)}` };
}

/** Multiply-adds that one straight-line function holds under a plan, for the warning about V8's limit. */
export function straightLineMultiplyAdds(operation: ComputeOperation, plan: Plan, options: PlanOptions): number {
  if (plan.strategy !== "straight-line" || operation.kind !== "dense") return 0;
  const repeated = options.unroll === "full" ? rows(operation) : undefined;
  const copies = repeated !== undefined && isStatic(repeated) ? repeated.factor : 1;
  return rowMultiplyAdds(operation) * copies;
}

function format(count: number): string {
  return count.toLocaleString("en-US");
}
