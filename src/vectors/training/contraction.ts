import { contractionAxes, strideIn, type ContractionAxes } from "../../gradients/loops/contraction-axes.ts";
import { resultStatements, type BufferOf } from "../../gradients/loops/nest-loops.ts";
import { addIndex, indexConstant, indexVariable, substituteIndex, type Index } from "../../ir/index-expression.ts";
import type { Statement } from "../../ir/loops.ts";
import { substituteVariable } from "../../ir/rewrite.ts";
import { isStatic } from "../../ir/size.ts";
import type { NestOperation } from "../../ir/step-graph.ts";
import { axesIndex, type NamedAxis } from "../../ops/axes.ts";
import { addProduct, constant, declare, loadSplat, loadVector, local } from "../build.ts";
import type { InstructionSet } from "../instruction-set.ts";
import { lanes, type VectorStatement } from "../vector-loops.ts";
import { inPanels, isNext, isSplat, overAxes } from "./panels.ts";
import { resultVectors } from "./result-vectors.ts";

/** Vectors of columns of a tile. */
const tileVectors = 2;

/**
 * A contraction whose right operand has its columns side by side, as `x · kernel` and the gradient of a kernel have: tiles of
 * rows by eight columns, whose sums stay in registers. Undefined for any other nest.
 */
export function contractionVectors(
  nest: NestOperation,
  bufferOf: BufferOf,
  instructions: InstructionSet,
): readonly VectorStatement[] | undefined {
  const axes = contractionAxes(nest);
  if (axes === undefined) return undefined;
  const { row, column, kept, right } = axes;
  if (row === undefined || column === undefined) return undefined;
  const isSideBySide =
    isNext(strideIn(column, right)) &&
    nest.operands.every((_, at) => isSplat(strideIn(column, at)) || isNext(strideIn(column, at))) &&
    nest.results.every((_, at) => isNext(strideIn(column, nest.operands.length + at)));
  if (!isSideBySide) return undefined;
  const outer = kept.filter((axis) => axis !== row && axis !== column);
  const tile = (rows: number, rowAt: Index, first: Index, count: number): readonly VectorStatement[] =>
    tileStatements(nest, bufferOf, { ...axes, row, column }, rows, rowAt, first, count);
  const body = inPanels(column, tileVectors * lanes, (first, count) =>
    overRows(row, instructions.tileRows, (rows, at) => tile(rows, at, first, count)),
  );
  return overAxes(outer, body);
}

/** All rows, some at a time; the last ones are taken together with some before them. */
function overRows(
  { variable, size }: NamedAxis,
  most: number,
  body: (rows: number, at: Index) => readonly VectorStatement[],
): readonly VectorStatement[] {
  const first = `${variable}First`;
  const tiles = (count: number): VectorStatement => ({
    kind: "for",
    variable,
    from: 0,
    to: size,
    step: count,
    body: [
      { kind: "at-most", name: first, value: indexVariable(variable), end: size, margin: count },
      ...body(count, indexVariable(first)),
    ],
  });
  const single: VectorStatement = {
    kind: "for",
    variable,
    from: 0,
    to: size,
    step: 1,
    body: body(1, indexVariable(variable)),
  };
  if (!isStatic(size)) return [{ kind: "if-at-least", size, count: most, then: [tiles(most)], otherwise: [single] }];
  if (size.factor <= most) return body(size.factor, indexConstant(0));
  return [tiles(most)];
}

/** The sums of some rows by some columns, at most a tile, and what is made of them. */
function tileStatements(
  nest: NestOperation,
  bufferOf: BufferOf,
  {
    left,
    right,
    kept,
    reduced,
    row,
    column,
  }: ContractionAxes & { readonly row: NamedAxis; readonly column: NamedAxis },
  rows: number,
  rowAt: Index,
  first: Index,
  count: number,
): readonly VectorStatement[] {
  const all = [...kept, ...reduced];
  const vectors = Array.from({ length: Math.ceil(count / lanes) }, (_, at) => at);
  const rowNumbers = Array.from({ length: rows }, (_, at) => at);
  const start = (operand: number): number => nest.operands[operand]?.start?.factor ?? 0;
  const at = (operand: number, rowOffset: number, columnOffset: number): Index => {
    const index = axesIndex(all, operand, start(operand));
    const inRow = substituteIndex(index, row.variable, addIndex(rowAt, indexConstant(rowOffset)));
    return substituteIndex(inRow, column.variable, addIndex(first, indexConstant(columnOffset)));
  };
  const bufferAt = (operand: number) => bufferOf((nest.operands[operand] as NestOperation["operands"][number]).tensor);
  const sum = (i: number, j: number): string => `sum${i}_${j}`;
  const products: readonly VectorStatement[] = [
    ...vectors.map((j): VectorStatement => ({
      kind: "let",
      name: `w${j}`,
      value: loadVector(bufferAt(right), at(right, 0, j * lanes)),
    })),
    ...rowNumbers.flatMap((i): readonly VectorStatement[] => [
      { kind: "let", name: `x${i}`, value: loadSplat(bufferAt(left), at(left, i, 0)) },
      ...vectors.map((j) => addProduct(sum(i, j), local(`x${i}`), local(`w${j}`))),
    ]),
  ];
  const results = resultStatements(nest, bufferOf, kept);
  return [
    ...rowNumbers.flatMap((i) => vectors.map((j) => declare(sum(i, j), constant(0)))),
    ...overAxes(reduced, products),
    ...rowNumbers.flatMap((i) =>
      vectors.flatMap((j) => {
        const own: readonly Statement[] = [
          { kind: "var", name: "sum", value: { kind: "local", name: sum(i, j) } },
          ...results,
        ];
        const placed = substituteVariable(own, row.variable, addIndex(rowAt, indexConstant(i)));
        const place = addIndex(first, indexConstant(j * lanes));
        return resultVectors(placed, column.variable, place, Math.min(lanes, count - j * lanes));
      }),
    ),
  ];
}
