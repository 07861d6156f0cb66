import { blockInputs, blockSize, blockUnits, firstInputAt, wholePanels } from "../ir/blocks.ts";
import type { Blocks, DenseOperation } from "../ir/graph.ts";
import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import { staticSize, type Size } from "../ir/size.ts";
import type { Precision } from "../ir/storage-types.ts";
import { inputDim, units } from "../ops/dense.ts";
import { add, addProduct, constant, declare, loadSplat, loadVector, local, rowMajor } from "./build.ts";
import type { Bound, VectorLoop, VectorStatement, VectorValue, VectorWeights } from "./vector-loops.ts";

/** Words of a block in memory. */
export function blockWords(precision: Precision): number {
  return precision === "bfloat16" ? blockSize / 2 : blockSize;
}

/** What a layer on blocks of weights is computed from, and where it goes. */
export interface BlockLayer {
  readonly operation: DenseOperation;
  readonly blocks: Blocks;
  /** An input of the `r`th row of a tile, four times. */
  input(r: number, k: Index): VectorValue;
  /** Four units of that row, or fewer at the end of the layer, go to their place. */
  store(r: number, unit: Index, count: number, value: VectorValue): readonly VectorStatement[];
}

/** Sums that depend on each other wait four cycles; so many side by side keep two adders busy. */
const sumsSideBySide = 8;
/** Products of a sum before it is added to the others, as in `dot-products.ts`. */
const longestSum = 128;

/**
 * The units of a layer for some rows, from the blocks of weights that are not all 0: panel after panel of 8 units, in the order
 * of the index. `overRows` puts the loop over rows around what is computed of a panel.
 */
export function blockPanels(
  layer: BlockLayer,
  rowCount: number,
  overRows: (body: readonly VectorStatement[]) => readonly VectorStatement[],
): readonly VectorStatement[] {
  const { blocks, operation } = layer;
  const all = units(operation);
  const whole = wholePanels(all);
  const rest = all - whole * blockUnits;
  const [panel] = [indexVariable("panel", staticSize(2))];
  const last = blocks.panels.at(-1);
  return [
    ...(whole === 0
      ? []
      : [
          {
            kind: "for",
            variable: "panel",
            from: 0,
            to: staticSize(whole),
            step: 1,
            body: [
              word("firstBlock", blocks, panel, blocks.count + 1),
              word("unit", blocks, addIndex(panel, indexConstant(1)), all - blockUnits + 1),
              word("endBlock", blocks, addIndex(panel, indexConstant(2)), blocks.count + 1),
              ...overRows(
                panelUnits(layer, rowCount, {
                  unit: indexVariable("unit"),
                  count: blockUnits,
                  from: { local: "firstBlock" },
                  to: { local: "endBlock" },
                }),
              ),
            ],
          } satisfies VectorLoop,
        ]),
    ...(rest === 0 || last === undefined
      ? []
      : overRows(
          panelUnits(layer, rowCount, {
            unit: indexConstant(whole * blockUnits),
            count: rest,
            from: last.first,
            to: staticSize(blocks.count),
          }),
        )),
  ];
}

/** A word of the index, below `size`. */
function word(name: string, { index }: Blocks, at: Index, size: number): VectorStatement {
  const buffer = rowMajor(index);
  return { kind: "lookup", name, value: loadSplat(buffer, at), size };
}

interface Panel {
  /** Its first unit. */
  readonly unit: Index;
  /** How many of its units exist. */
  readonly count: number;
  /** Its blocks. */
  readonly from: VectorLoop["from"];
  readonly to: Size | { readonly local: string };
}

/** The sums of a panel for the rows of a tile, and what is made of them. */
function panelUnits(layer: BlockLayer, rowCount: number, panel: Panel): readonly VectorStatement[] {
  const { operation, blocks } = layer;
  const { bias } = operation;
  const columns = Array.from({ length: Math.ceil(panel.count / 4) }, (_, column) => column);
  const places = Array.from({ length: rowCount }, (_, row) => columns.map((column) => ({ row, column }))).flat();
  const chains = Math.max(1, Math.min(blockInputs, Math.floor(sumsSideBySide / places.length)));
  const chainNumbers = Array.from({ length: chains }, (_, chain) => chain);
  const name = (at: number, chain: number): string => `sum${at}${chain === 0 ? "" : "abc"[chain - 1]}`;
  const starts = (start: (column: number) => VectorValue): readonly VectorStatement[] =>
    places.flatMap(({ column }, at) =>
      chainNumbers.map((chain) => declare(name(at, chain), chain === 0 ? start(column) : constant(0))),
    );
  const joined = (at: number): VectorValue =>
    chainNumbers.slice(1).reduce<VectorValue>((sum, chain) => add(sum, local(name(at, chain))), local(name(at, 0)));
  const biases = columns.map((column): VectorStatement => {
    const at = addIndex(panel.unit, indexConstant(4 * column));
    const value = bias === undefined ? constant(0) : loadVector(rowMajor(bias), at);
    return { kind: "let", name: `bias${column}`, value };
  });
  const biasOf = (column: number): VectorValue => (bias === undefined ? constant(0) : local(`bias${column}`));
  const body = oneBlock(layer, rowCount, columns, (at, k) => name(at, k % chains));
  const over = (from: VectorLoop["from"], to: Bound): VectorLoop => ({
    kind: "for",
    variable: "block",
    from,
    to,
    step: 1,
    body,
  });
  const longest = Math.max(...blocks.panels.map(({ inputs }) => inputs.length));
  const most = (longestSum * chains) / blockInputs;
  const sums =
    longest <= 2 * most
      ? { statements: [...starts(biasOf), over(panel.from, panel.to)], value: joined }
      : inParts(panel, most, { places, biasOf, starts, joined, over });
  return [
    ...(bias === undefined ? [] : biases),
    ...sums.statements,
    ...places.flatMap(({ row, column }, at) =>
      layer.store(
        row,
        addIndex(panel.unit, indexConstant(4 * column)),
        Math.min(4, panel.count - 4 * column),
        sums.value(at),
      ),
    ),
  ];
}

/** Sums of at most `most` blocks, which are added to totals: short sums lose fewer bits. */
function inParts(
  { from, to }: Panel,
  most: number,
  {
    places,
    biasOf,
    starts,
    joined,
    over,
  }: {
    readonly places: readonly { readonly column: number }[];
    biasOf(column: number): VectorValue;
    starts(start: () => VectorValue): readonly VectorStatement[];
    joined(at: number): VectorValue;
    over(from: VectorLoop["from"], to: Bound): VectorLoop;
  },
): { readonly statements: readonly VectorStatement[]; value(at: number): VectorValue } {
  const total = (at: number): string => `total${at}`;
  const part: VectorLoop = {
    kind: "for",
    variable: "part",
    from,
    to,
    step: most,
    body: [
      {
        kind: "at-most",
        name: "partEnd",
        value: addIndex(indexVariable("part"), indexConstant(most)),
        end: to,
        margin: 0,
      },
      ...starts(() => constant(0)),
      { ...over({ local: "part" }, { local: "partEnd" }), entered: true },
      ...places.map((_, at): VectorStatement => ({
        kind: "set",
        name: total(at),
        value: add(local(total(at)), joined(at)),
      })),
    ],
  };
  return {
    statements: [...places.map(({ column }, at) => declare(total(at), biasOf(column))), part],
    value: (at) => local(total(at)),
  };
}

/** The products of a block with the inputs of some rows. */
function oneBlock(
  { operation, blocks, input }: BlockLayer,
  rowCount: number,
  columns: readonly number[],
  sum: (at: number, k: number) => string,
): readonly VectorStatement[] {
  const { precision = "float32" } = operation.kernel;
  const weights: VectorWeights = {
    kind: "weights",
    weight: operation.kernel,
    layout: { kind: "blocks", precision, blocks },
  };
  const width = blockWords(precision) / blockInputs;
  const start = indexVariable("block", staticSize(blockWords(precision)));
  const at = (k: number, offset: number): VectorValue =>
    loadVector(weights, addIndex(start, indexConstant(k * width + offset)));
  const statements: VectorStatement[] = [
    word(
      "k",
      blocks,
      addIndex(indexVariable("block"), indexConstant(firstInputAt(blocks))),
      inputDim(operation) - blockInputs + 1,
    ),
  ];
  for (let k = 0; k < blockInputs; k++) {
    if (precision === "bfloat16") statements.push({ kind: "let", name: "words", value: at(k, 0) });
    for (const column of columns) {
      const value: VectorValue =
        precision === "bfloat16"
          ? { kind: "half", half: column === 0 ? "low" : "high", operand: local("words") }
          : at(k, 4 * column);
      statements.push({ kind: "let", name: `w${column}`, value });
    }
    for (let row = 0; row < rowCount; row++) {
      statements.push({ kind: "let", name: "x", value: input(row, addIndex(indexVariable("k"), indexConstant(k))) });
      for (const column of columns) {
        statements.push(addProduct(sum(row * columns.length + column, k), local("x"), local(`w${column}`)));
      }
    }
  }
  return statements;
}
