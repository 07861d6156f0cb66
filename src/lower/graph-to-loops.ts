import type { Graph, Operation } from "../ir/graph.ts";
import { addIndex, indexVariable } from "../ir/index-expression.ts";
import type { Kernel, LoopProgram, Plan, Statement } from "../ir/loops.ts";
import { startVariables } from "../ir/kernel-names.ts";
import { mapAccesses } from "../ir/visit-statements.ts";
import { shapeDims } from "../ir/shape.ts";
import { largestSizes, multiplySizes, staticSize, type Size } from "../ir/size.ts";
import { rows } from "../ops/dense.ts";
import { multiplyAdds, operationLoops, readsOnce, type ComputeOperation } from "../ops/index.ts";
import { planBuffers } from "./plan-buffers.ts";
import { schedule, withStagedInput } from "./schedule.ts";

/**
 * Spells out every operation as a loop nest over buffers; all calls of an instance reuse its scratch buffers.
 */
export function lowerToLoops(graph: Graph, plans: ReadonlyMap<Operation, Plan>): LoopProgram {
  const { input, output, steps } = planBuffers(withStagedInput(schedule(graph), (one) => isStaged(one, plans)));
  const parts = partsOfLayers(steps.map(({ operation }) => operation));
  const kernels = steps.map((step): Kernel => ({
    origins: step.operation.origins,
    inputs: [...new Map(step.inputs.map((buffer) => [buffer.name, buffer])).values()],
    output: step.output,
    body: withStarts(operationLoops(step.operation, step)),
    multiplyAdds: multiplyAdds(step.operation),
    plan: planOf(step.operation, plans),
    ...(step.operation.folded === undefined ? {} : { folded: step.operation.folded }),
    ...(step.operation.notes === undefined ? {} : { notes: step.operation.notes }),
    ...zerosOf(step.operation),
    ...partOfLayer(step.operation, parts),
  }));
  return { dims: shapeDims(graph.input.shape), input, output, kernels };
}

type Origin = ComputeOperation["origins"][number];

/** The operations of each layer, in order. */
function partsOfLayers(operations: readonly ComputeOperation[]): ReadonlyMap<Origin, readonly ComputeOperation[]> {
  const parts = new Map<Origin, ComputeOperation[]>();
  for (const operation of operations) {
    for (const layer of operation.origins) {
      const known = parts.get(layer);
      if (known === undefined) parts.set(layer, [operation]);
      else known.push(operation);
    }
  }
  return parts;
}

/** Which part of its layer an operation is, where the layer takes several (a Dense with softmax). */
function partOfLayer(
  operation: ComputeOperation,
  layers: ReadonlyMap<Origin, readonly ComputeOperation[]>,
): Pick<Kernel, "part"> {
  const [layer] = operation.origins;
  const parts = (layer && layers.get(layer)) ?? [];
  if (parts.length < 2) return {};
  return { part: { operation: operation.kind, number: parts.indexOf(operation) + 1, of: parts.length } };
}

function zerosOf(operation: ComputeOperation): Pick<Kernel, "zeros"> {
  if (operation.kind !== "dense" || operation.zeros === undefined) return {};
  return { zeros: multiplySizes(rows(operation), staticSize(operation.zeros)) };
}

function planOf(operation: ComputeOperation, plans: ReadonlyMap<Operation, Plan>): Plan {
  return plans.get(operation) ?? { strategy: "loops", reason: "copies the input" };
}

/**
 * The caller's array may be any `ArrayLike<number>`, and loops that read it again and again would have to cope with
 * every kind they have seen; they read a float64 copy instead. Straight-line code reads each element once.
 */
function isStaged(operation: ComputeOperation, plans: ReadonlyMap<Operation, Plan>): boolean {
  return !readsOnce(operation) && planOf(operation, plans).strategy !== "straight-line";
}

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
  for (const { output, sums } of program.kernels) {
    for (const { kind, name, size } of sums === undefined ? [output] : [output, sums]) {
      if (kind === "scratch") sizes.set(name, [...(sizes.get(name) ?? []), size]);
    }
  }
  return new Map([...sizes].map(([name, list]) => [name, largestSizes(list)]));
}
