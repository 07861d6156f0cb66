import type { DenseOperation } from "../ir/graph.ts";
import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import type { DataBuffer } from "../ir/loops.ts";
import { isStatic, staticSize, type Size } from "../ir/size.ts";
import type { VectorStatement, VectorValue, VectorWeights } from "./vector-loops.ts";
import { inputDim, rows, units } from "../ops/dense.ts";
import { fewestMany, rowsOf, type Samples } from "./all-samples.ts";
import { blockPanels, type BlockLayer } from "./blocks.ts";
import { constant, loadSplat, loadVector, rowMajor } from "./build.ts";
import { dotProducts, type DotProducts } from "./dot-products.ts";
import type { InstructionSet } from "./instruction-set.ts";
import {
  columnsOf,
  columnsOfPanels,
  groupPanels,
  packedLength,
  panelUnits,
  type Column,
  type PanelGroups,
} from "./panels.ts";
import { shareValues } from "./share-values.ts";
import { applyFunction } from "./values.ts";

/**
 * A dense layer on panels of weights. Many rows: tiles of rows by one panel, whose sums stay in registers, so that each
 * weight is read once for all rows of a tile. A few rows: each by as many panels as registers hold.
 */
export function denseKernel(
  operation: DenseOperation,
  input: DataBuffer,
  output: DataBuffer,
  instructions: InstructionSet,
  samples: Samples,
): readonly VectorStatement[] {
  const { precision = "float32" } = operation.kernel;
  const inputs = inputDim(operation);
  const outputs = units(operation);
  const allRows = rowsOf(rows(operation), samples);
  const whole = Math.floor(outputs / panelUnits);
  const { blocks } = operation.kernel;
  const kernel: VectorWeights = {
    kind: "weights",
    weight: operation.kernel,
    layout: { kind: "panels", precision: precision === "bfloat16" ? precision : "float32" },
  };
  const panelStride = staticSize(packedLength(inputs, panelUnits, precision));
  let fresh = 0;

  /** The units of some columns, of one or more rows from an integer local on. */
  const block: Block = (columns, panel, row, rowCount): readonly VectorStatement[] => {
    const products: DotProducts = {
      columns,
      inputs,
      rowCount,
      rowInputs: instructions.rowInputs,
      tileInputs: instructions.tileInputs,
      once: row === undefined,
      input: (r, k) => ({ kind: "load", buffer: input, index: rowIndex(row, r, inputs, k), access: "splat" }),
      weights: (index) => loadVector(kernel, addIndex(scaled(panel, panelStride), index)),
      start: (column) =>
        operation.bias === undefined
          ? constant(0)
          : loadVector(
              rowMajor(operation.bias),
              addIndex(scaled(panel, staticSize(panelUnits)), indexConstant(column.unit)),
            ),
    };
    const { statements, sums } = dotProducts(products);
    const stores = sums.flatMap(({ row: r, column, value }) => {
      const unit = addIndex(scaled(panel, staticSize(panelUnits)), indexConstant(column.unit));
      return store(row, r, unit, column.count, value);
    });
    return [...statements, ...stores];
  };
  const store = (
    row: string | undefined,
    r: number,
    unit: Index,
    count: number,
    value: VectorValue,
  ): readonly VectorStatement[] =>
    shareValues(
      {
        kind: "store",
        buffer: output,
        index: rowIndex(row, r, outputs, unit),
        count,
        value: operation.epilogue.reduce<VectorValue>((argument, fn) => applyFunction(fn, argument), value),
      },
      () => `t${fresh++}`,
    );
  const columns = (count: number): readonly Column[] => columnsOf(count, inputs, precision);
  const single = (): readonly VectorStatement[] => {
    const groups = groupPanels(whole, outputs % panelUnits === 0, 4 * panelStride.factor, instructions);
    const grouped = columnsOfPanels(groups.firsts, inputs, precision);
    return singleRows(groups, grouped, outputs, allRows, columns, block);
  };

  const onBlocks = (row: string | undefined): BlockLayer | undefined =>
    blocks && {
      operation,
      blocks,
      input: (r, k) => loadSplat(input, rowIndex(row, r, inputs, k)),
      store: (r, unit, count, value) => store(row, r, unit, count, value),
    };

  const tileRows = isWide(outputs) && blocks === undefined ? wideTileRows : instructions.tileRows;
  const few = (): readonly VectorStatement[] => {
    const layer = onBlocks(isSingle(allRows) ? undefined : "row");
    return layer === undefined ? single() : blockPanels(layer, 1, (body) => eachRow(allRows, body));
  };
  const many = (): readonly VectorStatement[] => {
    const layer = onBlocks("firstRow");
    return layer === undefined
      ? tiles(whole, outputs, allRows, { rows: tileRows, panels: instructions.tilePanels }, columns, block)
      : blockPanels(layer, tileRows, (body) => [eachTile(allRows, tileRows, body)]);
  };
  return inTiles(allRows, tileRows, samples, many, few);
}

/** Rows in tiles of so many where there are enough of them, else by `few`. */
export function inTiles(
  allRows: Size,
  tileRows: number,
  samples: Samples,
  many: () => readonly VectorStatement[],
  few: () => readonly VectorStatement[],
): readonly VectorStatement[] {
  if (isStatic(allRows) && allRows.factor < tileRows) return few();
  if (samples === "many" && tileRows <= fewestMany) return many();
  return [{ kind: "if-at-least", size: allRows, count: tileRows, then: many(), otherwise: few() }];
}

/** Whether there is one row, which needs no loop. */
export function isSingle(allRows: Size): boolean {
  return isStatic(allRows) && allRows.factor === 1;
}

/** A body for every row, whose number is `row`, unless there is just one. */
export function eachRow(allRows: Size, body: readonly VectorStatement[]): readonly VectorStatement[] {
  return isSingle(allRows) ? body : [{ kind: "for", variable: "row", from: 0, to: allRows, step: 1, body }];
}

/** A body for some rows at a time, from `firstRow` on. */
function eachTile(allRows: Size, rowCount: number, body: readonly VectorStatement[]): VectorStatement {
  return {
    kind: "for",
    variable: "row",
    from: 0,
    to: allRows,
    step: rowCount,
    body: [{ kind: "at-most", name: "firstRow", value: indexVariable("row"), end: allRows, margin: rowCount }, ...body],
  };
}

/** Layers with a few units more than a panel have tiles of three columns, which leave registers for fewer rows. */
function isWide(outputs: number): boolean {
  return outputs > panelUnits && outputs <= panelUnits + 4;
}

const wideTileRows = 4;

/** `row`: the integer local that has the first row's number; without one it is row 0. */
export type Block = (
  columns: readonly Column[],
  panel: Index,
  row: string | undefined,
  rowCount: number,
) => readonly VectorStatement[];
export type Columns = (units: number) => readonly Column[];

/** Rows by panels that are multiplied with each other at a time. */
interface Tile {
  readonly rows: number;
  readonly panels: number;
}

/** The panels of a tile with all rows, some rows at a time; the last rows are taken together with some before them. */
export function tiles(
  whole: number,
  outputs: number,
  allRows: Size,
  { rows: rowCount, panels }: Tile,
  columns: Columns,
  block: Block,
): readonly VectorStatement[] {
  const overRows = (body: readonly VectorStatement[]): VectorStatement => eachTile(allRows, rowCount, body);
  if (isWide(outputs)) {
    return [overRows(block(columns(outputs), indexConstant(0), "firstRow", rowCount))];
  }
  const together = whole - (whole % panels);
  const rest = outputs - together * panelUnits;
  return [
    ...loop("panel", together, panels, (panel) => [
      overRows(block(columns(panels * panelUnits), panel, "firstRow", rowCount)),
    ]),
    ...(rest > 0 ? [overRows(block(columns(rest), indexConstant(together), "firstRow", rowCount))] : []),
  ];
}

/** Each group of panels with one row after the other. */
export function singleRows(
  groups: PanelGroups,
  grouped: readonly Column[],
  outputs: number,
  allRows: Size,
  columns: Columns,
  block: Block,
): readonly VectorStatement[] {
  const overRows = (body: readonly VectorStatement[]): readonly VectorStatement[] => eachRow(allRows, body);
  const row = isSingle(allRows) ? undefined : "row";
  const rest = outputs - groups.panels * panelUnits;
  return [
    ...loop("panel", groups.steps, 1, (panel) => overRows(block(grouped, panel, row, 1))),
    ...(rest > 0 ? overRows(block(columns(rest), indexConstant(groups.panels), row, 1)) : []),
  ];
}

function loop(
  variable: string,
  to: number,
  step: number,
  body: (index: Index) => readonly VectorStatement[],
): readonly VectorStatement[] {
  if (to === 0) return [];
  if (to <= step) return body(indexConstant(0));
  return [{ kind: "for", variable, from: 0, to: staticSize(to), step, body: body(indexVariable(variable)) }];
}

export function rowIndex(row: string | undefined, offset: number, width: number, element: Index): Index {
  const start = row === undefined ? indexConstant(0) : indexVariable(row, staticSize(width));
  return addIndex(addIndex(start, indexConstant(offset * width)), element);
}

export function scaled(index: Index, stride: Size): Index {
  return {
    constant: index.constant * stride.factor,
    terms: index.terms.map(({ variable }) => ({ variable, stride })),
  };
}
