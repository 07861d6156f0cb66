import { indexConstant } from "../../ir/index-expression.ts";
import type { Loop, Statement } from "../../ir/loops.ts";
import { renameLocals, substituteVariable } from "../../ir/rewrite.ts";
import { forEachIndex } from "../../ir/visit-statements.ts";
import { isStatic } from "../../ir/size.ts";

/** Replaces every loop of known extent that `which` picks by copies of its body, inner loops first. */
export function unroll(statements: readonly Statement[], which: (loop: Loop) => boolean): readonly Statement[] {
  return statements.flatMap((statement) => {
    if (statement.kind !== "for") return [statement];
    const loop = { ...statement, body: unroll(statement.body, which) };
    return isStatic(loop.to) && which(loop) && !hasRuntimeStride(loop) ? spelledOut(loop) : [loop];
  });
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
