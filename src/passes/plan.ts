import { counted } from "../diagnostics/counted.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { blockInputs, blockUnits } from "../ir/blocks.ts";
import type { Blocks, DenseOperation, Int8DenseOperation, Operation } from "../ir/graph.ts";
import { inputDim, rows, units } from "../ops/dense.ts";
import { unrolledElements, type ComputeOperation } from "../ops/index.ts";
import type { Plan } from "../ir/loops.ts";
import { isStatic } from "../ir/size.ts";
import { isShort } from "../ir/short-function.ts";
import { budget } from "./budget.ts";
import { defaultEngine, engineBudgets, type EngineBudget, type EngineName } from "./engines.ts";
import { fewCalls } from "./graph/fuse.ts";
import type { ChunkBudget } from "./loops/batch.ts";

/** What the user decides of how loops are generated. */
export interface LoopOptions {
  readonly unroll: "auto" | "full" | "none";
  /** What the code is to be fast in. Default `any`. */
  readonly engine?: EngineName | undefined;
}

export interface PlanOptions extends LoopOptions {
  /** Whether the weights are known, so that straight-line code holds them as literals. */
  readonly bound: boolean;
  /** Whether straight-line code multiplies by weights of 0, too. Default false. */
  readonly keepZeros?: boolean;
  /**
   * Weights of tiled loops come in panels padded to a multiple of this many units, as another target stores them; of 8 where it
   * stores several in a word. Default 1: not padded.
   */
  readonly panelLanes?: 1 | 4 | 8;
  /** How large a chunk of a batch may be. Default `budget.chunk`. */
  readonly chunk?: ChunkBudget;
  /** Whether large layers have code for two rows at once. Default true. */
  readonly pairs?: boolean;
}

/** The plan of each operation; a reshape has none. */
export type Plans = ReadonlyMap<Operation, Plan>;

/** Chooses how each operation is generated. Thresholds are in `engines.ts` and `budget.ts`. */
export function planOperations(operations: readonly Operation[], options: PlanOptions): Plans {
  const engine = engineBudget(options);
  const budgets = { engine, dense: denseBudgetOf(operations, options), elements: elementsBudgetOf(operations, engine) };
  const plans = new Map<Operation, Plan>();
  for (const operation of operations) {
    if (operation.kind !== "reshape") {
      plans.set(operation, withSkipped(planOperation(operation, options, budgets), operation));
    }
  }
  return plans;
}

/** Dense layers in tiled loops, everything else in loops: short code for any model. */
export function planTiles(operations: readonly Operation[], reason: string): Plans {
  const computing = operations.filter((operation) => operation.kind !== "reshape");
  return new Map(
    computing.map((operation): [Operation, Plan] => [
      operation,
      withSkipped({ strategy: isContraction(operation) ? "tiled loops" : "loops", reason }, operation),
    ]),
  );
}

/** Says of a layer what its loops skip, and which units it lacks. */
function withSkipped(plan: Plan, operation: ComputeOperation): Plan {
  if (operation.kind !== "dense") return plan;
  const { kernel, dropped, notes = [] } = operation;
  const skipped =
    kernel.blocks === undefined || plan.strategy !== "tiled loops" ? [] : [describeBlocks(kernel.blocks, kernel.shape)];
  return { ...plan, reason: [plan.reason, ...skipped, ...(dropped === undefined ? [] : notes)].join("; ") };
}

function describeBlocks({ count }: Blocks, [inputs, units]: readonly number[]): string {
  const all = Math.ceil((inputs as number) / blockInputs) * Math.ceil((units as number) / blockUnits);
  return `${formatCount(all - count)} of ${formatCount(all)} blocks of ${blockInputs} inputs by ${blockUnits} units skipped, which are 0`;
}

function planOperation(operation: ComputeOperation, options: PlanOptions, { engine, dense, elements }: Budgets): Plan {
  switch (options.unroll) {
    case "none":
      return { strategy: "loops", reason: "--unroll none" };
    case "full":
      return { strategy: "straight-line", reason: `--unroll full${leftOut(operation)}` };
    case "auto":
      if (operation.kind === "int8-dense") return { strategy: "tiled loops", reason: "in integers" };
      return operation.kind === "dense" ? planDense(operation, dense) : planSmall(operation, elements, engine);
  }
}

function engineBudget({ engine = defaultEngine }: PlanOptions): EngineBudget {
  return engineBudgets[engine];
}

interface Budgets {
  readonly engine: EngineBudget;
  readonly dense: DenseBudget;
  /** How many elements any other operation may have to be unrolled. */
  readonly elements: number;
}

/** How many multiply-adds of a row a dense layer may have to be unrolled, and what it is said to be compared with. */
interface DenseBudget {
  readonly limit: number;
  readonly name: string;
}

/** Straight-line code pays where all of a model is; beside tiled loops, only the smallest layers are unrolled. */
function denseBudgetOf(operations: readonly Operation[], options: PlanOptions): DenseBudget {
  const engine = engineBudget(options);
  const layers = operations.filter((operation) => operation.kind === "dense").map(rowMultiplyAdds);
  const limit = options.bound ? engine.literalMultiplyAdds : engine.arrayMultiplyAdds;
  const modelLimit = options.bound ? engine.modelLiteralMultiplyAdds : engine.modelArrayMultiplyAdds;
  const total = layers.reduce((sum, work) => sum + work, 0);
  const unrolled = total <= modelLimit && layers.every((work) => work <= limit);
  if (unrolled || layers.length === 1) return { limit, name: budgetName(limit, engine) };
  const small = layers.filter((work) => work <= engine.smallMultiplyAdds).reduce((sum, work) => sum + work, 0);
  return {
    limit: small <= modelLimit ? engine.smallMultiplyAdds : 0,
    name: `what is unrolled in a model of ${formatCount(total)}`,
  };
}

function budgetName(limit: number, { title }: EngineBudget): string {
  return `the unrolling budget of ${formatCount(limit)}${title === undefined ? "" : ` for ${title}`}`;
}

/** Small operations are unrolled while all of them together are little code. */
function elementsBudgetOf(operations: readonly Operation[], { elements: limit }: EngineBudget): number {
  let total = 0;
  for (const operation of operations) {
    if (operation.kind === "reshape" || isContraction(operation)) continue;
    const elements = unrolledElements(operation);
    if (isStatic(elements) && elements.factor <= limit) total += elements.factor;
  }
  return total <= budget.modelElements ? limit : 0;
}

/** The body of one row is what is unrolled; rows stay a loop. */
function planDense(operation: DenseOperation, { limit, name }: DenseBudget): Plan {
  const work = rowMultiplyAdds(operation);
  const what = `${counted(work, "multiply-add")} a row`;
  if (work <= limit) return { strategy: "straight-line", reason: `${what}${leftOut(operation)}, within ${name}` };
  return {
    strategy: "tiled loops",
    reason: `${what}${operation.zeros === undefined ? "" : " not by 0"}, above ${name}`,
  };
}

/** The multiply-adds that straight-line code lacks, for a reason. */
function leftOut(operation: ComputeOperation): string {
  if (operation.kind !== "dense" || operation.zeros === undefined) return "";
  return `, ${formatCount(operation.zeros)} by 0 left out`;
}

function isContraction(operation: ComputeOperation): operation is DenseOperation | Int8DenseOperation {
  return operation.kind === "dense" || operation.kind === "int8-dense";
}

/** Multiply-adds of a row that straight-line code has. */
function rowMultiplyAdds(operation: DenseOperation): number {
  return inputDim(operation) * units(operation) - (operation.zeros ?? 0);
}

function planSmall(
  operation: Exclude<ComputeOperation, { kind: "dense" | "int8-dense" }>,
  limit: number,
  engine: EngineBudget,
): Plan {
  const elements = unrolledElements(operation);
  if (!isStatic(elements)) return { strategy: "loops", reason: "its size is known only at run time" };
  const what = counted(elements.factor, "element");
  if (
    operation.kind === "elementwise" &&
    elements.factor > fewCalls &&
    !operation.functions.every(({ body }) => isShort(body))
  ) {
    return { strategy: "loops", reason: `${what}, each a call of a function, which is fast in one place` };
  }
  const name = limit === 0 ? "what is unrolled in a model of so many layers" : budgetName(limit, engine);
  return elements.factor <= limit
    ? { strategy: "straight-line", reason: `${what}, within ${name}` }
    : { strategy: "loops", reason: `${what}, above ${name}` };
}

/** Multiply-adds that one straight-line function holds under a plan, for the warning about V8's limit. */
export function straightLineMultiplyAdds(operation: ComputeOperation, plan: Plan, options: PlanOptions): number {
  if (plan.strategy !== "straight-line" || operation.kind !== "dense") return 0;
  const repeated = options.unroll === "full" ? rows(operation) : undefined;
  const copies = repeated !== undefined && isStatic(repeated) ? repeated.factor : 1;
  return rowMultiplyAdds(operation) * copies;
}
