import type { Int8DenseOperation } from "../ir/graph.ts";
import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import { inputsTogether } from "../ir/int8.ts";
import type { DataBuffer } from "../ir/loops.ts";
import { staticSize } from "../ir/size.ts";
import { inputDim, rows, units } from "../ops/dense.ts";
import { trailing } from "../ops/quantize-rows.ts";
import { rowsOf, type Samples } from "./all-samples.ts";
import { add, constant, declare, integers, loadSplat, loadVector, local, multiply, rowMajor } from "./build.ts";
import { inTiles, rowIndex, scaled, singleRows, tiles, type Block } from "./dense.ts";
import type { InstructionSet } from "./instruction-set.ts";
import { columnsOf, columnsOfPanels, groupPanels, panelUnits, type Column } from "./panels.ts";
import { shareValues } from "./share-values.ts";
import { applyFunction } from "./values.ts";
import type { VectorStatement, VectorValue, VectorWeights } from "./vector-loops.ts";

/** A dense layer of int8 weights on quantised rows: four inputs of a row at once, by the panels that `dense.ts` goes through. */
export function int8DenseKernel(
  operation: Int8DenseOperation,
  input: DataBuffer,
  output: DataBuffer,
  instructions: InstructionSet,
  samples: Samples,
): readonly VectorStatement[] {
  const { scales, sums, bias, epilogue } = operation;
  const { dot, mostPanels, tileRows } = instructions.int8;
  const inputs = inputDim(operation);
  const words = inputs / inputsTogether;
  const outputs = units(operation);
  const allRows = rowsOf(rows(operation), samples);
  const whole = Math.floor(outputs / panelUnits);
  const kernel: VectorWeights = {
    kind: "weights",
    weight: operation.kernel,
    layout: { kind: "panels", precision: "int8" },
  };
  const panelStride = staticSize(panelUnits * words);
  let fresh = 0;

  const block: Block = (columns, panel, row, rowCount): readonly VectorStatement[] => {
    const width = inputs + trailing;
    const ofRow = (r: number, element: Index): VectorValue => loadSplat(input, rowIndex(row, r, width, element));
    const unit = (column: Column): Index => addIndex(scaled(panel, staticSize(panelUnits)), indexConstant(column.unit));
    const products = dotProducts({
      columns,
      words,
      rowCount,
      dot,
      input: ofRow,
      weights: (index) => loadVector(kernel, addIndex(scaled(panel, panelStride), index)),
    });
    const ofUnits = columns.flatMap((column, at): readonly VectorStatement[] => [
      { kind: "let", name: `scales${at}`, value: loadVector(rowMajor(scales), unit(column)) },
      ...(sums === undefined
        ? []
        : [
            {
              kind: "let",
              name: `sums${at}`,
              value: integers("to-integers", loadVector(rowMajor(sums), unit(column))),
            } as const,
          ]),
    ]);
    const stores = Array.from({ length: rowCount }, (_, r): readonly VectorStatement[] => [
      { kind: "let", name: "scale", value: ofRow(r, indexConstant(inputs)) },
      ...(sums === undefined
        ? []
        : [{ kind: "let", name: "zeroPoint", value: ofRow(r, indexConstant(inputs + 1)) } as const]),
      ...columns.flatMap((column, at) => {
        const sum = products.sum(r, at);
        const integer =
          sums === undefined
            ? sum
            : integers("integer-sub", sum, integers("integer-mul", local("zeroPoint"), local(`sums${at}`)));
        // A product and a sum, each rounded, whatever the instruction set: all give the same bits.
        const product = multiply(integers("to-floats", integer), multiply(local("scale"), local(`scales${at}`)));
        const value = bias === undefined ? product : add(product, loadVector(rowMajor(bias), unit(column)));
        return shareValues(
          {
            kind: "store",
            buffer: output,
            index: rowIndex(row, r, outputs, unit(column)),
            count: column.count,
            value: epilogue.reduce<VectorValue>((argument, fn) => applyFunction(fn, argument), value),
          },
          () => `t${fresh++}`,
        );
      }),
    ]);
    return [...products.statements, ...ofUnits, ...stores.flat()];
  };
  const columns = (count: number): readonly Column[] => columnsOf(count, inputs, "int8");
  const groups = groupPanels(whole, outputs % panelUnits === 0, inputs * panelUnits, {
    mostPanels,
    panelTime: instructions.panelTime,
  });
  const grouped = columnsOfPanels(groups.firsts, inputs, "int8");
  const single = (): readonly VectorStatement[] => singleRows(groups, grouped, outputs, allRows, columns, block);
  const tiled = (): readonly VectorStatement[] =>
    tiles(whole, outputs, allRows, { rows: tileRows, panels: 1 }, columns, block);
  return inTiles(allRows, tileRows, samples, tiled, single);
}

interface Int8Products {
  readonly columns: readonly Column[];
  /** Words of four inputs. */
  readonly words: number;
  readonly rowCount: number;
  /** See `Int8Instructions`. */
  readonly dot: boolean;
  /** A word of a row, four times. */
  input(row: number, word: Index): VectorValue;
  /** The weights at a word, counted from the first panel. */
  weights(index: Index): VectorValue;
}

/** Words that are spelt out rather than looped over. */
const spelledOut = 8;
/** Words a step of the loop. */
const unrolled = 2;

/** The statements that compute dot products of integers, and the values that hold them then. */
function dotProducts({ columns, words, rowCount, dot, input, weights }: Int8Products): {
  readonly statements: readonly VectorStatement[];
  sum(row: number, column: number): VectorValue;
} {
  const name = (row: number, column: number, part = ""): string => `sum${row * columns.length + column}${part}`;
  // Without a dot product of bytes, the halves of a vector have a sum each.
  const parts = dot ? [""] : ["low", "high"];
  const places = Array.from({ length: rowCount }, (_, row) => columns.map((_column, at) => [row, at] as const)).flat();
  const step = (word: Index): readonly VectorStatement[] => [
    ...columns.map(({ weights: start, step: stride }, at): VectorStatement => ({
      kind: "let",
      name: `w${at}`,
      value: weights({
        constant: start + word.constant * stride,
        terms: word.terms.map(({ variable }) => ({ variable, stride: staticSize(stride) })),
      }),
    })),
    ...Array.from({ length: rowCount }, (_, row): readonly VectorStatement[] => [
      { kind: "let", name: "x", value: dot ? input(row, word) : integers("widen", input(row, word)) },
      ...columns.flatMap((_column, at) =>
        parts.map((part): VectorStatement => {
          const sum = name(row, at, part);
          const value = dot
            ? integers("dot", local(`w${at}`), local("x"), local(sum))
            : integers(
                "integer-add",
                local(sum),
                integers(`dot-${part as "low" | "high"}`, local(`w${at}`), local("x")),
              );
          return { kind: "set", name: sum, value };
        }),
      ),
    ]).flat(),
  ];
  const whole = words <= spelledOut ? 0 : words - (words % unrolled);
  const loop: VectorStatement = {
    kind: "for",
    variable: "word",
    from: 0,
    to: staticSize(whole),
    step: unrolled,
    body: Array.from({ length: unrolled }, (_, copy) =>
      step(addIndex(indexVariable("word"), indexConstant(copy))),
    ).flat(),
  };
  return {
    statements: [
      ...places.flatMap(([row, at]) => parts.map((part) => declare(name(row, at, part), constant(0)))),
      ...(whole > 0 ? [loop] : []),
      ...Array.from({ length: words - whole }, (_, at) => step(indexConstant(whole + at))).flat(),
    ],
    sum: (row, at) =>
      dot ? local(name(row, at)) : integers("add-pairs", local(name(row, at, "low")), local(name(row, at, "high"))),
  };
}
