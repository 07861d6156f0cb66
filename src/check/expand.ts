import { nonNegativeInteger } from "../layers/arguments/numbers.ts";
import type { BodyItem, RepeatStatement, ShapeAssertion } from "../syntax/ast.ts";
import { evaluateSettled } from "./evaluate.ts";
import { expandStatement } from "./expand-statement.ts";
import { evaluationAt, startExpansion, stopExpansion, type Expansion, type Place } from "./expansion.ts";
import { limits } from "./limits.ts";
import { emptyBody, misplacedClause } from "./rules/bodies.ts";
import { labelOnExpansion } from "./rules/callees.ts";
import { expansionTooDeep, expansionTooLong, repeatTooOften } from "./rules/limits.ts";
import { readShape } from "./shape-expression.ts";
import { traceRelated } from "./step.ts";

/** Expands the items of a body, in order, into steps. `start` and `end` are the offsets of the body's surroundings. */
export function expandBody(
  body: readonly BodyItem[],
  range: { readonly start: number; readonly end: number },
  place: Place,
  expansion: Expansion,
): void {
  const { damage } = expansion.context;
  const path = place.scope.file.file.source.path;
  if (place.depth > limits.expansionDepth) {
    const item = body[0];
    if (item !== undefined) expansion.report(expansionTooDeep(item.span, { related: traceRelated(place.trace) }));
    stopExpansion(expansion);
    return;
  }
  expansion.depth = Math.max(expansion.depth, place.depth);
  let previous = range.start;
  const crossTo = (next: number): void => {
    if (!damage.between(path, previous, next)) return;
    // An error right at the end of a statement is one of that, and may have torn no hole behind it.
    const isInStatement = previous > range.start && !(previous < next && damage.between(path, previous + 1, next));
    expansion.steps.push({ kind: "gap", isInStatement });
  };
  for (const item of body) {
    if (expansion.stopped) return;
    crossTo(item.span.start);
    previous = item.span.end;
    expandItem(item, place, expansion);
  }
  crossTo(range.end);
}

function expandItem(item: BodyItem, place: Place, expansion: Expansion): void {
  switch (item.kind) {
    case "layer":
      if (takeStep(item, place, expansion)) expandStatement(item, place, expansion);
      return;
    case "repeat":
      if (takeStep(item, place, expansion)) expandRepeat(item, place, expansion);
      return;
    case "input":
    case "weights":
    case "labels":
    case "compile":
      // In a model the clauses have rules of their own.
      if (place.inside !== "model") {
        expansion.report(misplacedClause(item.span, { kind: item.kind, inside: place.inside }));
      }
  }
}

function takeStep(item: BodyItem, place: Place, expansion: Expansion): boolean {
  const { context } = expansion;
  context.remainingSteps -= 1;
  if (context.remainingSteps >= 0) return true;
  if (context.remainingSteps === -1) {
    expansion.report(expansionTooLong(item.span, { related: traceRelated(place.trace) }));
  }
  stopExpansion(expansion);
  return false;
}

function expandRepeat(statement: RepeatStatement, place: Place, expansion: Expansion): void {
  const { context, report, loose, steps } = expansion;
  const { label, body, isBodyLost = false, count: expression, assertion } = statement;
  const { trace } = place;
  const path = place.scope.file.file.source.path;
  if (label !== undefined) {
    report(labelOnExpansion(label.span, { name: label.text, on: "a repeat", related: traceRelated(trace) }));
  }
  if (body.length === 0 && !isBodyLost && !context.damage.between(path, statement.span.start, statement.span.end)) {
    report(emptyBody(statement.span, { kind: "repeat" }));
  }
  const count = countOf(statement, place, expansion);
  const inner: Place = { ...place, depth: place.depth + 1, inside: "repeat" };
  const range = { start: expression.span.end, end: statement.span.end };
  steps.push({ kind: "enter", call: { kind: "repeat", statement, count }, trace });
  if (count === 0 && !loose) {
    // Its layers never run, but what is wrong with them is wrong all the same.
    if (!context.idle.has(statement)) {
      const idle = startExpansion(context, report, true);
      context.idle.set(statement, idle.steps);
      expandBody(body, range, inner, idle);
    }
  } else {
    const times = loose ? 1 : (count ?? 1);
    for (let time = 0; time < times && !expansion.stopped; time += 1) expandBody(body, range, inner, expansion);
    if (count === undefined || isBodyLost) steps.push({ kind: "gap" });
  }
  steps.push({ kind: "leave" });
  expandAssertion(assertion, "The repeat", place, expansion);
}

/** How often a repeat runs, or undefined after reporting why that can't be said. */
function countOf({ count: expression }: RepeatStatement, place: Place, expansion: Expansion): number | undefined {
  const { report } = expansion;
  const value = evaluateSettled(expression, evaluationAt(place, expansion));
  const related = traceRelated(place.trace);
  const count = nonNegativeInteger.convert(value, { subject: "The count of a repeat", related, report });
  if (typeof count !== "number") return undefined;
  if (count <= limits.layers) return count;
  report(repeatTooOften(value.span, { count }));
  return undefined;
}

/** The step for a `->` behind a statement. `subject` is undefined for the layer right before it. */
export function expandAssertion(
  assertion: ShapeAssertion | undefined,
  subject: string | undefined,
  place: Place,
  expansion: Expansion,
): void {
  if (assertion === undefined) return;
  const { trace } = place;
  const shape = readShape(assertion.shape, evaluationAt(place, expansion), traceRelated(trace));
  if (shape === undefined) return;
  expansion.steps.push({ kind: "assertion", subject, shape, span: assertion.span, trace });
}
