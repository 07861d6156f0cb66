import { termsKey, type Index } from "../../ir/index-expression.ts";
import type { Statement, Value } from "../../ir/loops.ts";
import { forEachValue } from "../../ir/visit-statements.ts";
import { mapValue } from "../../ir/visit-values.ts";

/**
 * In straight-line code, reads of an element that was just written become the local that was written, and a write that a
 * later one replaces unread is dropped: an unrolled softmax keeps its exponentials in locals.
 */
export function forwardStores(statements: readonly Statement[]): readonly Statement[] {
  if (statements.some((statement) => statement.kind === "for")) {
    return statements.map((statement) =>
      statement.kind === "for" ? { ...statement, body: forwardStores(statement.body) } : statement,
    );
  }
  return dropOverwritten(forward(statements));
}

function forward(statements: readonly Statement[]): readonly Statement[] {
  const written = new Map<string, Value>();
  return statements.map((statement) => {
    if (statement.kind === "index" || statement.kind === "for") return statement;
    const value = mapValue(statement.value, (node) =>
      node.kind === "load" && node.buffer.kind !== "weights"
        ? (written.get(element(node.buffer.name, node.index)) ?? node)
        : node,
    );
    if (statement.kind === "store") {
      const key = element(statement.buffer.name, statement.index);
      if (value.kind === "local" || value.kind === "const") written.set(key, value);
      else written.delete(key);
    }
    return { ...statement, value };
  });
}

function dropOverwritten(statements: readonly Statement[]): readonly Statement[] {
  const lastWrite = new Map<string, number>();
  const read = new Set<string>();
  statements.forEach((statement, position) => {
    if (statement.kind === "store") lastWrite.set(element(statement.buffer.name, statement.index), position);
  });
  forEachValue(statements, (value) => {
    if (value.kind === "load" && value.buffer.kind !== "weights") read.add(element(value.buffer.name, value.index));
  });
  return statements.filter((statement, position) => {
    if (statement.kind !== "store") return true;
    const key = element(statement.buffer.name, statement.index);
    return read.has(key) || lastWrite.get(key) === position;
  });
}

function element(buffer: string, index: Index): string {
  return `${buffer}[${index.constant}+${termsKey(index)}]`;
}
