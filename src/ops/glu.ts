import type { GluOperation } from "../ir/graph.ts";
import { addIndex, indexConstant, indexVariable } from "../ir/index-expression.ts";
import { load, type Statement } from "../ir/loops.ts";
import { instantiate } from "../ir/rewrite.ts";
import { add, constant, div, exp, neg, x, type Scalar } from "../ir/scalar.ts";
import { elementCount } from "../ir/shape.ts";
import { isStatic, multiplySizes, staticSize, type Size } from "../ir/size.ts";
import { rowVariable } from "./dense.ts";
import { loop } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";

const gate: Scalar = { kind: "local", name: "gate" };
/** `x * sigmoid(gate)` */
const gated: Scalar = div(x, add(constant(1), exp(neg(gate))));

/** Gated linear unit (Dauphin et al., 2017): the first half along the axis times the sigmoid of the second. */
export const glu: OperationLowering<GluOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: true,
  unrolledElements: ({ inputs: [input], axis }) => elementCount(input.shape.slice(axis)),

  loops(operation, { inputs: [input], output }) {
    const { axis } = operation;
    const size = operation.inputs[0].shape[axis] as Size;
    const half = operation.output.shape[axis] as Size;
    const inner = elementCount(operation.inputs[0].shape.slice(axis + 1));
    const place = addIndex(indexVariable("i", inner), indexVariable("j"));
    const first = addIndex(indexVariable(rowVariable, multiplySizes(size, inner)), place);
    const distance = multiplySizes(half, inner);
    // A distance known only at run time needs a variable: a loop of one iteration, over the second half alone.
    const second = addIndex(first, isStatic(distance) ? indexConstant(distance.factor) : indexVariable("k", distance));
    const locals = new Map([
      ["x", load(input, first)],
      ["gate", load(input, second)],
    ]);
    const store: Statement = {
      kind: "store",
      buffer: output,
      index: addIndex(indexVariable(rowVariable, multiplySizes(half, inner)), place),
      value: instantiate(gated, locals),
    };
    const body: readonly Statement[] = isStatic(distance)
      ? [store]
      : [{ kind: "for", variable: "k", from: 1, to: staticSize(2), step: 1, body: [store] }];
    const rows = elementCount(operation.inputs[0].shape.slice(0, axis));
    return loop(rowVariable, rows, loop("i", half, loop("j", inner, body)));
  },
};
