import type { CheckedStep } from "../../check/semantics/checked-step.ts";
import type { SemanticIndex } from "../../check/semantics/semantic-index.ts";
import { shapesEqual, type Shape } from "../../ir/shape.ts";
import type { LayerStatement, RepeatStatement } from "../../syntax/ast.ts";

/** The steps of each statement, in the order of `stepsOf`, for those who ask about all of them. */
export function stepsByStatement(
  index: SemanticIndex,
): ReadonlyMap<LayerStatement | RepeatStatement, readonly CheckedStep[]> {
  const steps = new Map<LayerStatement | RepeatStatement, CheckedStep[]>();
  for (const { steps: own } of [...index.models, ...index.bodies]) {
    for (const step of own) {
      const known = steps.get(step.statement);
      if (known === undefined) steps.set(step.statement, [step]);
      else known.push(step);
    }
  }
  return steps;
}

/** A shape that all expansions of a statement have in common. */
export interface CommonShape {
  readonly shape: Shape;
  /** An error hides the true one in at least one expansion. */
  readonly isLikely: boolean;
}

/** The output of a statement, where it is the same wherever it is expanded; a body that is checked by itself has none. */
export function commonOutput(steps: readonly CheckedStep[]): CommonShape | undefined {
  let common: CommonShape | undefined;
  for (const { outputShape: shape, isLikely } of steps) {
    if (shape === undefined) continue;
    if (common !== undefined && !shapesEqual(common.shape, shape)) return undefined;
    common = { shape, isLikely: isLikely || common?.isLikely === true };
  }
  return common;
}
