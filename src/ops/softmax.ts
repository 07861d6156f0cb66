import type { SoftmaxOperation } from "../ir/graph.ts";
import { load, type Statement } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { staticSize } from "../ir/size.ts";
import { alongAxis } from "./along-axis.ts";
import { larger, local, minus, number, over } from "./values.ts";
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

  loops({ inputs: [{ shape }], axis }, { inputs: [input], output }) {
    const { size, element: at, everywhere } = alongAxis(shape, axis);
    const element = at("i");
    const maximum = local("maximum");
    const total = local("total");
    const along = (body: readonly Statement[]): readonly Statement[] => loop("i", size, body);

    return everywhere(elementCount(shape.slice(0, axis)), [
      { kind: "var", name: "maximum", value: number(-Infinity) },
      ...along([{ kind: "set", name: "maximum", value: larger(maximum, load(input, element)) }]),
      { kind: "var", name: "total", value: number(0) },
      ...along([
        {
          kind: "let",
          name: "e",
          value: { kind: "unary", operator: "exp", operand: minus(load(input, element), maximum) },
        },
        { kind: "store", buffer: output, index: element, value: local("e") },
        { kind: "add", name: "total", value: local("e") },
      ]),
      ...along([{ kind: "store", buffer: output, index: element, value: over(load(output, element), total) }]),
    ]);
  },
};
