import type { QuantizeRowsOperation } from "../ir/graph.ts";
import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import { inputsTogether, largestInput, leastRange, paddedInputs } from "../ir/int8.ts";
import type { DataBuffer } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { staticSize } from "../ir/size.ts";
import { rowInputs, trailing } from "../ops/quantize-rows.ts";
import { rowsOf, type Samples } from "./all-samples.ts";
import { add, constant, declare, integers, loadVector, local, multiply, subtract } from "./build.ts";
import { eachRow, isSingle, rowIndex } from "./dense.ts";
import { lanes, type VectorStatement, type VectorValue } from "./vector-loops.ts";

/**
 * Float32 numbers of this size are whole: what is added to it is rounded to the nearest one, ties to the even, and the bits differ
 * from those of this one by that integer.
 */
const wholeNumbers = 1.5 * 2 ** 23;

/** Numbers that become a vector of bytes. */
const together = 4 * lanes;

/**
 * Each row as bytes, four inputs in a word. A row keeps the room that its integers take as numbers, and its scale lies behind
 * that; the integer of 0 is one of 32 bits. What stands for inputs that do not exist is multiplied by zeros.
 */
export function quantizeRowsKernel(
  operation: QuantizeRowsOperation,
  input: DataBuffer,
  output: DataBuffer,
  samples: Samples,
): readonly VectorStatement[] {
  const { signed } = operation;
  const count = rowInputs(operation);
  const padded = paddedInputs(count);
  const allRows = rowsOf(elementCount(operation.inputs[0].shape.slice(0, -1)), samples);
  const row = isSingle(allRows) ? undefined : "row";
  const at = (element: Index): Index => rowIndex(row, 0, padded + trailing, element);
  const x = (element: Index): VectorValue => loadVector(input, rowIndex(row, 0, count, element));
  const store = (element: Index, words: number, value: VectorValue): VectorStatement => ({
    kind: "store",
    buffer: output,
    index: at(element),
    count: words,
    value,
  });

  /** Four numbers, zeros in place of those behind the row. */
  const numbersFrom = (start: number): VectorValue => {
    const left = count - start;
    if (left <= 0) return constant(0);
    const value = x(indexConstant(start));
    return left < lanes ? { kind: "first", count: left, operand: value, rest: 0 } : value;
  };
  const bytesOf = (read: (vector: number) => VectorValue): VectorValue =>
    integers(
      // Behind a relu none is above 127.
      signed ? "to-seven-bits" : "to-bytes",
      ...[0, 1, 2, 3].map((vector) => {
        const whole = add(multiply(read(vector), local("inverse")), constant(wholeNumbers));
        return integers("integer-add", whole, local("shift"));
      }),
    );
  const whole = count - (count % together);
  const rest = count - whole;
  const word = indexVariable("word");
  const inputsOf = (vector: number): Index => ({
    constant: vector * lanes,
    terms: [{ variable: "word", stride: staticSize(inputsTogether) }],
  });
  const body: readonly VectorStatement[] = [
    ...extremes(count, signed, x, numbersFrom),
    { kind: "let", name: "range", value: signed ? add(local("high"), local("depth")) : local("high") },
    {
      kind: "let",
      name: "inverse",
      value: {
        kind: "select",
        comparison: "gt",
        left: local("range"),
        right: constant(leastRange),
        then: over(constant(largestInput), local("range")),
        otherwise: constant(0),
      },
    },
    ...(signed
      ? [
          {
            kind: "let",
            name: "zeroPoint",
            value: integers("to-integers", integers("nearest", multiply(local("depth"), local("inverse")))),
          } as const,
        ]
      : []),
    {
      kind: "let",
      name: "shift",
      value: integers("integer-sub", signed ? local("zeroPoint") : constant(0), constant(wholeNumbers)),
    },
    ...(whole > 0
      ? [
          {
            kind: "for",
            variable: "word",
            from: 0,
            to: staticSize(whole / inputsTogether),
            step: together / inputsTogether,
            body: [
              store(
                word,
                lanes,
                bytesOf((vector) => x(inputsOf(vector))),
              ),
            ],
          } as const,
        ]
      : []),
    ...(rest > 0
      ? [
          store(
            indexConstant(whole / inputsTogether),
            Math.ceil(rest / inputsTogether),
            bytesOf((vector) => numbersFrom(whole + vector * lanes)),
          ),
        ]
      : []),
    store(
      indexConstant(padded),
      1,
      add(over(local("range"), constant(largestInput)), subtract(local("range"), local("range"))),
    ),
    ...(signed ? [store(indexConstant(padded + 1), 1, local("zeroPoint"))] : []),
  ];
  return eachRow(allRows, body);
}

/** Vectors whose largest numbers are looked for side by side: each waits for the one before it. */
const sideBySide = 4;

/**
 * `high`: the largest number, at least 0. `depth`: how far the least one is below 0, where any may be. Bits are compared as integers,
 * in one instruction each, and NaN is the largest of all.
 */
function extremes(
  count: number,
  signed: boolean,
  x: (element: Index) => VectorValue,
  numbersFrom: (start: number) => VectorValue,
): readonly VectorStatement[] {
  const vectors = Math.floor(count / lanes);
  const chains = Math.max(1, Math.min(sideBySide, vectors));
  const step = chains * lanes;
  const whole = vectors * lanes - ((vectors * lanes) % step);
  const numbers = Array.from({ length: chains }, (_, chain) => chain);
  const set = (name: string, operator: "integer-max" | "unsigned-max", value: VectorValue): VectorStatement => ({
    kind: "set",
    name,
    value: integers(operator, local(name), value),
  });
  const take = (chain: number, value: VectorValue): readonly VectorStatement[] => {
    // A zero may have a sign.
    if (!signed) return [set(`high${chain}`, "integer-max", { kind: "unary", operator: "abs", operand: value })];
    const name = `x${chain}`;
    return [
      { kind: "let", name, value },
      set(`high${chain}`, "integer-max", local(name)),
      set(`low${chain}`, "unsigned-max", local(name)),
    ];
  };
  const loop: VectorStatement = {
    kind: "for",
    variable: "k",
    from: 0,
    to: staticSize(whole),
    step,
    body: numbers.flatMap((chain) => take(chain, x(addIndex(indexVariable("k"), indexConstant(chain * lanes))))),
  };
  const rest = Array.from({ length: Math.ceil((count - whole) / lanes) }, (_, at) =>
    take(at % chains, numbersFrom(whole + at * lanes)),
  );
  const across = (name: string, combine: "integer-max" | "unsigned-max"): VectorValue => ({
    kind: "across",
    combine,
    operand: numbers.map((chain) => local(`${name}${chain}`)).reduce((a, b) => integers(combine, a, b)),
  });
  return [
    ...numbers.flatMap((chain) => [
      declare(`high${chain}`, constant(0)),
      ...(signed ? [declare(`low${chain}`, constant(0))] : []),
    ]),
    ...(whole > 0 ? [loop] : []),
    ...rest.flat(),
    { kind: "let", name: "high", value: across("high", "integer-max") },
    ...(signed
      ? [
          {
            kind: "let",
            name: "depth",
            value: larger(constant(0), { kind: "unary", operator: "neg", operand: across("low", "unsigned-max") }),
          } as const,
        ]
      : []),
  ];
}

function over(left: VectorValue, right: VectorValue): VectorValue {
  return { kind: "binary", operator: "div", left, right };
}

function larger(left: VectorValue, right: VectorValue): VectorValue {
  return { kind: "binary", operator: "max", left, right };
}
