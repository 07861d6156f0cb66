import type { Loop, Statement, Value } from "../ir/loops.ts";
import type { SimpleStatement } from "../ir/visit-statements.ts";
import { local } from "./build.ts";
import { convertLoad, inSteps, isSideBySide, placed, type LaneAxis } from "./lane-axis.ts";
import { carriedLocals, compensatedAddition, declareCompensation, longSumsOf, settled } from "./long-sums.ts";
import { reduced, reductionsOf } from "./reductions.ts";
import { shareValues } from "./share-values.ts";
import { convertValue } from "./values.ts";
import { lanes, type VectorStatement, type VectorValue } from "./vector-loops.ts";

/**
 * Any loop nest on vectors: each loop whose iterations are independent and lie side by side in memory takes four steps at
 * once, as does an innermost loop that adds up or takes a maximum. All other loops stay as they are, on four equal lanes.
 */
export function vectorize(statements: readonly Statement[]): readonly VectorStatement[] {
  let names = 0;
  const freshName = (): string => `t${names++}`;
  const longSums = longSumsOf(statements);
  // Partial sums of these, in vectors. Their last step, of fewer lanes, is added as it is.
  const longParts = new Set<string>();

  const convert = (list: readonly Statement[], axis: LaneAxis | undefined): readonly VectorStatement[] =>
    list.flatMap((statement) => (statement.kind === "for" ? convertLoop(statement, axis) : simple(statement, axis)));

  const convertLoop = (loop: Loop, axis: LaneAxis | undefined): readonly VectorStatement[] => {
    if (axis === undefined && isIndependent(loop)) {
      return inSteps(loop, (body, lane) => convert(body, lane));
    }
    const reductions = axis === undefined ? reductionsOf(loop) : undefined;
    return reductions === undefined
      ? [{ ...loop, body: convert(loop.body, axis) }, ...settle(loop)]
      : reduced(loop, reductions, { longSums, longParts }, (statement, lane) => simple(statement, lane));
  };

  /** The long sums of a loop, as they are behind it. */
  const settle = (loop: Loop): readonly VectorStatement[] =>
    carriedLocals(loop.body)
      .filter((name) => longSums.has(name))
      .map((name) => ({ kind: "set", name, value: settled(name, local(name)) }));

  const simple = (statement: SimpleStatement, axis: LaneAxis | undefined): readonly VectorStatement[] => {
    const toVector = (value: Value): VectorValue => convertValue(value, (load) => convertLoad(load, axis));
    switch (statement.kind) {
      case "index":
        return [statement];
      case "var":
        return [
          ...shareValues({ ...statement, value: toVector(statement.value) }, freshName),
          ...(longSums.has(statement.name) ? declareCompensation(statement.name) : []),
        ];
      case "let":
      case "set":
      case "lookup":
        return shareValues({ ...statement, value: toVector(statement.value) }, freshName);
      case "add":
        if (longSums.has(statement.name) || (longParts.has(statement.name) && axis?.count === lanes)) {
          return compensatedAddition(statement.name, toVector(statement.value), freshName);
        }
        return shareValues(
          {
            kind: "set",
            name: statement.name,
            value: toVector({
              kind: "binary",
              operator: "add",
              left: local(statement.name) as Value,
              right: statement.value,
            }),
          },
          freshName,
        );
      case "store":
        return shareValues(
          {
            ...statement,
            index: placed(statement.index, axis),
            count: axis?.count ?? 1,
            value: toVector(statement.value),
          },
          freshName,
        );
    }
  };

  return convert(statements, undefined);
}

/** Whether four steps of a loop can be done at once: elements side by side, and nothing carried from step to step. */
function isIndependent(loop: Loop): boolean {
  if (loop.from !== 0 || loop.step !== 1) return false;
  if (carriedLocals(loop.body).length > 0) return false;
  return isSideBySide(loop.body, loop.variable, true);
}
