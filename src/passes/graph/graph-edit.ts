import type { Graph, Operation, Tensor } from "../../ir/graph.ts";
import type { ComputeOperation } from "../../ops/index.ts";

/** A graph while a pass goes through its operations. */
export interface GraphEdit {
  /** Appends an operation. */
  push(operation: Operation): void;
  /** Puts an operation with the same output in the place of one that was appended. */
  replace(operation: Operation, replacement: Operation): void;
  /** Takes out an operation that computes its output from one tensor: what reads the output reads that tensor from now on. */
  dissolve(operation: Operation): void;
  /** The operation that computes a tensor, however it was reshaped since, unless anything else reads a part of that way. */
  soleProducer(tensor: Tensor): ComputeOperation | undefined;
  /** The graph of what was appended. */
  finish(): Graph;
}

export function editGraph(graph: Graph): GraphEdit {
  const operations: Operation[] = [];
  const producers = new Map<number, Operation>();
  const replaced = new Map<number, Tensor>();
  const uses = useCounts(graph);
  const current = (tensor: Tensor): Tensor => {
    let found = tensor;
    for (let next = replaced.get(found.id); next !== undefined; next = replaced.get(found.id)) found = next;
    // The way is not gone again: thousands of operations may have been on it.
    if (found !== tensor) replaced.set(tensor.id, found);
    return found;
  };
  return {
    push(operation) {
      operations.push(operation);
      producers.set(operation.output.id, operation);
    },
    replace(operation, replacement) {
      operations[operations.lastIndexOf(operation)] = replacement;
      producers.set(replacement.output.id, replacement);
    },
    dissolve(operation) {
      const at = operations.lastIndexOf(operation);
      if (at >= 0) operations.splice(at, 1);
      const [input, ...others] = operation.inputs as readonly Tensor[];
      if (input === undefined || others.length > 0) throw new Error(`a ${operation.kind} of several tensors stays`);
      const { id } = current(input);
      uses.set(id, (uses.get(id) ?? 0) - 1 + (uses.get(operation.output.id) ?? 0));
      replaced.set(operation.output.id, input);
    },
    soleProducer(tensor) {
      for (let { id } = current(tensor); uses.get(id) === 1;) {
        const producer = producers.get(id);
        if (producer?.kind !== "reshape") return producer;
        ({ id } = current(producer.inputs[0]));
      }
      return undefined;
    },
    finish: () => ({
      ...graph,
      operations: operations.map((operation) => withInputs(operation, current)),
      output: current(graph.output),
    }),
  };
}

/** How many operations read each tensor; the graph's output counts as one. */
function useCounts({ operations, output }: Graph): Map<number, number> {
  const uses = new Map<number, number>();
  for (const { id } of [...operations.flatMap(({ inputs }) => inputs), output]) uses.set(id, (uses.get(id) ?? 0) + 1);
  return uses;
}

function withInputs<Kind extends Operation>(operation: Kind, replace: (tensor: Tensor) => Tensor): Kind {
  // As many as before, which a list that was mapped does not say.
  return { ...operation, inputs: operation.inputs.map(replace) } as Kind;
}
