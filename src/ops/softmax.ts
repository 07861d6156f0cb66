import type { SoftmaxOperation } from "../ir/graph.ts";
import { addIndex, indexVariable, type Index } from "../ir/index-expression.ts";
import { load, type Statement, type Value } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { multiplySizes, staticSize, type Size } from "../ir/size.ts";
import { rowVariable } from "./dense.ts";
import { loop } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";

/**
 * Along the axis: the maximum, the sum of `exp(x - maximum)`, the quotients. Subtracting the maximum changes nothing in
 * exact arithmetic and keeps `exp` from overflowing.
 */
export const softmax: OperationLowering<SoftmaxOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: false,
  unrolledElements: ({ inputs: [input], axis }) => elementCount(input.shape.slice(axis)),

  loops(operation, { inputs: [input], output }) {
    const [{ shape }] = operation.inputs;
    const axisSize = shape[operation.axis] as Size;
    const inner = elementCount(shape.slice(operation.axis + 1));
    const element: Index = addIndex(
      addIndex(indexVariable(rowVariable, multiplySizes(axisSize, inner)), indexVariable("i", inner)),
      indexVariable("j"),
    );
    const maximum = local("maximum");
    const total = local("total");
    const along = (body: readonly Statement[]): readonly Statement[] => loop("i", axisSize, body);

    return loop(
      rowVariable,
      elementCount(shape.slice(0, operation.axis)),
      loop("j", inner, [
        { kind: "var", name: "maximum", value: { kind: "const", value: -Infinity } },
        ...along([{ kind: "set", name: "maximum", value: binary("max", maximum, load(input, element)) }]),
        { kind: "var", name: "total", value: { kind: "const", value: 0 } },
        ...along([
          {
            kind: "let",
            name: "e",
            value: { kind: "unary", operator: "exp", operand: binary("sub", load(input, element), maximum) },
          },
          { kind: "store", buffer: output, index: element, value: local("e") },
          { kind: "add", name: "total", value: local("e") },
        ]),
        ...along([
          { kind: "store", buffer: output, index: element, value: binary("div", load(output, element), total) },
        ]),
      ]),
    );
  },
};

function local(name: string): Value {
  return { kind: "local", name };
}

function binary(operator: "max" | "sub" | "div", left: Value, right: Value): Value {
  return { kind: "binary", operator, left, right };
}
