import { indexConstant } from "../../ir/index-expression.ts";
import type { Loop, Statement } from "../../ir/loops.ts";
import { renameLocals, substituteVariable } from "../../ir/rewrite.ts";
import { forEachIndex } from "../../ir/visit-statements.ts";
import { isStatic } from "../../ir/size.ts";
import { rowVariable } from "../../ops/dense.ts";
import type { PlanOptions } from "../plan.ts";

/** Replaces every loop of known extent that `which` picks by copies of its body, inner loops first. */
export function unroll(statements: readonly Statement[], which: (loop: Loop) => boolean): readonly Statement[] {
  return statements.flatMap((statement) => {
    if (statement.kind !== "for") return [statement];
    const loop = { ...statement, body: unroll(statement.body, which) };
    return isSpelledOut(loop, which) ? spelledOut(loop) : [loop];
  });
}

/** Whether a loop is replaced by copies of its body, if `which` picks it. */
export function isSpelledOut(loop: Loop, which: (loop: Loop) => boolean): boolean {
  return isStatic(loop.to) && which(loop) && !hasRuntimeStride(loop);
}

/** Which loops of straight-line code are: rows stay a loop, unless all is to be unrolled. */
export function unrolledLoops({ unroll: mode }: Pick<PlanOptions, "unroll">): (loop: Loop) => boolean {
  return (loop) => mode === "full" || loop.variable !== rowVariable;
}

/** Whether a step of the loop is a distance known only at run time, which no constant index can express. */
function hasRuntimeStride(loop: Loop): boolean {
  let found = false;
  forEachIndex(loop.body, (index) => {
    found ||= index.terms.some(({ variable, stride }) => variable === loop.variable && !isStatic(stride));
  });
  return found;
}

function spelledOut(loop: Loop): readonly Statement[] {
  const copies: Statement[] = [];
  for (let value = loop.from, copy = 0; value < loop.to.factor; value += loop.step, copy++) {
    const body = substituteVariable(loop.body, loop.variable, indexConstant(value));
    copies.push(...renameLocals(body, (name) => numbered(name, copy)));
  }
  return copies;
}

/** `sum` -> `sum3`, `sum3` -> `sum3_1`: distinct for distinct copies of nested loops. */
export function numbered(name: string, copy: number): string {
  return /\d$/.test(name) ? `${name}_${copy}` : `${name}${copy}`;
}
