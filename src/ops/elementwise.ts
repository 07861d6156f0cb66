import type { ElementwiseOperation } from "../ir/graph.ts";
import { indexVariable } from "../ir/index-expression.ts";
import { load } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { staticSize } from "../ir/size.ts";
import { applyFunctions, loop } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";

export const elementwise: OperationLowering<ElementwiseOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: true,
  unrolledElements: (operation) => elementCount(operation.inputs[0].shape),
  loops: (operation, { inputs: [input], output }) =>
    loop("i", elementCount(operation.inputs[0].shape), [
      {
        kind: "store",
        buffer: output,
        index: indexVariable("i"),
        value: applyFunctions(operation.functions, load(input, indexVariable("i"))),
      },
    ]),
};
