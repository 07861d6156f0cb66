import type { Index } from "../../src/ir/index-expression.ts";
import type { Size } from "../../src/ir/size.ts";

/** An integer variable while a program is interpreted; undefined until it is set. */
export interface IntegerVariable {
  value: number | undefined;
}

/** A function that computes where an index points to, from what its variables hold at the call. */
export function positionOf(
  { constant, terms }: Index,
  sizeOf: (size: Size) => number,
  variableOf: (name: string) => IntegerVariable,
): () => number {
  const factors = terms.map(({ variable, stride }) => ({
    name: variable,
    integer: variableOf(variable),
    stride: sizeOf(stride),
  }));
  return () => {
    let sum = constant;
    for (const { name, integer, stride } of factors) {
      if (integer.value === undefined) throw new RangeError(`'${name}' is no integer`);
      sum += integer.value * stride;
    }
    return sum;
  };
}
