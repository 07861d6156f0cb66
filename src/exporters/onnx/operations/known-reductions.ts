import { product } from "../../../ir/product.ts";
import { logSoftmax } from "../../../activations/log-softmax.ts";
import type { ReduceMapOperation, Reduction, Tensor } from "../../../ir/graph.ts";
import type { GraphBuilder } from "../../../ir/graph-builder.ts";
import { shapesEqual } from "../../../ir/shape.ts";
import { add, local, mul, sub, x, type Scalar } from "../../../ir/scalar.ts";
import { broadcastStrides } from "../../../layers/axis.ts";
import { momentSteps } from "../../../layers/layer-normalization.ts";
import { float, int } from "../onnx-model.ts";
import type { EmitContext } from "./emit.ts";

/** Reductions that ONNX has an operator for; undefined for others. They are recognised by their steps. */
export function knownReductionNodes(operation: ReduceMapOperation, context: EmitContext): string | undefined {
  return logSoftmaxNodes(operation, context) ?? layerNormalizationNodes(operation, context);
}

function logSoftmaxNodes(operation: ReduceMapOperation, { tensor, writer }: EmitContext): string | undefined {
  const [axis] = operation.axes;
  if (axis === undefined || operation.axes.length > 1) return undefined;
  if (!same(operation.steps, logSoftmaxReduction(operation.inputs[0]).steps)) return undefined;
  return writer.node("LogSoftmax", [tensor.name], { axis: int(axis + 1) });
}

/** What the activation states for a tensor. */
function logSoftmaxReduction(input: Tensor): Reduction {
  let stated: Reduction | undefined;
  const builder: Pick<GraphBuilder, "reduceMap"> = {
    reduceMap(tensor, reduction) {
      stated = reduction;
      return tensor;
    },
  };
  logSoftmax.apply(builder as GraphBuilder, input, { axis: -1 });
  return stated as unknown as Reduction;
}

/** Over the last axes; the operator needs a scale. */
function layerNormalizationNodes(operation: ReduceMapOperation, { tensor, writer }: EmitContext): string | undefined {
  const { steps, axes, view, result } = operation;
  const epsilon = epsilonOf(steps);
  const first = view.length - axes.length;
  const trailing = shapesEqual(view, operation.inputs[0].shape) && axes.every((axis, at) => axis === first + at);
  if (epsilon === undefined || !trailing || result.kind === "statistic" || !same(steps, momentSteps(epsilon)))
    return undefined;
  const normalized = mul(sub(x, local("mean")), local("scale"));
  const shape = axes.map((axis) => view[axis]?.factor ?? 1);
  const strides = broadcastStrides(view.length, axes, shape);
  const weight = (name: string) => result.weights.find((each) => each.name === name)?.weight;
  if (result.weights.some((each) => each.strides.join() !== strides.join())) return undefined;
  const [gamma, beta] = [weight("gamma"), weight("beta")];
  const scaled = gamma === undefined ? normalized : mul(normalized, local("gamma"));
  if (!same(result.body, beta === undefined ? scaled : add(scaled, local("beta")))) return undefined;
  const size = product(shape);
  if ([gamma, beta].some((each) => each !== undefined && each.shape.join() !== shape.join())) return undefined;
  const scale =
    gamma === undefined ? writer.constant("gamma", shape, new Float32Array(size).fill(1)) : writer.weight(gamma);
  const inputs = [tensor.name, scale, ...(beta === undefined ? [] : [writer.weight(beta)])];
  return writer.node("LayerNormalization", inputs, { axis: int(-axes.length), epsilon: float(epsilon) });
}

/** The epsilon of `1 / sqrt(variance + epsilon)` in the third step. */
function epsilonOf(steps: Reduction["steps"]): number | undefined {
  const step = steps[2];
  const root: Scalar | undefined = step?.kind === "let" && step.value.kind === "binary" ? step.value.right : undefined;
  const sum = root?.kind === "unary" ? root.operand : undefined;
  return sum?.kind === "binary" && sum.right.kind === "const" ? sum.right.value : undefined;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
