import type { WeightedMapOperation } from "../../../ir/graph.ts";
import { constant, local, mul, select, x } from "../../../ir/scalar.ts";
import { operandLocals } from "../view.ts";
import type { EmitContext } from "./emit.ts";

const body = JSON.stringify(select(x, "gt", constant(0), x, mul(local("alpha"), x)));

/** A PReLU in ONNX' own operator; undefined where the operation is something else (see `layers/prelu.ts`). */
export function preluNodes(operation: WeightedMapOperation, { tensor, writer }: EmitContext): string | undefined {
  if (JSON.stringify(operation.body) !== body) return undefined;
  const [alpha] = operandLocals(operation.weights, operation.view, writer);
  return alpha === undefined ? undefined : writer.node("PRelu", [tensor.name, alpha[1]]);
}
