import { substituteIndex, type Index } from "../../ir/index-expression.ts";
import type { Statement, Value } from "../../ir/loops.ts";
import { isStatic } from "../../ir/size.ts";
import { loadSplat, loadVector } from "../build.ts";
import { shareValues } from "../share-values.ts";
import { convertValue } from "../values.ts";
import type { VectorStatement, VectorValue } from "../vector-loops.ts";

/**
 * Statements without loops for some steps of an axis at once, in the lanes of vectors: those from a place on, `count` of
 * them. What moves along the axis moves by one element.
 */
export function resultVectors(
  statements: readonly Statement[],
  axis: string,
  from: Index,
  count: number,
): readonly VectorStatement[] {
  let names = 0;
  const freshName = (): string => `t${names++}`;
  const placed = (index: Index): Index => substituteIndex(index, axis, from);
  const toVector = (value: Value): VectorValue =>
    convertValue(value, ({ buffer, index }) => {
      if (buffer.kind === "weights") throw new Error("a step has no weights but its variables");
      const term = index.terms.find(({ variable }) => variable === axis);
      const moves = term !== undefined && isStatic(term.stride) && term.stride.factor === 1;
      return moves ? loadVector(buffer, placed(index)) : loadSplat(buffer, index);
    });
  return statements.flatMap((statement): readonly VectorStatement[] => {
    switch (statement.kind) {
      case "let":
      case "var":
      case "set":
        return shareValues({ ...statement, value: toVector(statement.value) }, freshName);
      case "add": {
        const value: Value = {
          kind: "binary",
          operator: "add",
          left: { kind: "local", name: statement.name },
          right: statement.value,
        };
        return shareValues({ kind: "set", name: statement.name, value: toVector(value) }, freshName);
      }
      case "index":
        return [{ ...statement, value: placed(statement.value) }];
      case "store": {
        const { buffer, index, value } = statement;
        return shareValues({ kind: "store", buffer, index: placed(index), count, value: toVector(value) }, freshName);
      }
      case "lookup":
      case "for":
        throw new Error(`a '${statement.kind}' behind a sum`);
    }
  });
}
