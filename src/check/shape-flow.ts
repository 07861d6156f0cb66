import type { RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import { formatShape, shapesEqual, type Shape } from "../ir/shape.ts";
import type { CheckContext } from "./context.ts";
import type { Expansion } from "./expansion.ts";
import { limits } from "./limits.ts";
import type { ModelLayer } from "./model.ts";
import { tooManyParameters } from "./rules/limits.ts";
import type { CheckedStep } from "./semantics/checked-step.ts";
import { shapeLimitProblem } from "./shape-limits.ts";
import { traceRelated, type LayerStep, type NestedStep } from "./step.ts";

/** The shape on its way through the layers of a model, and what has been made of them so far. */
export interface ShapeFlow {
  readonly context: CheckContext;
  readonly report: Expansion["report"];
  readonly layers: ModelLayer[];
  readonly steps: CheckedStep[];
  /** Unknown after an error; nothing that depends on it is reported then. */
  shape: Shape | undefined;
  /** What an unknown shape probably is. Nothing is reported of it; it is for those who look at a file with errors. */
  likelyShape: Shape | undefined;
  /** Where the shape comes from, as long as no layer has changed it. */
  readonly start: RelatedPlace;
  /** The last layer that has changed the shape. */
  changedBy: LayerStep | NestedStep | undefined;
  /** The layer before, as messages call it. */
  title: string;
  parameterCount: number;
  /** The weights clause of a nested model. */
  nestedWeights: Span | undefined;
  /** Every step has become a layer. */
  complete: boolean;
}

export function startFlow(
  inputShape: Shape | undefined,
  start: RelatedPlace,
  context: CheckContext,
  report: Expansion["report"],
): ShapeFlow {
  return {
    context,
    report,
    layers: [],
    steps: [],
    shape: inputShape,
    likelyShape: undefined,
    start,
    changedBy: undefined,
    title: "The input",
    parameterCount: 0,
    nestedWeights: undefined,
    complete: inputShape !== undefined,
  };
}

/** Makes a layer's output the current shape, unless it exceeds a limit. */
export function advance(outputShape: Shape, step: LayerStep | NestedStep, flow: ShapeFlow): boolean {
  const { span, trace } = step;
  const problem = shapeLimitProblem(outputShape, span, traceRelated(trace));
  if (problem !== undefined) {
    flow.report(problem);
    forgetShape(flow);
    return false;
  }
  if (flow.shape === undefined || !shapesEqual(flow.shape, outputShape)) flow.changedBy = step;
  flow.shape = outputShape;
  flow.likelyShape = undefined;
  return true;
}

/** Where the shape comes from. */
export function originOf({ start, changedBy, shape }: Readonly<ShapeFlow>): RelatedPlace {
  if (changedBy === undefined || shape === undefined) return start;
  return { span: changedBy.span, message: `the shape ${formatShape(shape)} comes from here` };
}

/** After an error: the shape is unknown from here on, though it may have a likely one. */
export function forgetShape(flow: ShapeFlow, likelyShape?: Shape): void {
  flow.shape = undefined;
  flow.likelyShape = likelyShape;
  flow.complete = false;
}

/** Adds parameters to those of the model, unless they exceed the limit. */
export function countParameters(count: number, step: LayerStep | NestedStep, flow: ShapeFlow): boolean {
  flow.parameterCount += count;
  if (flow.parameterCount <= limits.parameters) return true;
  flow.complete = false;
  flow.report(tooManyParameters(step.span, { count: flow.parameterCount, related: traceRelated(step.trace) }));
  // Counting starts over, so that one cause is reported once.
  flow.parameterCount = 0;
  return false;
}

/** The shapes of a step that began with `before` and has just been taken. */
export function shapesSince(
  before: Pick<ShapeFlow, "shape" | "likelyShape">,
  flow: ShapeFlow,
): Pick<CheckedStep, "inputShape" | "outputShape" | "isLikely"> {
  const inputShape = before.shape ?? before.likelyShape;
  const outputShape = flow.shape ?? flow.likelyShape;
  return {
    inputShape,
    outputShape,
    isLikely: inputShape !== before.shape || outputShape !== flow.shape,
  };
}
