import type { SparsemaxOperation } from "../ir/graph.ts";
import { addIndex, indexVariable, type Index } from "../ir/index-expression.ts";
import { load, type Statement, type Value } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { multiplySizes, staticSize, type Size } from "../ir/size.ts";
import { rowVariable } from "./dense.ts";
import { loop } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";

/**
 * Sparsemax as Keras 3 computes it: `max(x - tau, 0)`. Sorted from the largest down, the first `n` elements form the
 * support, those with `1 + r * x_r > c_r`, where `c_r` is the sum of the first `r`. Martins & Astudillo (2016) have
 * `tau = (c_n - 1) / n`; Keras takes the sum of all `c_r` of the support in place of `c_n`, so that its outputs need not add
 * up to 1, and so does this.
 *
 * Nothing is sorted: an element has `above` larger ones with the sum `sumAbove`, and is in the support if
 * `1 + above * x > sumAbove`. Of `t` equal elements the sums are `sumAbove + x`, ..., `sumAbove + t * x`, on average
 * `sumAbove + x * (t + 1) / 2`.
 */
export const sparsemax: OperationLowering<SparsemaxOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: false,
  unrolledElements: ({ inputs: [{ shape }], axis }) =>
    multiplySizes(elementCount(shape.slice(axis)), shape[axis] as Size),

  loops(operation, { inputs: [input], output }) {
    const [{ shape }] = operation.inputs;
    const size = shape[operation.axis] as Size;
    const inner = elementCount(shape.slice(operation.axis + 1));
    const element = (variable: string): Index =>
      addIndex(
        addIndex(indexVariable(rowVariable, multiplySizes(size, inner)), indexVariable(variable, inner)),
        indexVariable("j"),
      );
    const z = load(input, element("i"));
    const other = load(input, element("k"));
    const zero = number(0);
    const counted = (comparison: "gt" | "ge", value: Value): Value => select(other, comparison, z, value, zero);
    const isIn = (then: Value): Value =>
      select(binary("add", number(1), binary("mul", local("above"), z)), "gt", local("sumAbove"), then, zero);
    const equal = binary("sub", local("notBelow"), local("above"));
    const cumulative = binary(
      "add",
      local("sumAbove"),
      binary("mul", z, binary("div", binary("add", equal, number(1)), number(2))),
    );
    const tau = binary("div", binary("sub", local("total"), number(1)), local("support"));

    return loop(
      rowVariable,
      elementCount(shape.slice(0, operation.axis)),
      loop("j", inner, [
        start("total"),
        start("support"),
        ...loop("i", size, [
          start("sumAbove"),
          start("above"),
          start("notBelow"),
          ...loop("k", size, [
            { kind: "add", name: "sumAbove", value: counted("gt", other) },
            { kind: "add", name: "above", value: counted("gt", number(1)) },
            { kind: "add", name: "notBelow", value: counted("ge", number(1)) },
          ]),
          { kind: "add", name: "total", value: isIn(cumulative) },
          { kind: "add", name: "support", value: isIn(number(1)) },
        ]),
        { kind: "let", name: "tau", value: tau },
        ...loop("i", size, [
          {
            kind: "store",
            buffer: output,
            index: element("i"),
            value: binary("max", binary("sub", z, local("tau")), zero),
          },
        ]),
      ]),
    );
  },
};

function start(name: string): Statement {
  return { kind: "var", name, value: number(0) };
}

function number(value: number): Value {
  return { kind: "const", value };
}

function local(name: string): Value {
  return { kind: "local", name };
}

function binary(operator: "add" | "sub" | "mul" | "div" | "max", left: Value, right: Value): Value {
  return { kind: "binary", operator, left, right };
}

function select(left: Value, comparison: "gt" | "ge", right: Value, then: Value, otherwise: Value): Value {
  return { kind: "select", left, comparison, right, then, otherwise };
}
