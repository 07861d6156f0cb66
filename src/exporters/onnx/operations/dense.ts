import type { Emit } from "./emit.ts";

/** Gemm for vectors, else MatMul, which takes any number of axes, and Add. Kernels stay `[input_dim, units]`. */
export const dense: Emit<"dense"> = ({ kernel, bias }, { tensor, writer }) => {
  if (tensor.shape.length === 1 && bias !== undefined) {
    return writer.node("Gemm", [tensor.name, writer.weight(kernel), writer.weight(bias)]);
  }
  const product = writer.node("MatMul", [tensor.name, writer.weight(kernel)]);
  return bias === undefined ? product : writer.node("Add", [product, writer.weight(bias)]);
};
