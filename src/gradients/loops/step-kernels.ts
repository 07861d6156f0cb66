import type { DataBuffer, Statement } from "../../ir/loops.ts";
import type { Origin } from "../../ir/graph.ts";
import type { StepOperation } from "../../ir/step-graph.ts";
import { forEachAccess, forEachStatement, forEachValue } from "../../ir/visit-statements.ts";
import { shareIndices } from "../../passes/loops/share-indices.ts";
import { gatherLoops, scatterLoops } from "./gather-loops.ts";
import { nestLoops, type BufferOf } from "./nest-loops.ts";
import { sparsemaxGradientLoops, sparsemaxLoops } from "./sparsemax-loops.ts";
import { tiledContraction } from "./tiled-contraction.ts";

/** One function of a trainer: the loops of an operation over the buffers that it reads and writes. */
export interface StepKernel {
  readonly origins: readonly Origin[];
  readonly note?: string;
  /** Each once, those that it writes last. */
  readonly buffers: readonly DataBuffer[];
  /** The names of those that it writes. */
  readonly written: ReadonlySet<string>;
  /** Run-time dims that its loops and positions mention. */
  readonly dims: readonly string[];
  readonly body: readonly Statement[];
}

/** The plain loops of an operation. */
export function operationStatements(operation: StepOperation, bufferOf: BufferOf): readonly Statement[] {
  switch (operation.kind) {
    case "nest":
      return nestLoops(operation, bufferOf);
    case "gather":
      return gatherLoops(operation, bufferOf);
    case "scatter":
      return scatterLoops(operation, bufferOf);
    case "sparsemax":
      return sparsemaxLoops(operation, bufferOf);
    case "sparsemax-gradient":
      return sparsemaxGradientLoops(operation, bufferOf);
  }
}

/** The kernel of an operation for scalar code: contractions are tiled. */
export function stepKernel(operation: StepOperation, bufferOf: BufferOf): StepKernel {
  const tiled = operation.kind === "nest" ? tiledContraction(operation, bufferOf) : undefined;
  const body = shareIndices(tiled ?? operationStatements(operation, bufferOf));
  const { origins, note } = operation;
  return { origins, ...(note === undefined ? {} : { note }), ...accesses(body), body };
}

/** What statements read and write, and the dims by which they count. */
function accesses(body: readonly Statement[]): Pick<StepKernel, "buffers" | "written" | "dims"> {
  const read = new Map<string, DataBuffer>();
  const written = new Map<string, DataBuffer>();
  const dims = new Set<string>();
  const addDims = (names: readonly string[]): void => names.forEach((name) => dims.add(name));
  forEachAccess(body, (index, buffer) => {
    if (buffer.kind !== "weights") read.set(buffer.name, buffer);
    index.terms.forEach(({ stride }) => addDims(stride.dims));
  });
  forEachStatement(body, (statement) => {
    if (statement.kind === "store") written.set(statement.buffer.name, statement.buffer);
    else if (statement.kind === "for") addDims(statement.to.dims);
    else if (statement.kind === "index") statement.value.terms.forEach(({ stride }) => addDims(stride.dims));
  });
  forEachValue(body, (value) => {
    if (value.kind === "size") addDims(value.size.dims);
  });
  const only = [...read].filter(([name]) => !written.has(name)).map(([, buffer]) => buffer);
  return { buffers: [...only, ...written.values()], written: new Set(written.keys()), dims: [...dims] };
}
