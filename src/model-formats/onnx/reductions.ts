import type { StepContext } from "./chain.ts";
import { rankOf } from "./place.ts";
import type { StoredNode } from "./read-graph.ts";
import { shapeValues } from "./shape-values.ts";

/** Reductions that normalisations are made of. */
const operators: ReadonlySet<string> = new Set(["ReduceMean", "ReduceSum", "ReduceSumSquare", "ReduceL2"]);

/**
 * How a node that reduces the last axes and keeps them, as axes of one element, is called in an expression: `ReduceMean[-1]`.
 * Undefined for any other node.
 */
export function reductionName(node: StoredNode, context: StepContext): string | undefined {
  if (node.domain !== "" || !operators.has(node.operator)) return undefined;
  if ((node.attributes.get("keepdims")?.int ?? 1) === 0) return undefined;
  const given = axesOf(node, context);
  const rank = rankOf(context.place);
  const axes = given?.map((axis) => (typeof axis === "number" && axis >= 0 ? axis - rank : axis));
  const count = context.place.sizes.length;
  const valid = axes?.every((axis): axis is number => typeof axis === "number" && axis < 0 && axis >= -count) ?? false;
  if (axes === undefined || axes.length === 0 || !valid || new Set(axes).size < axes.length) return undefined;
  return `${node.operator}[${(axes as number[]).toSorted((a, b) => a - b).join(",")}]`;
}

/** The axes that a node reduces, adds or drops, as the file has them: an attribute once, an input today. */
export function axesOf(node: StoredNode, context: StepContext): ReturnType<typeof shapeValues> {
  return shapeValues(node.inputs[1] ?? "", context) ?? node.attributes.get("axes")?.ints;
}
