import type { Int8DenseOperation } from "../ir/graph.ts";
import { addIndex, indexConstant, indexVariable } from "../ir/index-expression.ts";
import { load, rowMajor, type Value } from "../ir/loops.ts";
import { multiplySizes, staticSize } from "../ir/size.ts";
import { innerVariable, inputDim, rows, rowVariable, units, unitVariable } from "./dense.ts";
import { applyFunctions, loop } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";
import { float32, trailing } from "./quantize-rows.ts";
import { local, minus, plus, times } from "./values.ts";

/** For each row and unit: a dot product of integers, which float64 holds exactly, and what makes a float32 number of it. */
export const int8Dense: OperationLowering<Int8DenseOperation> = {
  multiplyAdds: (operation) => multiplySizes(rows(operation), staticSize(inputDim(operation) * units(operation))),
  readsOnce: false,
  unrolledElements: (operation) => staticSize(inputDim(operation) * units(operation)),

  loops(operation, { inputs: [input], output }) {
    const inputs = inputDim(operation);
    const outputs = units(operation);
    const unit = indexVariable(unitVariable);
    const row = indexVariable(rowVariable, staticSize(inputs + trailing));
    const product = times(
      load(rowMajor(operation.kernel), addIndex(indexVariable(innerVariable, staticSize(outputs)), unit)),
      load(input, addIndex(row, indexVariable(innerVariable))),
    );
    const scale = load(input, addIndex(row, indexConstant(inputs)));
    const zero = load(input, addIndex(row, indexConstant(inputs + 1)));
    const { scales, sums, bias, epilogue } = operation;
    const sum = local("sum");
    const integer = sums === undefined ? sum : minus(sum, times(zero, load(rowMajor(sums), unit)));
    const scaled: Value = float32(times(float32(integer), float32(times(scale, load(rowMajor(scales), unit)))));
    const value = bias === undefined ? scaled : float32(plus(scaled, load(rowMajor(bias), unit)));
    return loop(
      rowVariable,
      rows(operation),
      loop(unitVariable, staticSize(outputs), [
        { kind: "var", name: "sum", value: { kind: "const", value: 0 } },
        ...loop(innerVariable, staticSize(inputs), [{ kind: "add", name: "sum", value: product }]),
        {
          kind: "store",
          buffer: output,
          index: addIndex(indexVariable(rowVariable, staticSize(outputs)), unit),
          value: applyFunctions(epilogue, value),
        },
      ]),
    );
  },
};
