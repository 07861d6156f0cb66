import type { Size } from "../ir/size.ts";
import type { DataBuffer, Statement } from "../ir/loops.ts";

/** Where an operation reads and writes. */
export interface OperationBuffers {
  readonly input: DataBuffer;
  readonly output: DataBuffer;
}

/** What an operation is to the loop stages: its cost, and its plain loop nest, which the passes transform. */
export interface OperationLowering<Operation> {
  /** Multiply-adds for one sample. */
  multiplyAdds(operation: Operation): Size;
  /** Whether each element of the input is read at most once or so, so that copying it first gains nothing. */
  readonly readsOnce: boolean;
  /** How many elements straight-line code would spell out, a loop over rows left aside. */
  unrolledElements(operation: Operation): Size;
  loops(operation: Operation, buffers: OperationBuffers): readonly Statement[];
}
