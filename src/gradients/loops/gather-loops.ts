import { addIndex, indexVariable, type Index } from "../../ir/index-expression.ts";
import { load, type Statement } from "../../ir/loops.ts";
import { samplesAxis } from "../../ir/samples.ts";
import { elementCount, type Shape } from "../../ir/shape.ts";
import { multiplySizes, staticSize, type Size } from "../../ir/size.ts";
import type { GatherOperation, ScatterOperation, StepTensor } from "../../ir/step-graph.ts";
import { loop } from "../../ops/loop-nest.ts";
import type { BufferOf } from "./nest-loops.ts";

/** A checked row of the table for each index. */
export function gatherLoops(
  { indices, table, output, layer }: GatherOperation,
  bufferOf: BufferOf,
): readonly Statement[] {
  const [rows, width] = table.shape as readonly [Size, Size];
  return forEachIndexed(indices, rows, width, `the input of '${layer}'`, bufferOf, (own, row) => [
    { kind: "store", buffer: bufferOf(output), index: own, value: load(bufferOf(table), row) },
  ]);
}

/** Adds each row of values to the row of the output that its index names. */
export function scatterLoops({ indices, values, output }: ScatterOperation, bufferOf: BufferOf): readonly Statement[] {
  const [rows, width] = output.shape as readonly [Size, Size];
  const buffer = bufferOf(output);
  return [
    ...loop("i", multiplySizes(rows, width), [
      { kind: "store", buffer, index: indexVariable("i"), value: { kind: "const", value: 0 } },
    ]),
    ...forEachIndexed(indices, rows, width, "indices", bufferOf, (own, row) => [
      {
        kind: "store",
        buffer,
        index: row,
        value: { kind: "binary", operator: "add", left: load(buffer, row), right: load(bufferOf(values), own) },
      },
    ]),
  ];
}

/** Loops over indices and the elements of a row: the place in the list of rows, and in the table. */
function forEachIndexed(
  indices: StepTensor,
  rows: Size,
  width: Size,
  what: string,
  bufferOf: BufferOf,
  body: (own: Index, row: Index) => readonly Statement[],
): readonly Statement[] {
  const shape: Shape = indices.perSample ? [samplesAxis, ...indices.shape] : indices.shape;
  const element = (variable: string): Index => addIndex(indexVariable(variable, width), indexVariable("j"));
  return loop("i", elementCount(shape), [
    {
      kind: "lookup",
      name: "token",
      value: load(bufferOf(indices), indexVariable("i")),
      size: rows.factor,
      what,
    },
    ...loop("j", staticSize(width.factor), body(element("i"), element("token"))),
  ]);
}
