import type { EmbeddingOperation } from "../ir/graph.ts";
import { addIndex, indexVariable } from "../ir/index-expression.ts";
import { load, rowMajor } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { staticSize } from "../ir/size.ts";
import { loop } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";

/** For each index of the input, a checked row of the table. */
export const embedding: OperationLowering<EmbeddingOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: true,
  unrolledElements: (operation) => elementCount(operation.output.shape),

  loops(operation, { inputs: [input], output }) {
    const { table, origins } = operation;
    const [rows, width] = table.shape as readonly [number, number];
    const stride = staticSize(width);
    const element = (variable: string) => addIndex(indexVariable(variable, stride), indexVariable("j"));
    const layer = origins[0]?.path.join("/") ?? "";
    return loop("i", elementCount(operation.inputs[0].shape), [
      {
        kind: "lookup",
        name: "token",
        value: load(input, indexVariable("i")),
        size: rows,
        what: `the input of '${layer}'`,
      },
      ...loop("j", stride, [
        {
          kind: "store",
          buffer: output,
          index: element("i"),
          value: load(rowMajor(table), element("token")),
        },
      ]),
    ]);
  },
};
