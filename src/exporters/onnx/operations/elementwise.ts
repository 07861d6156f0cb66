import { knownFunctionNodes } from "../known-functions.ts";
import { scalarNodes } from "../scalar-nodes.ts";
import type { Emit } from "./emit.ts";

/** Operators of ONNX' own where it has them, else one node per step of the expression. */
export const elementwise: Emit<"elementwise"> = ({ functions }, { tensor, writer }) =>
  functions.reduce(
    (x, each) => knownFunctionNodes(each, x, writer) ?? scalarNodes(each.body, new Map([["x", x]]), writer),
    tensor.name,
  );
