import type { Statement, Value } from "../../ir/loops.ts";
import { mapValues } from "../../ir/visit-statements.ts";
import { weightKey, type WeightArrays } from "../../ir/weight-arrays.ts";

/** Replaces reads of known weights at constant indices by their values. */
export function embedWeights(statements: readonly Statement[], arrays: WeightArrays): readonly Statement[] {
  return mapValues(statements, (value): Value => {
    if (value.kind !== "load" || value.buffer.kind !== "weights" || value.index.terms.length > 0) return value;
    const { weight, layout } = value.buffer;
    if (layout.kind !== "row-major") return value;
    const values = weight.values ?? arrays.get(weightKey(weight.path));
    const number = values?.[value.index.constant];
    if (number === undefined) return value;
    return values instanceof Float32Array
      ? { kind: "const", value: number, precision: "float32" }
      : { kind: "const", value: number };
  });
}
