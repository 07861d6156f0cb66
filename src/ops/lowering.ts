import type { Tensor } from "../ir/graph.ts";
import type { Size } from "../ir/size.ts";
import type { DataBuffer, Statement } from "../ir/loops.ts";

/** Where an operation reads and writes. */
export interface OperationBuffers<Inputs = readonly DataBuffer[]> {
  /** Those of the operation's inputs, in their order. */
  readonly inputs: Inputs;
  readonly output: DataBuffer;
}

/** A buffer for each input. */
export type BuffersOf<Inputs extends readonly Tensor[]> = { readonly [At in keyof Inputs]: DataBuffer };

/** What an operation is to the loop stages: its cost, and its plain loop nest, which the passes transform. */
export interface OperationLowering<Operation extends { readonly inputs: readonly Tensor[] }> {
  /** Multiply-adds for one sample. */
  multiplyAdds(operation: Operation): Size;
  /** Whether each element of the input is read at most once or so, so that copying it first gains nothing. */
  readonly readsOnce: boolean;
  /** How many elements straight-line code would spell out, a loop over rows left aside. */
  unrolledElements(operation: Operation): Size;
  loops(operation: Operation, buffers: OperationBuffers<BuffersOf<Operation["inputs"]>>): readonly Statement[];
}
