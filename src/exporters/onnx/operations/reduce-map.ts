import type { Combine } from "../../../ir/graph.ts";
import { one } from "../../../ir/size.ts";
import type { NodeWriter } from "../graph-writer.ts";
import { int, ints } from "../onnx-model.ts";
import { scalarNodes } from "../scalar-nodes.ts";
import { operandLocals, underShape } from "../view.ts";
import type { Emit } from "./emit.ts";
import { knownReductionNodes } from "./known-reductions.ts";

/**
 * ONNX' own operator where there is one, else reductions that keep their axes with size 1, so that statistics broadcast
 * against the input.
 */
export const reduceMap: Emit<"reduce-map"> = (operation, context) => {
  const known = knownReductionNodes(operation, context);
  if (known !== undefined) return known;
  const { view, axes, steps, result, output } = operation;
  const { tensor, writer, graphInput } = context;
  const x = underShape(tensor, view, writer, graphInput);
  const locals = new Map([["x", x]]);
  for (const step of steps) {
    const value =
      step.kind === "let"
        ? scalarNodes(step.value, locals, writer)
        : reduce(step.combine, scalarNodes(step.term, locals, writer), axes, writer);
    locals.set(step.name, value);
  }
  if (result.kind === "statistic") {
    const kept = view.map((size, axis) => (axes.includes(axis) ? one : size));
    const name = scalarNodes(result.value, locals, writer);
    return underShape({ name, shape: kept }, output.shape, writer, graphInput);
  }
  for (const [name, operand] of operandLocals(result.weights, view, writer)) locals.set(name, operand);
  const name = scalarNodes(result.body, locals, writer);
  return underShape({ name, shape: view }, output.shape, writer, graphInput);
};

function reduce(combine: Combine, term: string, axes: readonly number[], writer: NodeWriter): string {
  const places = axes.map((axis) => axis + 1);
  switch (combine) {
    case "sum":
      return writer.node("ReduceSum", [term, writer.integers(places)], { keepdims: int(1) });
    case "mean":
      return writer.node("ReduceMean", [term], { axes: ints(places), keepdims: int(1) });
    case "max":
      return writer.node("ReduceMax", [term], { axes: ints(places), keepdims: int(1) });
  }
}
