import type { BufferOf } from "../../gradients/loops/nest-loops.ts";
import { operationStatements } from "../../gradients/loops/step-kernels.ts";
import type { Origin } from "../../ir/graph.ts";
import type { StepOperation } from "../../ir/step-graph.ts";
import type { InstructionSet } from "../instruction-set.ts";
import type { VectorStatement } from "../vector-loops.ts";
import { vectorize } from "../vectorize.ts";
import { columnSumVectors } from "./column-sums.ts";
import { contractionVectors } from "./contraction.ts";
import { dotContractionVectors } from "./dot-contraction.ts";

/** One operation of a step on vectors. */
export interface StepVectors {
  readonly origins: readonly Origin[];
  readonly note?: string;
  readonly body: readonly VectorStatement[];
}

/** An operation of a step on vectors of four float32 numbers. */
export function stepVectors(operation: StepOperation, bufferOf: BufferOf, instructions: InstructionSet): StepVectors {
  const { origins, note } = operation;
  const tiles =
    operation.kind === "nest"
      ? (contractionVectors(operation, bufferOf, instructions) ??
        dotContractionVectors(operation, bufferOf) ??
        columnSumVectors(operation, bufferOf))
      : undefined;
  const body = tiles ?? vectorize(operationStatements(operation, bufferOf));
  return { origins, ...(note === undefined ? {} : { note }), body };
}
