import type { ElementwiseOperation, Graph, Operation } from "../../ir/graph.ts";
import { elementCount } from "../../ir/shape.ts";
import { isShort } from "../../ir/short-function.ts";
import { isStatic } from "../../ir/size.ts";

/** Elements for which a function that is called may stand in as many places. */
export const fewCalls = 4;

/**
 * Joins each elementwise operation to the operation before it, if that gives its elements one by one, so that it runs on
 * a value still in a register. A reshape in between does not hinder: it moves nothing. Functions that are called stay
 * apart, in a loop with the one call (see `ir/short-function.ts`), unless there are only a few elements.
 */
export function fuse(graph: Graph): Graph {
  const operations: Operation[] = [];
  for (const operation of graph.operations) {
    const at = operations.findLastIndex((earlier) => earlier.kind !== "reshape");
    const previous = operations[at];
    const fused = operation.kind === "elementwise" && canJoin(operation) ? joined(previous, operation) : undefined;
    if (fused === undefined) operations.push(operation);
    else operations[at] = fused;
  }
  return { ...graph, operations };
}

function canJoin({ functions, output }: ElementwiseOperation): boolean {
  const elements = elementCount(output.shape);
  return functions.every(({ body }) => isShort(body)) || (isStatic(elements) && elements.factor <= fewCalls);
}

function joined(previous: Operation | undefined, next: ElementwiseOperation): Operation | undefined {
  const origins = [...new Set([...(previous?.origins ?? []), ...next.origins])];
  switch (previous?.kind) {
    case "dense":
    case "einsum":
    case "weighted-map":
    case "reduce-map":
      return { ...previous, epilogue: [...previous.epilogue, ...next.functions], origins };
    case "elementwise":
      return { ...previous, functions: [...previous.functions, ...next.functions], origins };
    default:
      return undefined;
  }
}
