import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { shapesEqual, type Shape } from "../ir/shape.ts";
import { buildLayer } from "./build-layer.ts";
import { buildNested } from "./build-nested.ts";
import type { CheckContext } from "./context.ts";
import type { Expansion } from "./expansion.ts";
import { nameLayers } from "./name-layers.ts";
import { shapeAssertionFailed } from "./rules/bodies.ts";
import type { CheckedBlockCall, CheckedRepeat, CheckedStep } from "./semantics/checked-step.ts";
import { forgetShape, originOf, shapesSince, startFlow, type ShapeFlow } from "./shape-flow.ts";
import { traceRelated, type AssertionStep, type EnterStep, type ExpandedStep, type GapStep } from "./step.ts";

/** Names the layers of an expanded body and follows the shape through them. The flow it gives stands at the output. */
export function buildLayers(
  steps: readonly ExpandedStep[],
  inputShape: Shape | undefined,
  start: RelatedPlace,
  context: CheckContext,
  report: Expansion["report"],
): Readonly<ShapeFlow> {
  const flow = startFlow(inputShape, start, context, report);
  const names = nameLayers(
    steps.filter((step) => step.kind === "layer" || step.kind === "nested"),
    report,
  );
  const entered: Entered[] = [];
  let next = 0;
  for (const step of steps) {
    switch (step.kind) {
      case "layer":
        buildLayer(step, names[next++] as string, flow);
        break;
      case "nested":
        buildNested(step, names[next++] as string, flow);
        break;
      case "assertion":
        checkAssertion(step, flow);
        break;
      case "gap":
        crossGap(step, flow);
        break;
      case "enter":
        entered.push(enter(step, flow));
        break;
      case "leave":
        leave(entered.pop(), flow);
        break;
    }
  }
  return flow;
}

/** A block call or a repeat that has begun, whose output is still to come. */
interface Entered {
  readonly step: Writable<CheckedBlockCall | CheckedRepeat>;
  readonly shape: Shape | undefined;
  readonly likelyShape: Shape | undefined;
}

type Writable<Of extends CheckedStep> = Of & { outputShape: Shape | undefined; isLikely: boolean };

function enter({ call, trace }: EnterStep, { shape, likelyShape, steps }: ShapeFlow): Entered {
  const inputShape = shape ?? likelyShape;
  const shapes = { inputShape, outputShape: undefined, isLikely: inputShape !== shape };
  const step: Entered["step"] =
    call.kind === "block"
      ? { kind: "block", statement: call.statement, declaration: call.declaration, args: call.args, trace, ...shapes }
      : { kind: "repeat", statement: call.statement, count: call.count, trace, ...shapes };
  steps.push(step);
  return { step, shape, likelyShape };
}

function leave(entered: Entered | undefined, flow: ShapeFlow): void {
  if (entered === undefined) return;
  const { outputShape, isLikely } = shapesSince(entered, flow);
  entered.step.outputShape = outputShape;
  entered.step.isLikely = isLikely;
}

function crossGap({ cause, isInStatement }: GapStep, flow: ShapeFlow): void {
  const { shape, likelyShape } = flow;
  const known = shape ?? likelyShape;
  const isKept =
    isInStatement === true ||
    (cause?.callee !== undefined && "keepsShape" in cause.callee && cause.callee.keepsShape === true);
  forgetShape(flow, isKept ? known : undefined);
  if (cause !== undefined) flow.steps.push({ kind: "faulty", ...cause, ...shapesSince({ shape, likelyShape }, flow) });
}

function checkAssertion(step: AssertionStep, flow: ShapeFlow): void {
  const { shape: actual, report } = flow;
  if (actual === undefined) flow.likelyShape = step.shape;
  if (actual === undefined || shapesEqual(actual, step.shape)) return;
  const related = [originOf(flow), ...traceRelated(step.trace)];
  const subject = step.subject ?? flow.title;
  report(shapeAssertionFailed(step.span, { subject, actual, asserted: step.shape, related }), step.trace !== undefined);
}
