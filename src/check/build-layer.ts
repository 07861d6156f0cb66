import { product } from "../ir/product.ts";
import { shapesEqual, type Shape } from "../ir/shape.ts";
import type { ArgumentConfig } from "../layers/arguments/config.ts";
import { layerArguments } from "../layers/arguments/layer-arguments.ts";
import type { BuildResult, LayerSite, WeightSpec } from "../layers/definition.ts";
import type { RememberedLayer } from "./memory/remembered-layer.ts";
import type { LayerInstance } from "./model.ts";
import { advance, countParameters, forgetShape, originOf, shapesSince, type ShapeFlow } from "./shape-flow.ts";
import { shapeLimitProblem } from "./shape-limits.ts";
import { traceRelated, traceUse, type LayerStep } from "./step.ts";

/** Checks the arguments of a layer, and follows the shape through it. */
export function buildLayer(step: LayerStep, name: string, flow: ShapeFlow): void {
  const { statement, definition, trace } = step;
  const { shape, likelyShape } = flow;
  flow.title = `${definition.className} '${name}'`;
  const known = recallLayer(step, flow) ?? rememberLayer(step, flow);
  const args = known.config;
  if (!args.valid) flow.complete = false;
  const weights = shape === undefined ? guess(step, args, flow) : applyRule(step, name, known, shape, flow);
  const { checked } = known;
  const isKnown =
    checked !== undefined &&
    shape !== undefined &&
    checked.name === name &&
    checked.trace === trace &&
    checked.weights === weights &&
    checked.inputShape === shape &&
    flow.shape !== undefined &&
    checked.outputShape === flow.shape &&
    !checked.isLikely;
  if (isKnown) return void flow.steps.push(checked);
  const { inputShape, outputShape, isLikely } = shapesSince({ shape, likelyShape }, flow);
  known.checked = {
    kind: "layer",
    statement,
    trace,
    inputShape,
    outputShape,
    isLikely,
    name,
    definition,
    args: step.args,
    config: args.values,
    trainable: args.trainable,
    weights,
  };
  flow.steps.push(known.checked);
}

type KnownLayer = Pick<RememberedLayer, "config" | "input" | "result" | "layer" | "checked">;

function recallLayer({ isKnown, statement }: LayerStep, { context }: ShapeFlow): KnownLayer | undefined {
  return isKnown === true ? context.memory?.layers.get(statement) : undefined;
}

/** The arguments of a layer, checked. Where nothing is wrong with them they are remembered. */
function rememberLayer(step: LayerStep, flow: ShapeFlow): KnownLayer {
  const { definition, span, trace, args, meanings, statement } = step;
  const { memory } = flow.context;
  let isSilent = true;
  const report: ShapeFlow["report"] = (diagnostic) => {
    isSilent = false;
    flow.report(diagnostic);
  };
  const site = { callee: definition.className, span, related: traceRelated(trace), report };
  const config = layerArguments(definition, args, site);
  if (memory === undefined || meanings === undefined || !isSilent || !config.valid) return { config };
  const remembered = { definition, args, meanings, config, usedBy: memory.check };
  memory.layers.set(statement, remembered);
  return remembered;
}

/** What the shape rule gives; where there is nothing to be said of it, what it gave for the same input before. */
function resultFor(step: LayerStep, known: KnownLayer, input: Shape, flow: ShapeFlow): BuildResult {
  if (known.result !== undefined && known.input !== undefined && shapesEqual(known.input, input)) return known.result;
  const { config } = known;
  const result = step.definition.build({ config: config.values, input, site: siteOf(step, config, flow) });
  if (result.kind === "built" && (result.warnings ?? []).length === 0) {
    known.input = input;
    known.result = result;
  }
  return result;
}

/** Adds the layer to those of the model, with the output and the weights that its shape rule gives. */
function applyRule(
  step: LayerStep,
  name: string,
  known: KnownLayer,
  inputShape: Shape,
  flow: ShapeFlow,
): readonly WeightSpec[] | undefined {
  const { definition, trace } = step;
  const args = known.config;
  if (!args.usable) {
    if (definition.keepsShape !== true) forgetShape(flow);
    return undefined;
  }
  const result = resultFor(step, known, inputShape, flow);
  if (result.kind === "rejected") {
    // A block that fits no shape is reported for its first use.
    flow.report(result.diagnostic, trace !== undefined);
    if (definition.keepsShape === true) flow.complete = false;
    else forgetShape(flow);
    return undefined;
  }
  const { outputShape, weights } = result;
  for (const warning of result.warnings ?? []) flow.report(warning, trace !== undefined);
  if (!advance(outputShape, step, flow)) return weights;
  if (!countParameters(numbersIn(weights), step, flow)) return weights;
  flow.layers.push(layerOf(step, name, known, inputShape, result));
  return weights;
}

function layerOf(
  { statement, definition, trace }: LayerStep,
  name: string,
  known: KnownLayer,
  inputShape: Shape,
  { outputShape, weights }: Extract<BuildResult, { kind: "built" }>,
): LayerInstance {
  const { layer } = known;
  const isKnown =
    layer !== undefined &&
    trace === undefined &&
    layer.name === name &&
    layer.inputShape === inputShape &&
    layer.outputShape === outputShape &&
    layer.weights === weights;
  if (isKnown) return layer;
  const { doc, label } = statement;
  const made: LayerInstance = {
    kind: "layer",
    name,
    named: label !== undefined,
    inputShape,
    outputShape,
    span: statement.span,
    ...traceUse(trace),
    ...(doc === undefined ? {} : { doc }),
    definition,
    config: known.config.values,
    trainable: known.config.trainable,
    weights,
  };
  if (trace === undefined) known.layer = made;
  return made;
}

/** What the shape rule gives for the likely shape; nothing is reported. */
function guess(step: LayerStep, args: ArgumentConfig, flow: ShapeFlow): readonly WeightSpec[] | undefined {
  const input = flow.likelyShape;
  const { definition, span } = step;
  if (input === undefined) return undefined;
  const result = args.usable
    ? definition.build({ config: args.values, input, site: siteOf(step, args, flow) })
    : undefined;
  if (result?.kind === "built" && shapeLimitProblem(result.outputShape, span, []) === undefined) {
    flow.likelyShape = result.outputShape;
    return result.weights;
  }
  if (definition.keepsShape !== true) flow.likelyShape = undefined;
  return undefined;
}

function siteOf({ span, trace }: LayerStep, args: ArgumentConfig, flow: ShapeFlow): LayerSite {
  return {
    title: flow.title,
    span,
    argument: (argument) => args.written.get(argument)?.value.span ?? span,
    related: [originOf(flow), ...traceRelated(trace)],
  };
}

function numbersIn(weights: readonly WeightSpec[]): number {
  return weights.reduce((sum, { shape }) => sum + product(shape), 0);
}
