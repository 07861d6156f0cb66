import type { Statement, Value } from "../../ir/loops.ts";
import type { Preformatted } from "./preformatted.ts";
import { sumStatement } from "./preformatted.ts";
import { printIndex, printSize, printTerms, printValue, type Scope } from "./print-value.ts";

/** Where a statement of a kernel is printed. */
export interface KernelScope extends Scope {
  readonly preformatted: Pick<Preformatted, "add">;
  /** The call that checks an index read from data; `what` is said in its error. */
  checkIndex(what: string, value: string, size: number): string;
}

/** The body of a kernel's function, unformatted, one statement a line. */
export function printBody(body: readonly Statement[], scope: KernelScope): string {
  return printStatements(body, scope, 2);
}

function printStatements(statements: readonly Statement[], scope: KernelScope, indent: number): string {
  return statements.map((statement) => printStatement(statement, scope, indent)).join("\n");
}

function printStatement(statement: Statement, scope: KernelScope, indent: number): string {
  switch (statement.kind) {
    case "let":
      return assignment(`const ${statement.name}`, statement.value, scope, indent);
    case "var":
      return assignment(`let ${statement.name}`, statement.value, scope, indent);
    case "add":
      return `${statement.name} += ${printValue(statement.value, scope)};`;
    case "set":
      return assignment(statement.name, statement.value, scope, indent);
    case "index":
      return `const ${statement.name} = ${printIndex(statement.value, scope)};`;
    case "lookup":
      return `const ${statement.name} = ${printLookup(statement, scope)};`;
    case "store":
      return assignment(
        `${scope.buffer(statement.buffer)}[${printIndex(statement.index, scope)}]`,
        statement.value,
        scope,
        indent,
      );
    case "for": {
      const { variable, step, part, bounds } = statement;
      const to = bounds?.to ?? printSize(statement.to, scope);
      const odd = `${/[ *]/.test(to) ? `(${to})` : to} % 2`;
      const start = part === "pairs" ? odd : (bounds?.from ?? String(statement.from));
      const advance = step === 1 ? `${variable}++` : `${variable} += ${step}`;
      const head =
        part === "odd" ? `if (${odd} === 1)` : `for (let ${variable} = ${start}; ${variable} < ${to}; ${advance})`;
      return `${head} {\n${printStatements(statement.body, scope, indent + 2)}\n}`;
    }
  }
}

/** What the compiler has made needs no check. */
function printLookup({ value, what, size }: Extract<Statement, { kind: "lookup" }>, scope: KernelScope): string {
  const printed = printValue(value, scope);
  return what === undefined ? printed : scope.checkIndex(what, printed, size);
}

function assignment(head: string, value: Value, scope: KernelScope, indent: number): string {
  if (value.kind === "sum" && value.terms.every(isPlain)) {
    return scope.preformatted.add(sumStatement(head, printTerms(value.terms, scope), indent));
  }
  return `${head} = ${printValue(value, scope)};`;
}

/** Terms whose text needs no formatting: numbers, locals, reads, and products of two of these. */
function isPlain(term: Value): boolean {
  if (term.kind !== "binary") return term.kind === "const" || term.kind === "local" || term.kind === "load";
  return (
    term.operator === "mul" &&
    term.left.kind !== "binary" &&
    isPlain(term.left) &&
    term.right.kind !== "binary" &&
    isPlain(term.right)
  );
}
