import { elementTypes } from "../../exporters/onnx/fields.ts";
import type { GraphIndex } from "./graph-index.ts";
import type { StoredNode } from "./read-graph.ts";

/** Types that a graph may compute in, by Keras' names, but for float32. */
const names: ReadonlyMap<number, string> = new Map([
  [elementTypes.float16, "float16"],
  [elementTypes.bfloat16, "bfloat16"],
  [elementTypes.double, "float64"],
]);

/** The types in which a graph computes, but for float32: that of its input, if it is not cast at once, and those it casts to. */
export function otherFloats({ graph, consumers, isConstant }: GraphIndex): readonly string[] {
  const inputs = graph.inputs
    .filter(({ name }) => consumers(name).some((node) => !isCast(node)))
    .map(({ elementType }) => elementType);
  const casts = graph.nodes
    .filter((node) => isCast(node) && !isConstant(node.inputs[0] ?? ""))
    .map(({ attributes }) => attributes.get("to")?.int ?? 0);
  return [...new Set([...inputs, ...casts].flatMap((type) => names.get(type) ?? []))];
}

function isCast({ operator, domain }: StoredNode): boolean {
  return operator === "Cast" && domain === "";
}
