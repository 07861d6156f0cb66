import type { Loop, Statement, Value } from "../ir/loops.ts";
import { forEachNode } from "../ir/visit-values.ts";
import { isSpelledOut } from "./loops/unroll.ts";

/** How much longer than a term of a sum, which is laid out by itself, any other value or statement takes to be printed. */
const otherCode = 3;

/**
 * How much code the straight-line form of statements is, in multiply-adds that are written out: a term of a sum is one, and
 * whatever else stands in a statement three. Counted on the loops as they are, in a time that does not depend on how often
 * they run.
 */
export function codeSize(statements: readonly Statement[], which: (loop: Loop) => boolean): number {
  return statements.reduce((sum, statement) => {
    if (statement.kind !== "for") return sum + statementSize(statement);
    const steps = Math.max(0, Math.ceil((statement.to.factor - statement.from) / statement.step));
    const body = codeSize(statement.body, which);
    return sum + (isSpelledOut(statement, which) ? steps * body : otherCode + body);
  }, 0);
}

function statementSize(statement: Exclude<Statement, Loop>): number {
  if (statement.kind === "index") return otherCode;
  if (statement.kind === "add" && isTerm(statement.value)) return 1;
  let nodes = 1;
  forEachNode(statement.value, () => nodes++);
  return otherCode * nodes;
}

/** A product, or one factor. */
function isTerm(value: Value): boolean {
  const isFactor = ({ kind }: Value): boolean => kind === "load" || kind === "const" || kind === "local";
  return (
    isFactor(value) ||
    (value.kind === "binary" && value.operator === "mul" && isFactor(value.left) && isFactor(value.right))
  );
}
