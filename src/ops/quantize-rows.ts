import type { QuantizeRowsOperation } from "../ir/graph.ts";
import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import { largestInput, leastRange } from "../ir/int8.ts";
import { load, type Statement, type Value } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { staticSize } from "../ir/size.ts";
import type { OperationLowering } from "./lowering.ts";
import { loop } from "./loop-nest.ts";
import { larger, local, minus, number, over, plus, select, smaller, times } from "./values.ts";

/** Float64 numbers of this size are whole: adding it and taking it away again rounds to the nearest one, ties to the even. */
const wholeNumbers = 1.5 * 2 ** 52;

/**
 * For each row: the least and the largest number, 0 among them, the scale that makes 127 of what lies between, and the integers.
 * Every step is rounded to float32, so that all targets get the same. A row that holds NaN or an infinity gets NaN for its scale.
 */
export const quantizeRows: OperationLowering<QuantizeRowsOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: false,
  unrolledElements: (operation) => staticSize(rowInputs(operation)),

  loops(operation, { inputs: [input], output }) {
    const { signed } = operation;
    const count = rowInputs(operation);
    const width = quantizedWidth(operation);
    const at = (row: number, element: Index): Index => addIndex(indexVariable("row", staticSize(row)), element);
    const k = indexVariable("k");
    const x = float32(load(input, at(count, k)));
    const store = (element: Index, value: Value): Statement => ({
      kind: "store",
      buffer: output,
      index: at(width, element),
      value,
    });
    const range = local("range");
    const zero = signed ? local("zero") : number(0);
    const scaled = nearest(float32(times(x, local("inverse"))));
    const integer = signed ? larger(plus(scaled, zero), number(0)) : scaled;
    return loop("row", elementCount(operation.inputs[0].shape.slice(0, -1)), [
      { kind: "var", name: "high", value: number(0) },
      ...(signed ? [{ kind: "var", name: "low", value: number(0) } as const] : []),
      ...loop("k", staticSize(count), [
        { kind: "set", name: "high", value: larger(local("high"), x) },
        ...(signed ? [{ kind: "set", name: "low", value: smaller(local("low"), x) } as const] : []),
      ]),
      { kind: "let", name: "range", value: signed ? float32(minus(local("high"), local("low"))) : local("high") },
      {
        kind: "let",
        name: "inverse",
        value: select(range, "gt", number(leastRange), float32(over(number(largestInput), range)), number(0)),
      },
      ...(signed
        ? [
            {
              kind: "let",
              name: "zero",
              value: minus(number(0), nearest(float32(times(local("low"), local("inverse"))))),
            } as const,
          ]
        : []),
      ...loop("k", staticSize(count), [store(k, smaller(integer, number(largestInput)))]),
      ...Array.from({ length: width - trailing - count }, (_, pad) => store(indexConstant(count + pad), number(0))),
      // The difference is NaN where the range is infinite, and 0 otherwise.
      store(indexConstant(width - trailing), plus(float32(over(range, number(largestInput))), minus(range, range))),
      store(indexConstant(width - trailing + 1), zero),
    ]);
  },
};

/** The scale and the integer of 0, behind the integers of a row. */
export const trailing = 2;

/** Numbers of a row before it is quantised. */
export function rowInputs({ inputs: [{ shape }] }: QuantizeRowsOperation): number {
  return shape.at(-1)?.factor ?? 1;
}

/** Numbers of a quantised row. */
function quantizedWidth({ output: { shape } }: QuantizeRowsOperation): number {
  return shape.at(-1)?.factor as number;
}

export function float32(operand: Value): Value {
  return { kind: "float32", operand };
}

function nearest(value: Value): Value {
  return minus(plus(value, number(wholeNumbers)), number(wholeNumbers));
}
