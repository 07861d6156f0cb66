import { shapesEqual } from "../ir/shape.ts";
import { nestedInputMismatch } from "./rules/bodies.ts";
import { advance, countParameters, forgetShape, originOf, shapesSince, type ShapeFlow } from "./shape-flow.ts";
import { traceRelated, traceUse, type NestedStep } from "./step.ts";

/** Follows the shape through a model used as a layer. */
export function buildNested(step: NestedStep, name: string, flow: ShapeFlow): void {
  const { shape, likelyShape } = flow;
  const { statement, entity, trace, args, trainable } = step;
  flow.title = `Model '${entity.declaration.name.text}'`;
  checkInput(step, flow);
  addNested(step, name, flow);
  const { declaration } = entity;
  const shapes = shapesSince({ shape, likelyShape }, flow);
  flow.steps.push({ kind: "nested", statement, trace, name, declaration, args, trainable, ...shapes });
}

function checkInput({ entity, span, trace }: NestedStep, flow: ShapeFlow): void {
  const { context, shape: found, title } = flow;
  const nested = context.models.get(entity.declaration);
  const expected = nested?.inputShape;
  if (nested?.model === undefined) flow.complete = false;
  if (found === undefined || expected === undefined || shapesEqual(found, expected)) return;
  const declared = nested?.model?.inputSpan ?? entity.declaration.name.span;
  const related = [originOf(flow), { span: declared, message: "its input is declared here" }, ...traceRelated(trace)];
  flow.report(nestedInputMismatch(span, { title, expected, found, related }));
  flow.complete = false;
}

function addNested(step: NestedStep, name: string, flow: ShapeFlow): void {
  const { statement, entity, trace, trainable } = step;
  const { shape: inputShape } = flow;
  const nested = flow.context.models.get(entity.declaration);
  flow.nestedWeights ??= nested?.weightsClause;
  const outputShape = nested?.outputShape;
  // The model's own output is known even where its input does not fit.
  if (outputShape === undefined) return forgetShape(flow);
  if (!advance(outputShape, step, flow)) return;
  if (!countParameters(nested?.parameterCount ?? 0, step, flow)) return;
  if (nested?.model === undefined || inputShape === undefined) return;
  const { doc, label } = statement;
  flow.layers.push({
    kind: "nested",
    name,
    named: label !== undefined,
    ...(doc === undefined ? {} : { doc }),
    inputShape,
    outputShape,
    trainable,
    span: statement.span,
    ...traceUse(trace),
    model: nested.model,
  });
}
