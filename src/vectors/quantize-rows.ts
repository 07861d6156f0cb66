import type { QuantizeRowsOperation } from "../ir/graph.ts";
import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import { inputsTogether, largestInput, paddedInputs } from "../ir/int8.ts";
import type { DataBuffer } from "../ir/loops.ts";
import { samplesAxis } from "../ir/samples.ts";
import { elementCount } from "../ir/shape.ts";
import { isStatic, multiplySizes, staticSize } from "../ir/size.ts";
import { rowInputs, trailing } from "../ops/quantize-rows.ts";
import type { Samples } from "./all-samples.ts";
import { add, constant, declare, integers, loadVector, local, multiply, subtract } from "./build.ts";
import { rowIndex } from "./dense.ts";
import { lanes, type VectorStatement, type VectorValue } from "./vector-loops.ts";

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
  const rows = elementCount(operation.inputs[0].shape.slice(0, -1));
  const allRows = samples === "one" ? rows : multiplySizes(samplesAxis, rows);
  const row = isStatic(allRows) && allRows.factor === 1 ? undefined : "row";
  const at = (element: Index): Index => rowIndex(row, 0, padded + trailing, element);
  const x = (element: Index): VectorValue => loadVector(input, rowIndex(row, 0, count, element));
  const store = (element: Index, words: number, value: VectorValue): VectorStatement => ({
    kind: "store",
    buffer: output,
    index: at(element),
    count: words,
    value,
  });

  const bytesOf = (read: (vector: number) => VectorValue): VectorValue =>
    integers(
      "to-bytes",
      ...[0, 1, 2, 3].map((vector) => {
        const whole = integers("nearest", multiply(read(vector), local("inverse")));
        const moved = signed ? add(whole, local("zeroPoint")) : whole;
        return integers("to-integers", smaller(moved, constant(largestInput)));
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
    ...extremes(count, signed, x),
    { kind: "let", name: "range", value: signed ? add(local("high"), local("depth")) : local("high") },
    {
      kind: "let",
      name: "inverse",
      value: {
        kind: "select",
        comparison: "gt",
        left: local("range"),
        right: constant(0),
        then: over(constant(largestInput), local("range")),
        otherwise: constant(0),
      },
    },
    ...(signed
      ? [
          {
            kind: "let",
            name: "zeroPoint",
            value: integers("nearest", multiply(local("depth"), local("inverse"))),
          } as const,
        ]
      : []),
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
            bytesOf((vector) => (vector * lanes < rest ? x(indexConstant(whole + vector * lanes)) : constant(0))),
          ),
        ]
      : []),
    store(
      indexConstant(padded),
      1,
      add(over(local("range"), constant(largestInput)), subtract(local("range"), local("range"))),
    ),
    ...(signed ? [store(indexConstant(padded + 1), 1, integers("to-integers", local("zeroPoint")))] : []),
  ];
  return row === undefined ? body : [{ kind: "for", variable: row, from: 0, to: allRows, step: 1, body }];
}

/** Vectors whose largest numbers are looked for side by side: each waits for the one before it. */
const sideBySide = 4;

/** `high`: the largest number, at least 0. `depth`: how far the least one is below 0, where any may be. */
function extremes(count: number, signed: boolean, x: (element: Index) => VectorValue): readonly VectorStatement[] {
  const vectors = Math.floor(count / lanes);
  const chains = Math.max(1, Math.min(sideBySide, vectors));
  const step = chains * lanes;
  const whole = vectors * lanes - ((vectors * lanes) % step);
  const names = Array.from({ length: chains }, (_, chain) => `${chain}`);
  const take = (chain: number, value: VectorValue): readonly VectorStatement[] => [
    { kind: "set", name: `high${chain}`, value: larger(local(`high${chain}`), value) },
    ...(signed ? [{ kind: "set", name: `low${chain}`, value: smaller(local(`low${chain}`), value) } as const] : []),
  ];
  const element = (chain: number): Index => addIndex(indexVariable("k"), indexConstant(chain * lanes));
  const named = (chain: number, value: VectorValue): readonly VectorStatement[] => [
    { kind: "let", name: `x${chain}`, value },
    ...take(chain, local(`x${chain}`)),
  ];
  const loop: VectorStatement = {
    kind: "for",
    variable: "k",
    from: 0,
    to: staticSize(whole),
    step,
    body: names.flatMap((_, chain) => named(chain, x(element(chain)))),
  };
  const rest = Array.from({ length: Math.ceil((count - whole) / lanes) }, (_, at) => {
    const start = whole + at * lanes;
    const value = x(indexConstant(start));
    const left = count - start;
    return named(at % chains, left < lanes ? { kind: "first", count: left, operand: value, rest: 0 } : value);
  });
  const joined = (name: string, join: typeof larger): VectorValue =>
    names.map((chain) => local(`${name}${chain}`)).reduce((a, b) => join(a, b));
  const across = (operand: VectorValue): VectorValue => ({ kind: "across", combine: "max", operand });
  return [
    ...names.flatMap((chain) => [
      declare(`high${chain}`, constant(0)),
      ...(signed ? [declare(`low${chain}`, constant(0))] : []),
    ]),
    ...(whole > 0 ? [loop] : []),
    ...rest.flat(),
    { kind: "let", name: "high", value: across(joined("high", larger)) },
    ...(signed
      ? [
          {
            kind: "let",
            name: "depth",
            value: across({ kind: "unary", operator: "neg", operand: joined("low", smaller) }),
          } as const,
        ]
      : []),
  ];
}

function binary(operator: "max" | "min" | "div") {
  return (left: VectorValue, right: VectorValue): VectorValue => ({ kind: "binary", operator, left, right });
}
const larger = binary("max");
const smaller = binary("min");
const over = binary("div");
