import type { Operation } from "../ir/graph.ts";
import type { Statement } from "../ir/loops.ts";
import type { Size } from "../ir/size.ts";
import { dense } from "./dense.ts";
import { elementwise } from "./elementwise.ts";
import type { OperationBuffers, OperationLowering } from "./lowering.ts";
import { softmax } from "./softmax.ts";

/** Operations that compute something; a reshape is only another view of the same buffer. */
export type ComputeOperation = Exclude<Operation, { kind: "reshape" }>;

const lowerings: {
  readonly [Kind in ComputeOperation["kind"]]: OperationLowering<Extract<ComputeOperation, { kind: Kind }>>;
} = { dense, elementwise, softmax };

/** The one place that forgets which operation belongs to which lowering; the table above proves that they match. */
function loweringOf(operation: ComputeOperation): OperationLowering<ComputeOperation> {
  return lowerings[operation.kind] as OperationLowering<ComputeOperation>;
}

/** Multiply-adds of an operation for one sample. */
export function multiplyAdds(operation: ComputeOperation): Size {
  return loweringOf(operation).multiplyAdds(operation);
}

/** The plain loop nest of an operation. */
export function operationLoops(operation: ComputeOperation, buffers: OperationBuffers): readonly Statement[] {
  return loweringOf(operation).loops(operation, buffers);
}
