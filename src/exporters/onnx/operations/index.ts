import type { Operation } from "../../../ir/graph.ts";
import { dense } from "./dense.ts";
import { einsum } from "./einsum.ts";
import { elementwise } from "./elementwise.ts";
import { embedding } from "./embedding.ts";
import type { Emit, EmitContext } from "./emit.ts";
import { glu } from "./glu.ts";
import { reduceMap } from "./reduce-map.ts";
import { reshape } from "./reshape.ts";
import { softmax } from "./softmax.ts";
import { sparsemax } from "./sparsemax.ts";
import { stridedCopy } from "./strided-copy.ts";
import { weightedMap } from "./weighted-map.ts";

/** Operations that passes alone make. */
type Computed = "quantize-rows" | "int8-dense";

const emitters: { readonly [Kind in Exclude<Operation["kind"], Computed>]: Emit<Kind> } = {
  dense,
  elementwise,
  softmax,
  sparsemax,
  glu,
  embedding,
  einsum,
  reshape,
  "weighted-map": weightedMap,
  "reduce-map": reduceMap,
  "strided-copy": stridedCopy,
};

/** The nodes of one operation of a graph that no pass has changed; answers the result. */
export function operationNodes(operation: Operation, context: EmitContext): string {
  // The table above proves that emitter and operation match.
  const emit = emitters[operation.kind as keyof typeof emitters] as (
    operation: Operation,
    context: EmitContext,
  ) => string;
  return emit(operation, context);
}
