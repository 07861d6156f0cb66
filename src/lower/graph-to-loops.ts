import type { Graph, Operation } from "../ir/graph.ts";
import { addIndex, indexVariable, type Index } from "../ir/index-expression.ts";
import type { Buffer, DataBuffer, Kernel, LoopProgram, Plan, Statement } from "../ir/loops.ts";
import { mapValues } from "../ir/rewrite.ts";
import { elementCount, shapeDims } from "../ir/shape.ts";
import { staticSize, type Size } from "../ir/size.ts";
import { multiplyAdds, operationLoops, readsOnce, type ComputeOperation } from "../ops/index.ts";

/**
 * Spells out every operation as a loop nest over buffers. Intermediate results alternate between two scratch buffers,
 * which all calls of an instance reuse.
 */
export function lowerToLoops(graph: Graph, plans: ReadonlyMap<Operation, Plan>): LoopProgram {
  const operations = withStagedInput(computeOperations(graph), plans);
  const input: DataBuffer = { kind: "input", name: "x", size: elementCount(graph.input.shape) };
  const output: DataBuffer = { kind: "output", name: "y", size: elementCount(graph.output.shape) };

  const kernels: Kernel[] = [];
  let current: DataBuffer = input;
  operations.forEach((operation, position) => {
    const size = elementCount(operation.output.shape);
    const last = position === operations.length - 1;
    const next: DataBuffer = last ? output : { kind: "scratch", name: position % 2 === 0 ? "a" : "b", size };
    kernels.push({
      origins: operation.origins,
      input: current,
      output: next,
      body: withStarts(operationLoops(operation, { input: current, output: next })),
      multiplyAdds: multiplyAdds(operation),
      plan: planOf(operation, plans),
      ...(operation.folded === undefined ? {} : { folded: operation.folded }),
      ...(operation.notes === undefined ? {} : { notes: operation.notes }),
      ...partOfLayer(operation, operations),
    });
    current = next;
  });
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

/** The operations that need code. A model without any (only Flatten, say) copies its input. */
function computeOperations(graph: Graph): readonly ComputeOperation[] {
  const compute = graph.operations.filter((operation) => operation.kind !== "reshape");
  return compute.length > 0 ? compute : [copy(graph.input)];
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
  return planOf(first, plans).strategy === "straight-line" ? operations : [copy(first.input), ...operations];
}

/** The integer parameters of a kernel that say where the sample starts in the caller's arrays. */
export const startVariables = { input: "xStart", output: "yStart" } as const;

function withStarts(statements: readonly Statement[]): readonly Statement[] {
  const started = (buffer: Buffer, index: Index): Index =>
    buffer.kind === "input" || buffer.kind === "output"
      ? addIndex(indexVariable(startVariables[buffer.kind]), index)
      : index;
  const visit = (list: readonly Statement[]): readonly Statement[] =>
    list.map((statement) => {
      if (statement.kind === "for") return { ...statement, body: visit(statement.body) };
      return statement.kind === "store"
        ? { ...statement, index: started(statement.buffer, statement.index) }
        : statement;
    });
  return mapValues(visit(statements), (value) =>
    value.kind === "load" ? { ...value, index: started(value.buffer, value.index) } : value,
  );
}

function copy(input: Graph["input"]): ComputeOperation {
  return { kind: "elementwise", input, output: input, functions: [], origins: [] };
}

/** The number of elements each scratch buffer needs. */
export function scratchSizes(program: LoopProgram): ReadonlyMap<string, readonly Size[]> {
  const sizes = new Map<string, Size[]>();
  for (const { output } of program.kernels) {
    if (output.kind !== "scratch") continue;
    sizes.set(output.name, [...(sizes.get(output.name) ?? []), output.size]);
  }
  return new Map([...sizes].map(([name, list]) => [name, largest(list)]));
}

/** Drops sizes that are never above another one: constants below the largest, equal products with smaller factors. */
function largest(sizes: readonly Size[]): readonly Size[] {
  const byDims = new Map<string, Size>();
  for (const size of sizes) {
    const key = size.dims.join("*");
    const other = byDims.get(key);
    if (other === undefined || other.factor < size.factor) byDims.set(key, size);
  }
  return byDims.size === 0 ? [staticSize(0)] : [...byDims.values()];
}
