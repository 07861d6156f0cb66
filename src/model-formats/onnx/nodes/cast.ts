import { fail } from "../../../files/read-failure.ts";
import { passOver, type Place, type ReadNode } from "../chain.ts";
import { describeNode } from "../describe-node.ts";
import type { StoredNode } from "../read-graph.ts";
import { isFloatType, isIndexType } from "../tensor.ts";

/** To float, where everything is a float already; to integers for the rows of an Embedding. */
export const cast: ReadNode = (node, { place, index }) => {
  const type = node.attributes.get("to")?.int ?? 0;
  const next = index.consumers(node.outputs[0] ?? "")[0]?.operator;
  const step = passOver(node, place.sizes);
  if (isFloatType(type)) return { ...step, end: { ...step.end, whole: false } };
  if (isIndexType(type) && (place.whole || next === "Gather")) return { ...step, end: { ...step.end, whole: true } };
  return fail("unsupported", `${describeNode(node)} rounds numbers to another type; export the model without it`);
};

/** Operators that take integers as they are. */
const taking: ReadonlySet<string> = new Set([
  "Cast",
  "Concat",
  "Dropout",
  "Expand",
  "Flatten",
  "Gather",
  "Identity",
  "Reshape",
  "Shape",
  "Squeeze",
  "Transpose",
  "Unsqueeze",
]);

/** Leaves with `fail` where a node computes with integers, which might divide and round otherwise than floats. */
export function checkIntegers({ whole }: Place, nodes: readonly StoredNode[]): void {
  const node = whole ? nodes.find(({ operator }) => !taking.has(operator)) : undefined;
  if (node === undefined) return;
  fail("unsupported", `${describeNode(node)} computes with integers; Layers computes with floats: cast them before`);
}

/** Whether what a node makes of integers are some, too. */
export function keepsIntegers({ operator }: StoredNode): boolean {
  return operator !== "Gather" && taking.has(operator);
}
