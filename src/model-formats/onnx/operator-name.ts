import type { StoredNode } from "./read-graph.ts";

/** What an operator is called in tables: `Gemm`, and `ai.onnx.ml.Scaler` of another domain than ONNX' own. */
export function operatorName({ domain, operator }: Pick<StoredNode, "domain" | "operator">): string {
  return domain === "" ? operator : `${domain}.${operator}`;
}
