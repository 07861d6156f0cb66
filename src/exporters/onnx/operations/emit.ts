import type { Operation } from "../../../ir/graph.ts";
import type { NodeWriter } from "../graph-writer.ts";
import type { GraphInput, ShapedTensor } from "../shaped-tensor.ts";

/** What an emitter works with. */
export interface EmitContext {
  /** The operation's input. */
  readonly tensor: ShapedTensor;
  readonly writer: NodeWriter;
  readonly graphInput: GraphInput;
  /** Whether it is a dense operation that is to be computed in integers. */
  readonly inIntegers: boolean;
}

/** States one operation as nodes and answers the result. */
export type Emit<Kind extends Operation["kind"]> = (
  operation: Extract<Operation, { readonly kind: Kind }>,
  context: EmitContext,
) => string;
