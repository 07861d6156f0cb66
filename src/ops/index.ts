import type { Operation } from "../ir/graph.ts";
import type { Statement } from "../ir/loops.ts";
import type { Size } from "../ir/size.ts";
import { dense } from "./dense.ts";
import { einsum } from "./einsum.ts";
import { elementwise } from "./elementwise.ts";
import { embedding } from "./embedding.ts";
import { glu } from "./glu.ts";
import { int8Dense } from "./int8-dense.ts";
import type { BuffersOf, OperationBuffers, OperationLowering } from "./lowering.ts";
import { quantizeRows } from "./quantize-rows.ts";
import { reduceMap } from "./reduce-map.ts";
import { softmax } from "./softmax.ts";
import { sparsemax } from "./sparsemax.ts";
import { stridedCopy } from "./strided-copy.ts";
import { weightedMap } from "./weighted-map.ts";

/** Operations that compute something; a reshape is only another view of the same buffer. */
export type ComputeOperation = Exclude<Operation, { kind: "reshape" }>;

const lowerings: {
  readonly [Kind in ComputeOperation["kind"]]: OperationLowering<Extract<ComputeOperation, { kind: Kind }>>;
} = {
  dense,
  "quantize-rows": quantizeRows,
  "int8-dense": int8Dense,
  elementwise,
  "weighted-map": weightedMap,
  "reduce-map": reduceMap,
  softmax,
  sparsemax,
  glu,
  embedding,
  einsum,
  "strided-copy": stridedCopy,
};

/** The one place that forgets which operation belongs to which lowering; the table above proves that they match. */
function loweringOf(operation: ComputeOperation): OperationLowering<ComputeOperation> {
  return lowerings[operation.kind] as OperationLowering<ComputeOperation>;
}

/** Multiply-adds of an operation for one sample. */
export function multiplyAdds(operation: ComputeOperation): Size {
  return loweringOf(operation).multiplyAdds(operation);
}

/** How many elements straight-line code would spell out for an operation, a loop over rows left aside. */
export function unrolledElements(operation: ComputeOperation): Size {
  return loweringOf(operation).unrolledElements(operation);
}

/** Whether an operation reads each element of its input about once. */
export function readsOnce(operation: ComputeOperation): boolean {
  return loweringOf(operation).readsOnce;
}

/** The plain loop nest of an operation; it has a buffer for each of its inputs. */
export function operationLoops(
  operation: ComputeOperation,
  { inputs, output }: OperationBuffers,
): readonly Statement[] {
  if (inputs.length !== operation.inputs.length) throw new Error(`${inputs.length} buffers for a ${operation.kind}`);
  return loweringOf(operation).loops(operation, { inputs: inputs as BuffersOf<typeof operation.inputs>, output });
}
