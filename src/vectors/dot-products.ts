import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import { staticSize } from "../ir/size.ts";
import type { VectorStatement, VectorValue } from "./vector-loops.ts";
import { add, addProduct, constant, declare, local } from "./build.ts";
import type { Column } from "./panels.ts";

/** Dot products of some rows of inputs with some columns of weights. */
export interface DotProducts {
  readonly columns: readonly Column[];
  readonly inputs: number;
  readonly rowCount: number;
  /** Inputs that the loop of a single row takes at once. */
  readonly rowInputs: number;
  /** Inputs that the loop of a tile of rows takes at once, where its sums need nearly all registers. */
  readonly tileInputs: number;
  /** Whether there is just one row, in a function that a call enters once. */
  readonly once: boolean;
  /** An input of a row, four times. */
  input(row: number, k: Index): VectorValue;
  /** The weights at a position, counted from the first panel. */
  weights(index: Index): VectorValue;
  /** What is added to the products: the bias. */
  start(column: Column): VectorValue;
}

export interface Sum {
  readonly row: number;
  readonly column: Column;
  readonly value: VectorValue;
}

/** Products that are added up before their sum is added to the others: short sums lose fewer bits. */
const blockInputs = 128;
/** Sums that depend on each other wait four cycles; so many side by side keep two adders busy. */
const sumsSideBySide = 8;
/** Multiply-adds of vectors that are spelt out rather than looped over. */
const spelledOut = 24;
/** The same for the one row of a model that is small as a whole. */
const spelledOutOnce = 128;

/** The statements that compute dot products, in blocks of inputs, and the values that hold them then. */
export function dotProducts(products: DotProducts): {
  readonly statements: readonly VectorStatement[];
  readonly sums: readonly Sum[];
} {
  const { columns, inputs, rowCount } = products;
  const places = Array.from({ length: rowCount }, (_, row) => columns.map((column) => ({ row, column }))).flat();
  const chains = Math.max(1, Math.min(4, Math.floor(sumsSideBySide / places.length), inputs));
  const blocked = inputs > 2 * blockInputs * chains;
  const name = (at: number, chain: number): string => `sum${at}${chain === 0 ? "" : "abc"[chain - 1]}`;
  const chainNumbers = Array.from({ length: chains }, (_, chain) => chain);
  const biases = columns.map((column) => products.start(column));
  const isShared = rowCount > 1 && biases.some(({ kind }) => kind === "load");
  const loads = isShared
    ? biases.map((bias, at): VectorStatement => ({ kind: "let", name: `bias${at}`, value: bias }))
    : [];
  const start = (column: Column): VectorValue => {
    const at = columns.indexOf(column);
    return isShared ? local(`bias${at}`) : (biases[at] as VectorValue);
  };
  const starts = (value: (column: Column) => VectorValue): readonly VectorStatement[] =>
    places.flatMap(({ column }, at) =>
      chainNumbers.map((chain) => declare(name(at, chain), chain === 0 ? value(column) : constant(0))),
    );
  const joined = (at: number): VectorValue =>
    chainNumbers.slice(1).reduce<VectorValue>((sum, chain) => add(sum, local(name(at, chain))), local(name(at, 0)));
  const step = (k: Index, copy: number): readonly VectorStatement[] =>
    oneInput(products, k, copy, (at) => name(at, copy % chains));

  if (inputs * places.length <= (products.once ? spelledOutOnce : spelledOut)) {
    const steps = Array.from({ length: inputs }, (_, k) => step(indexConstant(k), k));
    return {
      statements: [...loads, ...starts(start), ...steps.flat()],
      sums: places.map((place, at) => ({ ...place, value: joined(at) })),
    };
  }

  const unroll = unrolled(products, chains, places.length);
  const whole = inputs - (inputs % unroll);
  const body = Array.from({ length: unroll }, (_, copy) =>
    step(addIndex(indexVariable("k"), indexConstant(copy)), copy),
  ).flat();
  const rest = Array.from({ length: inputs - whole }, (_, at) => step(indexConstant(whole + at), at)).flat();
  if (!blocked) {
    const loop: VectorStatement = { kind: "for", variable: "k", from: 0, to: staticSize(whole), step: unroll, body };
    return {
      statements: [...loads, ...starts(start), loop, ...rest],
      sums: places.map((place, at) => ({ ...place, value: joined(at) })),
    };
  }

  const blocks = Math.ceil(whole / (blockInputs * chains));
  const length = Math.ceil(whole / blocks / unroll) * unroll;
  const total = (at: number): string => `total${at}`;
  return {
    statements: [
      ...loads,
      ...places.map(({ column }, at) => declare(total(at), start(column))),
      {
        kind: "for",
        variable: "block",
        from: 0,
        to: staticSize(whole),
        step: length,
        body: [
          blockEnd(length, whole),
          ...starts(() => constant(0)),
          {
            kind: "for",
            variable: "k",
            from: { local: "block" },
            to: { local: "blockEnd" },
            step: unroll,
            entered: true,
            body,
          },
          ...places.map((_, at): VectorStatement => ({
            kind: "set",
            name: total(at),
            value: add(local(total(at)), joined(at)),
          })),
        ],
      },
      ...oneByOne(rest, places.length, chains, name, total),
    ],
    sums: places.map((place, at) => ({ ...place, value: local(total(at)) })),
  };
}

/** Where a block ends: `length` inputs on, or at the last of the `whole` inputs that the loop takes. */
function blockEnd(length: number, whole: number): VectorStatement {
  const value = addIndex(indexVariable("block"), indexConstant(length));
  if (whole % length === 0) return { kind: "index", name: "blockEnd", value };
  return { kind: "at-most", name: "blockEnd", value, end: staticSize(whole), margin: 0 };
}

/**
 * Inputs a step. One row reads weights as fast as memory gives them, and eight inputs a step are a tenth faster than two;
 * tiles of rows have enough to do with one.
 */
function unrolled({ inputs, rowCount, rowInputs, tileInputs }: DotProducts, chains: number, places: number): number {
  if (chains > 1) return chains;
  if (rowCount > 1) return Math.min(inputs, places > 8 ? tileInputs : Math.max(2, tileInputs));
  const most = inputs < 32 ? 2 : inputs % rowInputs === 0 ? rowInputs : 4;
  return Math.min(most, inputs);
}

/** The products of one input of each row with its weights, added to the sums. */
function oneInput(
  products: DotProducts,
  k: Index,
  copy: number,
  sum: (at: number) => string,
): readonly VectorStatement[] {
  const { columns, rowCount } = products;
  const weightIndex = (column: Column): Index => ({
    constant: column.weights + k.constant * column.step,
    terms: k.terms.map(({ variable }) => ({ variable, stride: staticSize(column.step) })),
  });
  const statements: VectorStatement[] = [];
  const weights = columns.map((column, at): VectorValue => {
    if (column.half === undefined) {
      const load = products.weights(weightIndex(column));
      if (rowCount === 1) return load;
      statements.push({ kind: "let", name: `w${at}`, value: load });
      return local(`w${at}`);
    }
    const words = `words${at >> 1}`;
    if (column.half === "low")
      statements.push({ kind: "let", name: words, value: products.weights(weightIndex(column)) });
    const half: VectorValue = { kind: "half", half: column.half, operand: local(words) };
    if (rowCount === 1) return half;
    statements.push({ kind: "let", name: `w${at}`, value: half });
    return local(`w${at}`);
  });
  for (let row = 0; row < rowCount; row++) {
    const x = `x${rowCount === 1 ? copy : row}`;
    statements.push({ kind: "let", name: x, value: products.input(row, k) });
    columns.forEach((_, at) => {
      statements.push(addProduct(sum(row * columns.length + at), local(x), weights[at] as VectorValue));
    });
  }
  return statements;
}

/** Steps after the blocks add to the totals themselves. */
function oneByOne(
  rest: readonly VectorStatement[],
  places: number,
  chains: number,
  name: (at: number, chain: number) => string,
  total: (at: number) => string,
): readonly VectorStatement[] {
  const totals = new Map<string, string>();
  for (let at = 0; at < places; at++) {
    for (let chain = 0; chain < chains; chain++) totals.set(name(at, chain), total(at));
  }
  return rest.map((statement): VectorStatement => {
    if (statement.kind !== "set" || statement.value.kind !== "multiply-add") return statement;
    const sum = totals.get(statement.name) as string;
    return { kind: "set", name: sum, value: { ...statement.value, c: local(sum) } };
  });
}
