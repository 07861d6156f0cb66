import type { LayerStatement, RepeatStatement } from "../../syntax/ast.ts";
import type { CheckedModel } from "../checked-model.ts";
import type { CheckedStep } from "./checked-step.ts";
import { touches } from "./definition-at.ts";
import type { SemanticIndex } from "./semantic-index.ts";

/**
 * What is known of the statement at an offset, the innermost one: a step for each time that it is expanded, in the order of
 * the models, then those of bodies that are checked by themselves. Empty where no layer, call or repeat stands.
 */
export function stepsAt(index: SemanticIndex, file: string, offset: number): readonly CheckedStep[] {
  let innermost: CheckedStep["statement"] | undefined;
  for (const { statement } of allSteps(index)) {
    if (!touches(statement.span, file, offset)) continue;
    // Of two that touch the offset, one holds the other or stands right behind it.
    if (innermost === undefined || statement.span.start > innermost.span.start) innermost = statement;
  }
  return innermost === undefined ? [] : stepsOf(index, innermost);
}

/** What is known of a statement: a step for each time that it is expanded. */
export function stepsOf(index: SemanticIndex, statement: LayerStatement | RepeatStatement): readonly CheckedStep[] {
  return allSteps(index).filter((step) => step.statement === statement);
}

/** The model in whose declaration an offset lies. */
export function modelAt(index: SemanticIndex, file: string, offset: number): CheckedModel | undefined {
  return index.models.find(({ declaration }) => touches(declaration.span, file, offset));
}

function allSteps({ models, bodies }: SemanticIndex): readonly CheckedStep[] {
  return [...models, ...bodies].flatMap(({ steps }) => steps);
}
