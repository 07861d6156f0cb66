import { product } from "../ir/product.ts";
import type { Shape } from "../ir/shape.ts";
import { readArguments, type ArgumentConfig } from "../layers/arguments/config.ts";
import type { LayerSite, WeightSpec } from "../layers/definition.ts";
import { advance, countParameters, forgetShape, shapesSince, type ShapeFlow } from "./shape-flow.ts";
import { shapeLimitProblem } from "./shape-limits.ts";
import { traceRelated, type LayerStep } from "./step.ts";

/** Checks the arguments of a layer, and follows the shape through it. */
export function buildLayer(step: LayerStep, name: string, flow: ShapeFlow): void {
  const { statement, definition, span, trace } = step;
  const { shape, likelyShape } = flow;
  flow.title = `${definition.className} '${name}'`;
  const related = traceRelated(trace);
  const callSite = { callee: definition.className, span, related, report: flow.report };
  const args = readArguments(definition.parameters, step.args, callSite);
  if (!args.valid) flow.complete = false;
  const weights = shape === undefined ? guess(step, args, flow) : applyRule(step, name, args, shape, flow);
  flow.steps.push({
    kind: "layer",
    statement,
    trace,
    name,
    definition,
    args: step.args,
    config: args.values,
    weights,
    ...shapesSince({ shape, likelyShape }, flow),
  });
}

/** Adds the layer to those of the model, with the output and the weights that its shape rule gives. */
function applyRule(
  step: LayerStep,
  name: string,
  args: ArgumentConfig,
  inputShape: Shape,
  flow: ShapeFlow,
): readonly WeightSpec[] | undefined {
  const { statement, definition, trace } = step;
  if (!args.usable) {
    if (definition.keepsShape !== true) forgetShape(flow);
    return undefined;
  }
  const result = definition.build({ config: args.values, input: inputShape, site: siteOf(step, args, flow) });
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
  const { doc, label } = statement;
  flow.layers.push({
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
  return weights;
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
    related: [flow.origin, ...traceRelated(trace)],
  };
}

function numbersIn(weights: readonly WeightSpec[]): number {
  return weights.reduce((sum, { shape }) => sum + product(shape), 0);
}
