import type { Statement } from "../ir/loops.ts";
import { isStatic } from "../ir/size.ts";
import { forEachStatement } from "../ir/visit-statements.ts";
import { add, constant, declare, local, subtract } from "./build.ts";
import { shareValues } from "./share-values.ts";
import type { VectorStatement, VectorValue } from "./vector-loops.ts";

/** Terms from which on a sum is compensated: a running sum of float32 numbers loses a bit for every four times as many. */
const longSum = 128;

/** The sums that some loop adds many terms to, or a number of terms that only run time knows. */
export function longSumsOf(statements: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>();
  forEachStatement(statements, (statement) => {
    if (statement.kind !== "for") return;
    const { to, step, body } = statement;
    if (isStatic(to) && to.factor / step <= longSum) return;
    for (const name of carriedLocals(body)) if (isAddedTo(body, name)) found.add(name);
  });
  return found;
}

function isAddedTo(body: readonly Statement[], name: string): boolean {
  let found = false;
  forEachStatement(body, (statement) => {
    found ||= statement.kind === "add" && statement.name === name;
  });
  return found;
}

/**
 * Adds a term to a sum, and keeps what the sum loses by it (Kahan, 1965). What is lost of an infinite sum is NaN and spoils it, so
 * the terms are added up without that besides: nothing waits for it, and `settled` takes it where the other is not finite.
 */
export function compensatedAddition(
  sum: string,
  term: VectorValue,
  freshName: () => string,
): readonly VectorStatement[] {
  const [given, added, total] = [freshName(), freshName(), freshName()];
  const change = subtract(local(total), local(sum));
  return [
    ...shareValues({ kind: "let", name: given, value: term }, freshName),
    { kind: "let", name: added, value: subtract(local(given), local(lost(sum))) },
    { kind: "let", name: total, value: add(local(sum), local(added)) },
    { kind: "set", name: lost(sum), value: subtract(change, local(added)) },
    { kind: "set", name: sum, value: local(total) },
    { kind: "set", name: plain(sum), value: add(local(plain(sum)), local(given)) },
  ];
}

/** What a compensated sum needs beside itself. */
export function declareCompensation(sum: string): readonly VectorStatement[] {
  return [declare(lost(sum), constant(0)), declare(plain(sum), constant(0))];
}

/** A value of a compensated sum, or the sum without compensation where that is infinite or NaN. */
export function settled(sum: string, value: VectorValue): VectorValue {
  return {
    kind: "select",
    comparison: "gt",
    left: constant(Infinity),
    right: { kind: "unary", operator: "abs", operand: value },
    then: value,
    otherwise: local(plain(sum)),
  };
}

/** The local that holds what a sum has lost. */
export function lost(sum: string): string {
  return `${sum}Lost`;
}

/** The local that holds the sum without what is done about that. */
export function plain(sum: string): string {
  return `${sum}Plain`;
}

/** Locals that a body changes without declaring them. */
export function carriedLocals(body: readonly Statement[], outer: ReadonlySet<string> = new Set()): readonly string[] {
  const declared = new Set(outer);
  const names = new Set<string>();
  for (const statement of body) {
    if (statement.kind === "let" || statement.kind === "var") declared.add(statement.name);
    else if (statement.kind === "for") carriedLocals(statement.body, declared).forEach((name) => names.add(name));
    else if ((statement.kind === "add" || statement.kind === "set") && !declared.has(statement.name))
      names.add(statement.name);
  }
  return [...names];
}
