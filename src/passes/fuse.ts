import type { Graph, Operation } from "../ir/graph.ts";

/**
 * Joins each elementwise operation to the dense or elementwise operation before it, so that it runs on a value still in
 * a register. A reshape in between does not hinder: it moves nothing.
 */
export function fuse(graph: Graph): Graph {
  const operations: Operation[] = [];
  for (const operation of graph.operations) {
    const at = operations.findLastIndex((earlier) => earlier.kind !== "reshape");
    const previous = operations[at];
    const fused = operation.kind === "elementwise" ? joined(previous, operation) : undefined;
    if (fused === undefined) operations.push(operation);
    else operations[at] = fused;
  }
  return { ...graph, operations };
}

function joined(
  previous: Operation | undefined,
  next: Extract<Operation, { kind: "elementwise" }>,
): Operation | undefined {
  const origins = [...new Set([...(previous?.origins ?? []), ...next.origins])];
  switch (previous?.kind) {
    case "dense":
      return { ...previous, epilogue: [...previous.epilogue, ...next.functions], origins };
    case "elementwise":
      return { ...previous, functions: [...previous.functions, ...next.functions], origins };
    default:
      return undefined;
  }
}
