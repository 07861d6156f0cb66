import type { Graph, Operation } from "../ir/graph.ts";
import { addIndex, indexVariable } from "../ir/index-expression.ts";
import type { Kernel, LoopProgram, Plan, Statement } from "../ir/loops.ts";
import { mapAccesses } from "../ir/visit-statements.ts";
import { shapeDims } from "../ir/shape.ts";
import { largestSizes, type Size } from "../ir/size.ts";
import { multiplyAdds, operationLoops, readsOnce, type ComputeOperation } from "../ops/index.ts";
import { chainBuffers, computeOperations, copyOf } from "./buffer-chain.ts";

/**
 * Spells out every operation as a loop nest over buffers; all calls of an instance reuse its scratch buffers.
 */
export function lowerToLoops(graph: Graph, plans: ReadonlyMap<Operation, Plan>): LoopProgram {
  const operations = withStagedInput(computeOperations(graph), plans);
  const { input, output, steps } = chainBuffers(graph, operations);
  const kernels = steps.map((step): Kernel => ({
    origins: step.operation.origins,
    input: step.input,
    output: step.output,
    body: withStarts(operationLoops(step.operation, step)),
    multiplyAdds: multiplyAdds(step.operation),
    plan: planOf(step.operation, plans),
    ...(step.operation.folded === undefined ? {} : { folded: step.operation.folded }),
    ...(step.operation.notes === undefined ? {} : { notes: step.operation.notes }),
    ...partOfLayer(step.operation, operations),
  }));
  return { dims: shapeDims(graph.input.shape), input, output, kernels };
}

/** Which part of its layer an operation is, where the layer takes several (a Dense with softmax). */
function partOfLayer(operation: ComputeOperation, operations: readonly ComputeOperation[]): Pick<Kernel, "part"> {
  const [layer] = operation.origins;
  if (layer === undefined) return {};
  const parts = operations.filter((other) => other.origins.includes(layer));
  if (parts.length === 1) return {};
  return { part: { operation: operation.kind, number: parts.indexOf(operation) + 1, of: parts.length } };
}

function planOf(operation: ComputeOperation, plans: ReadonlyMap<Operation, Plan>): Plan {
  return plans.get(operation) ?? { strategy: "loops", reason: "copies the input" };
}

/**
 * The caller's array may be any `ArrayLike<number>`, and loops that read it again and again would have to cope with
 * every kind they have seen; they read a float64 copy instead. Straight-line code reads each element once.
 */
function withStagedInput(
  operations: readonly ComputeOperation[],
  plans: ReadonlyMap<Operation, Plan>,
): readonly ComputeOperation[] {
  const [first] = operations;
  if (first === undefined || readsOnce(first)) return operations;
  return planOf(first, plans).strategy === "straight-line" ? operations : [copyOf(first.input), ...operations];
}

/** The integer parameters of a kernel that say where the sample starts in the caller's arrays. */
export const startVariables = { input: "xStart", output: "yStart" } as const;

function withStarts(statements: readonly Statement[]): readonly Statement[] {
  return mapAccesses(statements, (index, buffer) =>
    buffer.kind === "input" || buffer.kind === "output"
      ? addIndex(indexVariable(startVariables[buffer.kind]), index)
      : index,
  );
}

/** The number of elements each scratch buffer needs. */
export function scratchSizes(program: LoopProgram): ReadonlyMap<string, readonly Size[]> {
  const sizes = new Map<string, Size[]>();
  for (const { output } of program.kernels) {
    if (output.kind !== "scratch") continue;
    sizes.set(output.name, [...(sizes.get(output.name) ?? []), output.size]);
  }
  return new Map([...sizes].map(([name, list]) => [name, largestSizes(list)]));
}
