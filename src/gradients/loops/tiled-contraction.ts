import { addIndex, indexConstant, indexVariable, type Index } from "../../ir/index-expression.ts";
import { load, type Statement, type Value } from "../../ir/loops.ts";
import { renameLocals, substituteVariable } from "../../ir/rewrite.ts";
import { isStatic, staticSize, type Size } from "../../ir/size.ts";
import { mapValues } from "../../ir/visit-statements.ts";
import type { NestOperation } from "../../ir/step-graph.ts";
import { axesIndex, axesLoops, type NamedAxis } from "../../ops/axes.ts";
import { contractionAxes, type ContractionAxes } from "./contraction-axes.ts";
import { resultStatements, type BufferOf } from "./nest-loops.ts";

/** Rows and columns of a tile: so many sums stay in registers. */
const tileRows = 2;
const tileColumns = 4;
/** Where no column is: rows alone keep several additions going. */
const lonelyRows = 4;
/** Sums of up to so many products are written out. */
const shortSum = 8;

/**
 * The loops of a contraction in tiles: what is read of the two operands serves several sums. An axis along which only the
 * left operand moves gives the rows of a tile, one along which only the right one moves its columns. Undefined for what is
 * no contraction.
 */
export function tiledContraction(nest: NestOperation, bufferOf: BufferOf): readonly Statement[] | undefined {
  const contraction = contractionAxes(nest);
  const row = contraction?.row;
  if (contraction === undefined || row === undefined) return undefined;
  const { kept, column } = contraction;
  const outer = kept.filter((axis) => axis !== row && axis !== column);
  const tile = (rows: number, columns: number, rowAt: Index, columnAt: Index): readonly Statement[] => {
    const statements = tileStatements(nest, bufferOf, { ...contraction, row }, rows, columns);
    const placed = substituteVariable(statements, row.variable, rowAt);
    return column === undefined ? placed : substituteVariable(placed, column.variable, columnAt);
  };
  const overColumns = (rows: number, rowAt: Index): readonly Statement[] => {
    if (column === undefined) return tile(rows, 1, rowAt, indexConstant(0));
    const columns = Math.min(tileColumns, column.size.factor);
    return inTiles(column, columns, "Column", (count, at) => tile(rows, count, rowAt, at));
  };
  const rows = column === undefined ? lonelyRows : tileRows;
  if (isStatic(row.size)) {
    return axesLoops(outer, inTiles(row, Math.min(rows, row.size.factor), "Row", overColumns));
  }
  const pairs = (part: "odd" | "pairs", body: readonly Statement[]): Statement => ({
    kind: "for",
    variable: row.variable,
    from: 0,
    to: row.size,
    step: part === "odd" ? 1 : 2,
    body,
    part,
  });
  return axesLoops(outer, [
    pairs("odd", overColumns(1, indexConstant(0))),
    pairs("pairs", overColumns(2, indexVariable(row.variable))),
  ]);
}

/** All steps along an axis of known size, `count` at a time, and those that are left, whose locals get a suffix. */
function inTiles(
  { variable, size }: NamedAxis,
  count: number,
  suffix: string,
  body: (count: number, at: Index) => readonly Statement[],
): readonly Statement[] {
  const whole = Math.floor(size.factor / count) * count;
  const rest = size.factor - whole;
  const main: readonly Statement[] =
    whole === count
      ? body(count, indexConstant(0))
      : [
          {
            kind: "for",
            variable,
            from: 0,
            to: staticSize(whole),
            step: count,
            body: body(count, indexVariable(variable)),
          },
        ];
  // What is left stands in one list with a main part that needs no loop.
  return rest === 0 ? main : [...main, ...renameLocals(body(rest, indexConstant(whole)), (name) => name + suffix)];
}

/** The sums of one tile, and what is made of them; the variables of its axes stand for its first row and column. */
function tileStatements(
  nest: NestOperation,
  bufferOf: BufferOf,
  { left, right, kept, reduced, row, column }: ContractionAxes & { readonly row: NamedAxis },
  rows: number,
  columns: number,
): readonly Statement[] {
  const all = [...kept, ...reduced];
  const reads = (operand: number, axis: NamedAxis | undefined, count: number, letter: string): readonly Read[] => {
    const { tensor, start } = nest.operands[operand] as NestOperation["operands"][number];
    if (start !== undefined && !isStatic(start)) throw new Error("a contraction of a part known at run time");
    const first = axesIndex(all, operand, start?.factor ?? 0);
    const stride = axis === undefined ? 0 : (axis.strides[operand] as Size).factor;
    return Array.from({ length: count }, (_, at) => ({
      name: `${letter}${at}`,
      value: load(bufferOf(tensor), addIndex(first, indexConstant(at * stride))),
    }));
  };
  const a = reads(left, row, rows, "a");
  const b = reads(right, column, columns, "b");
  const sums = a.flatMap((_, i) => b.map((__, j) => ({ i, j, name: `sum${i}_${j}` })));
  const product = (i: number, j: number, suffix: string): Value => ({
    kind: "binary",
    operator: "mul",
    left: { kind: "local", name: `a${i}${suffix}` },
    right: { kind: "local", name: `b${j}${suffix}` },
  });
  const summing = shortAxis(reduced)
    ? writtenOut(reduced[0] as NamedAxis, [...a, ...b], sums, product)
    : [
        ...sums.map(({ name }): Statement => ({ kind: "var", name, value: { kind: "const", value: 0 } })),
        ...axesLoops(reduced, [
          ...[...a, ...b].map(({ name, value }): Statement => ({ kind: "let", name, value })),
          ...sums.map(({ i, j, name }): Statement => ({ kind: "add", name, value: product(i, j, "") })),
        ]),
      ];
  const results = resultStatements(nest, bufferOf, kept);
  // A mean is computed in the variable of its sum.
  const ofSum = (name: string): readonly Statement[] => {
    const sum: Value = { kind: "local", name };
    if (nest.reduction?.divisor !== undefined) return [{ kind: "var", name: "sum", value: sum }, ...results];
    return mapValues(results, (value) => (value.kind === "local" && value.name === "sum" ? sum : value));
  };
  return [
    ...summing,
    ...sums.flatMap(({ i, j, name }) => {
      const inRow = substituteVariable(
        ofSum(name),
        row.variable,
        addIndex(indexVariable(row.variable), indexConstant(i)),
      );
      const placed =
        column === undefined
          ? inRow
          : substituteVariable(inRow, column.variable, addIndex(indexVariable(column.variable), indexConstant(j)));
      return renameLocals(placed, (local) => `${local}At${i}_${j}`);
    }),
  ];
}

interface Read {
  readonly name: string;
  readonly value: Value;
}

function shortAxis(reduced: readonly NamedAxis[]): boolean {
  const [axis] = reduced;
  return reduced.length === 1 && axis !== undefined && isStatic(axis.size) && axis.size.factor <= shortSum;
}

/** Short sums without a loop. */
function writtenOut(
  { variable, size }: NamedAxis,
  reads: readonly Read[],
  sums: readonly { readonly i: number; readonly j: number; readonly name: string }[],
  product: (i: number, j: number, suffix: string) => Value,
): readonly Statement[] {
  const steps = Array.from({ length: size.factor }, (_, at) => at);
  const loads = steps.flatMap((at) =>
    substituteVariable(
      reads.map(({ name, value }): Statement => ({ kind: "let", name: `${name}_${at}`, value })),
      variable,
      indexConstant(at),
    ),
  );
  return [
    ...loads,
    ...sums.map(({ i, j, name }): Statement => ({
      kind: "let",
      name,
      value: { kind: "sum", terms: steps.map((at) => product(i, j, `_${at}`)) },
    })),
  ];
}
