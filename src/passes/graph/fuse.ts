import type { ElementwiseOperation, Graph, Operation } from "../../ir/graph.ts";
import { elementCount } from "../../ir/shape.ts";
import { isShort } from "../../ir/short-function.ts";
import { isStatic } from "../../ir/size.ts";
import { budget } from "../budget.ts";
import { editGraph } from "./graph-edit.ts";

/** Elements for which a function that is called may stand in as many places. */
export const fewCalls = 4;

/**
 * Joins each elementwise operation to the one that gives it its elements one by one, if nothing else reads those, so that
 * it runs on a value still in a register. A reshape in between does not hinder: it moves nothing. Functions that are
 * called stay apart, in a loop with the one call (see `ir/short-function.ts`), unless there are only a few elements; and a chain
 * of more than some is several operations.
 */
export function fuse(graph: Graph): Graph {
  const edit = editGraph(graph);
  for (const operation of graph.operations) {
    const isJoinable = operation.kind === "elementwise" && canJoin(operation);
    const previous = isJoinable ? edit.soleProducer(operation.inputs[0]) : undefined;
    const fused = isJoinable ? joined(previous, operation) : undefined;
    if (previous === undefined || fused === undefined) {
      edit.push(operation);
    } else {
      edit.replace(previous, fused);
      edit.dissolve(operation);
    }
  }
  return edit.finish();
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
    case "reduce-map": {
      const epilogue = [...previous.epilogue, ...next.functions];
      return epilogue.length > budget.joinedFunctions ? undefined : { ...previous, epilogue, origins };
    }
    case "elementwise": {
      const functions = [...previous.functions, ...next.functions];
      return functions.length > budget.joinedFunctions ? undefined : { ...previous, functions, origins };
    }
    default:
      return undefined;
  }
}
