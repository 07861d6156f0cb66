import { dimOr } from "../layers/arguments/basic.ts";
import { positiveInteger } from "../layers/arguments/numbers.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import { dimSize, staticSize, type Size } from "../ir/size.ts";
import type { ListExpression } from "../syntax/ast.ts";
import { evaluateSettled, type Evaluation } from "./evaluate.ts";
import { shapeLimitProblem } from "./shape-limits.ts";

const axis = dimOr(positiveInteger);

/** The shape a list of sizes and dims denotes, or undefined after reporting why it is none. */
export function readShape(
  list: ListExpression,
  evaluation: Evaluation,
  related: readonly RelatedPlace[],
): Shape | undefined {
  const site = { subject: "An axis", related, report: evaluation.report };
  const sizes: Size[] = [];
  for (const item of list.items) {
    const value = evaluateSettled(item, evaluation, true);
    const converted = axis.convert(value, site);
    if (typeof converted === "number") sizes.push(staticSize(converted));
    if (typeof converted === "string") sizes.push(dimSize(converted));
  }
  if (sizes.length !== list.items.length) return undefined;
  const problem = shapeLimitProblem(sizes, list.span, related);
  if (problem === undefined) return sizes;
  evaluation.report(problem);
  return undefined;
}
