import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { nonNegativeInteger } from "../layers/arguments/numbers.ts";
import type { BodyItem, RepeatStatement, ShapeAssertion } from "../syntax/ast.ts";
import type { CheckContext } from "./context.ts";
import { evaluateSettled, type Evaluation, type Scope } from "./evaluate.ts";
import { expandStatement } from "./expand-statement.ts";
import { limits } from "./limits.ts";
import { emptyBody, misplacedClause } from "./rules/bodies.ts";
import { labelOnExpansion } from "./rules/callees.ts";
import { expansionTooDeep, expansionTooLong, repeatTooOften } from "./rules/limits.ts";
import { readShape } from "./shape-expression.ts";
import { traceRelated, type Step, type Trace } from "./step.ts";

/** One expansion of a model's body. */
export interface Expansion {
  readonly context: CheckContext;
  report(diagnostic: Diagnostic, oncePerPlace?: boolean): void;
  /** Checks a body by itself: repeats run once, blocks are not entered. */
  readonly loose: boolean;
  readonly steps: Step[];
  /** Nested models' layers included. */
  layerCount: number;
  /** The deepest level reached, nested models included. */
  depth: number;
  /** A limit was exceeded: nothing more is expanded. */
  stopped: boolean;
}

/** Where in the source an expansion is. */
export interface Place {
  readonly scope: Scope;
  readonly trace: Trace | undefined;
  readonly depth: number;
  readonly inside: "model" | "block" | "repeat";
}

export function startExpansion(context: CheckContext, report: Expansion["report"], loose: boolean): Expansion {
  return { context, report, loose, steps: [], layerCount: 0, depth: 0, stopped: false };
}

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
    stop(expansion);
    return;
  }
  expansion.depth = Math.max(expansion.depth, place.depth);
  let previous = range.start;
  for (const item of body) {
    if (expansion.stopped) return;
    if (damage.between(path, previous, item.span.start)) expansion.steps.push({ kind: "gap" });
    previous = item.span.end;
    expandItem(item, place, expansion);
  }
  if (damage.between(path, previous, range.end)) expansion.steps.push({ kind: "gap" });
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
  stop(expansion);
  return false;
}

function expandRepeat(statement: RepeatStatement, place: Place, expansion: Expansion): void {
  const { context, report } = expansion;
  const { label, body, count: expression, assertion } = statement;
  const related = traceRelated(place.trace);
  const path = place.scope.file.file.source.path;
  if (label !== undefined) report(labelOnExpansion(label.span, { name: label.text, on: "a repeat", related }));
  if (body.length === 0 && !context.damage.between(path, statement.span.start, statement.span.end)) {
    report(emptyBody(statement.span, { kind: "repeat" }));
  }
  const evaluation = evaluationAt(place, expansion);
  const value = evaluateSettled(expression, evaluation);
  const converted = nonNegativeInteger.convert(value, { subject: "The count of a repeat", related, report });
  let count = typeof converted === "number" ? converted : undefined;
  if (count !== undefined && count > limits.layers) {
    report(repeatTooOften(value.span, { count }));
    count = undefined;
  }
  const inner: Place = { ...place, depth: place.depth + 1, inside: "repeat" };
  const range = { start: expression.span.end, end: statement.span.end };
  if (count === 0 && !expansion.loose) {
    // Its layers never run, but what is wrong with them is wrong all the same.
    if (!context.idle.has(statement)) {
      context.idle.add(statement);
      expandBody(body, range, inner, startExpansion(context, report, true));
    }
  } else {
    const times = expansion.loose ? 1 : (count ?? 1);
    for (let time = 0; time < times && !expansion.stopped; time += 1) expandBody(body, range, inner, expansion);
    if (count === undefined) expansion.steps.push({ kind: "gap" });
  }
  expandAssertion(assertion, "The repeat", place, expansion);
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

export function evaluationAt(place: Place, { context, report }: Expansion): Evaluation {
  return { context, scope: place.scope, report };
}

/** Ends an expansion: what has been found so far no longer is the whole model. */
export function stop(expansion: Expansion): void {
  expansion.stopped = true;
  expansion.steps.push({ kind: "gap" });
}
