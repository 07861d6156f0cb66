import type { RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import { formatShape, shapesEqual, type Shape } from "../ir/shape.ts";
import { readArguments } from "../layers/arguments/config.ts";
import type { LayerSite, WeightSpec } from "../layers/definition.ts";
import type { CheckContext } from "./context.ts";
import type { Expansion } from "./expand.ts";
import { limits } from "./limits.ts";
import type { ModelLayer } from "./model.ts";
import { nameLayers } from "./name-layers.ts";
import { nestedInputMismatch, shapeAssertionFailed } from "./rules/bodies.ts";
import { tooManyParameters } from "./rules/limits.ts";
import { shapeLimitProblem } from "./shape-limits.ts";
import { traceRelated, type AssertionStep, type LayerStep, type NestedStep, type Step } from "./step.ts";

/** The layers of a model with their shapes. */
export interface BuiltLayers {
  readonly layers: readonly ModelLayer[];
  /** Undefined where an error hides it. */
  readonly outputShape: Shape | undefined;
  /** Where the output shape comes from. */
  readonly origin: RelatedPlace;
  readonly parameterCount: number;
  /** The weights clause of a nested model. */
  readonly nestedWeights: Span | undefined;
  /** Every step has become a layer. */
  readonly complete: boolean;
}

interface State {
  readonly context: CheckContext;
  readonly report: Expansion["report"];
  readonly layers: ModelLayer[];
  /** Unknown after an error; nothing that depends on it is reported then. */
  shape: Shape | undefined;
  origin: RelatedPlace;
  /** The layer before, as messages call it. */
  title: string;
  parameterCount: number;
  nestedWeights: Span | undefined;
  complete: boolean;
}

/** Names the layers of an expanded body and follows the shape through them. */
export function buildLayers(
  steps: readonly Step[],
  inputShape: Shape | undefined,
  origin: RelatedPlace,
  context: CheckContext,
  report: Expansion["report"],
): BuiltLayers {
  const state: State = {
    context,
    report,
    layers: [],
    shape: inputShape,
    origin,
    title: "The input",
    parameterCount: 0,
    nestedWeights: undefined,
    complete: inputShape !== undefined,
  };
  const names = nameLayers(
    steps.filter((step) => step.kind === "layer" || step.kind === "nested"),
    report,
  );
  let next = 0;
  for (const step of steps) {
    switch (step.kind) {
      case "layer":
        buildLayer(step, names[next++] as string, state);
        break;
      case "nested":
        buildNested(step, names[next++] as string, state);
        break;
      case "assertion":
        checkAssertion(step, state);
        break;
      case "gap":
        lose(state);
        break;
    }
  }
  return { ...state, outputShape: state.shape };
}

function buildLayer(step: LayerStep, name: string, state: State): void {
  const { statement, definition, span, trace } = step;
  const { report, shape: inputShape, origin } = state;
  const title = `${definition.className} '${name}'`;
  state.title = title;
  const traced = traceRelated(trace);
  const callSite = { callee: definition.className, span, related: traced, report };
  const args = readArguments(definition.parameters, step.args, callSite);
  if (!args.valid) state.complete = false;
  if (inputShape === undefined) return;
  if (!args.usable) {
    if (definition.keepsShape !== true) lose(state);
    return;
  }
  const site: LayerSite = {
    title,
    span,
    argument: (argument) => args.written.get(argument)?.value.span ?? span,
    related: [origin, ...traced],
  };
  const result = definition.build({ config: args.values, input: inputShape, site });
  if (result.kind === "rejected") {
    // A block that fits no shape is reported for its first use.
    report(result.diagnostic, trace !== undefined);
    if (definition.keepsShape === true) state.complete = false;
    else lose(state);
    return;
  }
  const { outputShape, weights } = result;
  for (const warning of result.warnings ?? []) report(warning, trace !== undefined);
  if (!advance(outputShape, step, state)) return;
  if (!countParameters(weights, step, state)) return;
  const { doc, label } = statement;
  state.layers.push({
    kind: "layer",
    name,
    named: label !== undefined,
    ...(doc === undefined ? {} : { doc }),
    inputShape,
    outputShape,
    span: statement.span,
    definition,
    config: args.values,
    weights,
  });
}

function buildNested(step: NestedStep, name: string, state: State): void {
  const { statement, entity, span, trace } = step;
  const { context, report, shape: inputShape, origin } = state;
  const title = `Model '${entity.declaration.name.text}'`;
  state.title = title;
  const nested = context.models.get(entity.declaration);
  state.nestedWeights ??= nested?.weightsClause;
  if (nested?.model === undefined) state.complete = false;
  const expected = nested?.inputShape;
  if (inputShape !== undefined && expected !== undefined && !shapesEqual(inputShape, expected)) {
    const declared = nested?.model?.inputSpan ?? entity.declaration.name.span;
    const related = [origin, { span: declared, message: "its input is declared here" }, ...traceRelated(trace)];
    report(nestedInputMismatch(span, { title, expected, found: inputShape, related }));
    state.complete = false;
  }
  const outputShape = nested?.outputShape;
  // The model's own output is known even where its input does not fit.
  if (outputShape === undefined) return lose(state);
  if (!advance(outputShape, step, state)) return;
  state.parameterCount += nested?.parameterCount ?? 0;
  if (!withinParameterLimit(step, state)) return;
  if (nested?.model === undefined || inputShape === undefined) return;
  const { doc, label } = statement;
  state.layers.push({
    kind: "nested",
    name,
    named: label !== undefined,
    ...(doc === undefined ? {} : { doc }),
    inputShape,
    outputShape,
    span: statement.span,
    model: nested.model,
  });
}

function checkAssertion(step: AssertionStep, state: State): void {
  const { shape: actual, origin, report } = state;
  if (actual === undefined || shapesEqual(actual, step.shape)) return;
  const related = [origin, ...traceRelated(step.trace)];
  const subject = step.subject ?? state.title;
  report(shapeAssertionFailed(step.span, { subject, actual, asserted: step.shape, related }), step.trace !== undefined);
}

/** Makes a layer's output the current shape, unless it exceeds a limit. */
function advance(outputShape: Shape, step: LayerStep | NestedStep, state: State): boolean {
  const { span, trace } = step;
  const problem = shapeLimitProblem(outputShape, span, traceRelated(trace));
  if (problem !== undefined) {
    state.report(problem);
    lose(state);
    return false;
  }
  if (state.shape === undefined || !shapesEqual(state.shape, outputShape)) {
    state.origin = { span, message: `the shape ${formatShape(outputShape)} comes from here` };
  }
  state.shape = outputShape;
  return true;
}

function countParameters(weights: readonly WeightSpec[], step: LayerStep, state: State): boolean {
  for (const { shape } of weights) state.parameterCount += shape.reduce((product, size) => product * size, 1);
  return withinParameterLimit(step, state);
}

function withinParameterLimit({ span, trace }: LayerStep | NestedStep, state: State): boolean {
  const count = state.parameterCount;
  if (count <= limits.parameters) return true;
  state.complete = false;
  state.report(tooManyParameters(span, { count, related: traceRelated(trace) }));
  // Counting starts over, so that one cause is reported once.
  state.parameterCount = 0;
  return false;
}

function lose(state: State): void {
  state.shape = undefined;
  state.complete = false;
}
