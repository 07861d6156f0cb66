import type { DenseOperation } from "../../../ir/graph.ts";
import { quantizeKernel } from "../../../ir/int8.ts";
import { elementTypes } from "../fields.ts";
import { int } from "../onnx-model.ts";
import type { Emit, EmitContext } from "./emit.ts";

/** Gemm for vectors, else MatMul, which takes any number of axes, and Add. Kernels stay `[input_dim, units]`. */
export const dense: Emit<"dense"> = (operation, context) => {
  const { kernel, bias } = operation;
  const { tensor, writer } = context;
  if (context.inIntegers) return withBias(inIntegers(operation, context), operation, context);
  if (tensor.shape.length === 1 && bias !== undefined) {
    return writer.node("Gemm", [tensor.name, writer.weight(kernel), writer.weight(bias)]);
  }
  return withBias(writer.node("MatMul", [tensor.name, writer.weight(kernel)]), operation, context);
};

function withBias(product: string, { bias }: DenseOperation, { writer }: EmitContext): string {
  return bias === undefined ? product : writer.node("Add", [product, writer.weight(bias)]);
}

/**
 * The scheme of onnxruntime's dynamic quantisation: inputs become unsigned bytes when the model runs, with a scale for all of them;
 * the kernel is bytes with a scale a unit.
 */
function inIntegers({ kernel }: DenseOperation, { tensor, writer }: EmitContext): string {
  const [inputs, units] = kernel.shape as readonly [number, number];
  const { integers, scales } = quantizeKernel(writer.values(kernel), inputs, units);
  const bytes = Int8Array.from(integers.subarray(0, inputs * units));
  const [rows, scale, zero] = writer.outputs("DynamicQuantizeLinear", [tensor.name], 3) as readonly [
    string,
    string,
    string,
  ];
  const sums = writer.node("MatMulInteger", [rows, writer.constant("kernel", [inputs, units], bytes), zero]);
  const scaled = writer.node("Mul", [scale, writer.constant("kernel_scale", [units], scales)]);
  return writer.node("Mul", [writer.node("Cast", [sums], { to: int(elementTypes.float) }), scaled]);
}
