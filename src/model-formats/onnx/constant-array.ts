import { fail } from "../../files/read-failure.ts";
import type { FoundArray, StepContext } from "./chain.ts";
import { describeNode } from "./describe-node.ts";
import type { StoredNode } from "./read-graph.ts";

/** The array that an input of a node must be. `name` is what Keras calls it. */
export function constantArray(node: StoredNode, at: number, name: string, { constants }: StepContext): FoundArray {
  const array = constants.array(node.inputs[at] ?? "");
  return array === undefined
    ? fail("unsupported", `${describeNode(node)} has a ${name} that is no constant`)
    : { ...array, name };
}
