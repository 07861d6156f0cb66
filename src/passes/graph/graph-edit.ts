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
    const other = replaced.get(tensor.id);
    return other === undefined ? tensor : current(other);
  };
  return {
    push(operation) {
      operations.push(operation);
      producers.set(operation.output.id, operation);
    },
    replace(operation, replacement) {
      operations[operations.indexOf(operation)] = replacement;
      producers.set(replacement.output.id, replacement);
    },
    dissolve(operation) {
      const at = operations.indexOf(operation);
      if (at >= 0) operations.splice(at, 1);
      const [input, ...others] = operation.inputs as readonly Tensor[];
      if (input === undefined || others.length > 0) throw new Error(`a ${operation.kind} of several tensors stays`);
      const { id } = current(input);
      uses.set(id, (uses.get(id) ?? 0) - 1 + (uses.get(operation.output.id) ?? 0));
      replaced.set(operation.output.id, input);
    },
    soleProducer(tensor) {
      const { id } = current(tensor);
      const producer = producers.get(id);
      if (uses.get(id) !== 1 || producer === undefined) return undefined;
      return producer.kind === "reshape" ? this.soleProducer(producer.inputs[0]) : producer;
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
