import type { WeightedMapOperation, WeightOperand } from "../../../ir/graph.ts";
import type { Scalar } from "../../../ir/scalar.ts";
import { float } from "../onnx-model.ts";
import type { EmitContext } from "./emit.ts";

/**
 * A BatchNormalization in ONNX' own operator where the channels are axis 1 there, else as three nodes. Undefined where the
 * operation is something else. It is recognised by its expression (see `layers/batch-normalization.ts`).
 */
export function batchNormalizationNodes(
  operation: WeightedMapOperation,
  { tensor, writer }: EmitContext,
): string | undefined {
  const epsilon = epsilonOf(operation.body);
  const operand = (name: string): WeightOperand | undefined => operation.weights.find((each) => each.name === name);
  const [mean, variance] = [operand("moving_mean"), operand("moving_variance")];
  if (epsilon === undefined || mean === undefined || variance === undefined) return undefined;
  const axis = mean.strides.indexOf(1);
  const size = mean.weight.shape[0] as number;
  const [gamma, beta] = [operand("gamma"), operand("beta")];
  if (axis === 0) {
    const scale =
      gamma === undefined
        ? writer.constant("gamma", [size], new Float32Array(size).fill(1))
        : writer.weight(gamma.weight);
    const offset =
      beta === undefined ? writer.constant("beta", [size], new Float32Array(size)) : writer.weight(beta.weight);
    const inputs = [tensor.name, scale, offset, writer.weight(mean.weight), writer.weight(variance.weight)];
    return writer.node("BatchNormalization", inputs, { epsilon: float(epsilon) });
  }
  const shape = [size, ...operation.view.slice(axis + 1).map(() => 1)];
  const variances = writer.values(variance.weight);
  const gammas = gamma === undefined ? undefined : writer.values(gamma.weight);
  const factors = Float32Array.from(variances, (value, at) => (gammas?.[at] ?? 1) / Math.sqrt(value + epsilon));
  const difference = writer.node("Sub", [tensor.name, writer.weight(mean.weight, shape)]);
  const scaled = writer.node("Mul", [difference, writer.constant("scale", shape, factors)]);
  return beta === undefined ? scaled : writer.node("Add", [scaled, writer.weight(beta.weight, shape)]);
}

/** The epsilon in `... / sqrt(moving_variance + epsilon) [+ beta]`. */
function epsilonOf(body: Scalar): number | undefined {
  if (body.kind !== "binary") return undefined;
  if (body.operator === "add" && isLocal(body.right, "beta")) return epsilonOf(body.left);
  const { right: root, left } = body;
  const difference =
    left.kind === "binary" && left.operator === "mul" && isLocal(left.left, "gamma") ? left.right : left;
  const centered =
    difference.kind === "binary" && difference.operator === "sub" && isLocal(difference.right, "moving_mean");
  if (body.operator !== "div" || !centered || root.kind !== "unary" || root.operator !== "sqrt") return undefined;
  const sum = root.operand;
  if (sum.kind !== "binary" || sum.operator !== "add" || !isLocal(sum.left, "moving_variance")) return undefined;
  return sum.right.kind === "const" ? sum.right.value : undefined;
}

function isLocal(scalar: Scalar, name: string): boolean {
  return scalar.kind === "local" && scalar.name === name;
}
