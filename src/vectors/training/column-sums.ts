import { strideIn } from "../../gradients/loops/contraction-axes.ts";
import { nestLoopAxes } from "../../gradients/loops/nest-axes.ts";
import { resultStatements, type BufferOf } from "../../gradients/loops/nest-loops.ts";
import { addIndex, indexConstant, substituteIndex, type Index } from "../../ir/index-expression.ts";
import type { Statement } from "../../ir/loops.ts";
import { isStatic } from "../../ir/size.ts";
import type { NestOperation } from "../../ir/step-graph.ts";
import { axesIndex } from "../../ops/axes.ts";
import { add, constant, declare, loadVector, local } from "../build.ts";
import { lanes, type VectorStatement } from "../vector-loops.ts";
import { isNext, isSplat, inPanels, overAxes } from "./panels.ts";
import { resultVectors } from "./result-vectors.ts";

/** Vectors of columns whose sums are in registers at once: so many additions don't wait for one another. */
const tileVectors = 4;

/**
 * Sums of columns that lie side by side, as the gradient of a bias is. They are summed as those of the kernel beside it, which is a
 * contraction. Undefined for any other nest.
 */
export function columnSumVectors(nest: NestOperation, bufferOf: BufferOf): readonly VectorStatement[] | undefined {
  const { reduction, operands, results } = nest;
  if (reduction?.combine !== "sum" || reduction.divisor !== undefined) return undefined;
  const { term } = reduction;
  if (term.kind !== "local") return undefined;
  const summed = operands.findIndex(({ name }) => name === term.name);
  const operand = operands[summed];
  const { kept, reduced } = nestLoopAxes(nest);
  const column = kept.at(-1);
  if (operand === undefined || column === undefined || !isStatic(column.size) || reduced.length === 0) return undefined;
  const isSideBySide =
    isNext(strideIn(column, summed)) &&
    operands.every((_, at) => isSplat(strideIn(column, at)) || isNext(strideIn(column, at))) &&
    results.every((_, at) => isNext(strideIn(column, operands.length + at)));
  if (!isSideBySide) return undefined;

  const buffer = bufferOf(operand.tensor);
  const index = axesIndex([...kept, ...reduced], summed, operand.start?.factor ?? 0);
  const made = resultStatements(nest, bufferOf, kept);
  const tile = (first: Index, count: number): readonly VectorStatement[] => {
    const vectors = Array.from({ length: Math.ceil(count / lanes) }, (_, at) => at);
    const place = (at: number): Index => addIndex(first, indexConstant(at * lanes));
    const added = vectors.map((at): VectorStatement => {
      const row = loadVector(buffer, substituteIndex(index, column.variable, place(at)));
      return { kind: "set", name: `sum${at}`, value: add(local(`sum${at}`), row) };
    });
    return [
      ...vectors.map((at) => declare(`sum${at}`, constant(0))),
      ...overAxes(reduced, added),
      ...vectors.flatMap((at) => {
        const own: readonly Statement[] = [
          { kind: "var", name: "sum", value: { kind: "local", name: `sum${at}` } },
          ...made,
        ];
        return resultVectors(own, column.variable, place(at), Math.min(lanes, count - at * lanes));
      }),
    ];
  };
  return overAxes(kept.slice(0, -1), inPanels(column, tileVectors * lanes, tile));
}
