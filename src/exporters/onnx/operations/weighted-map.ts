import { scalarNodes } from "../scalar-nodes.ts";
import { operandLocals, underShape } from "../view.ts";
import { batchNormalizationNodes } from "./batch-normalization.ts";
import type { Emit } from "./emit.ts";
import { preluNodes } from "./prelu.ts";

/** ONNX' own operator where there is one, else the expression over input and arrays under the shape of the view. */
export const weightedMap: Emit<"weighted-map"> = (operation, context) => {
  const known = batchNormalizationNodes(operation, context) ?? preluNodes(operation, context);
  if (known !== undefined) return known;
  const { view, weights, body, output } = operation;
  const { tensor, writer, graphInput } = context;
  const x = underShape(tensor, view, writer, graphInput);
  const name = scalarNodes(body, new Map([["x", x], ...operandLocals(weights, view, writer)]), writer);
  return underShape({ name, shape: view }, output.shape, writer, graphInput);
};
