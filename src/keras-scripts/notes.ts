import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { Statement } from "../python/ast.ts";
import type { Contained } from "./contained.ts";
import { scriptLeftOut } from "./diagnostics.ts";
import type { Run } from "./run.ts";
import type { ScriptModel } from "./values.ts";

/** What is left out of a script whose model is read: each statement that is no part of it, neighbours in one. */
export function notesOf(
  contained: Contained,
  holders: ReadonlySet<number>,
  lineOf: (offset: Span) => number,
  run: Run,
): readonly Diagnostic[] {
  const parts = closure([...contained.statements, ...holders], run);
  const numbered = [...run.statements].map(([statement, number]) => ({ statement, number }));
  const inOrder = numbered.toSorted((a, b) => a.statement.span.start - b.statement.span.start);
  const notes: Diagnostic[] = [];
  let others: Statement[] = [];
  const flush = (): void => {
    if (others.length > 0) notes.push(noteOfOthers(others, lineOf));
    others = [];
  };
  for (const { statement, number } of inOrder) {
    const use = run.uses.get(number);
    const missed = run.missed.get(number) ?? [];
    const isLeftOut = use?.method !== "compile" || !contained.statements.has(number);
    if (use !== undefined && isLeftOut && contained.models.has(use.model)) {
      flush();
      notes.push(noteOfUse(use.method, statement, use.span, run));
    } else if (missed.length > 0) {
      flush();
      notes.push(...missed.map(({ span, what, help }) => scriptLeftOut(span, { what, help })));
    } else if (parts.has(number) || run.settings.has(number)) flush();
    else if (!isSilent(statement, run)) others.push(statement);
  }
  flush();
  return notes;
}

/** Statements and all that they depend on. */
function closure(statements: readonly number[], run: Run): ReadonlySet<number> {
  const found = new Set(statements);
  // A set is gone through to what is added meanwhile.
  for (const number of found) for (const read of run.reads.get(number) ?? []) found.add(read);
  return found;
}

/** What says nothing that could be missed: imports, texts, `pass`; heads whose bodies are read. */
function isSilent(statement: Statement, run: Run): boolean {
  switch (statement.kind) {
    case "import":
    case "return":
      return true;
    case "expression":
      return statement.value.kind === "string";
    case "other":
      return statement.word === "pass" || statement.word === "annotation" || statement.word === "@";
    case "block":
      return statement.body.some((inner) => run.statements.has(inner));
    default:
      return false;
  }
}

/** What to do in place of what a method does. */
function helpOf(method: string, span: Span, run: Run): string | undefined {
  const file = /\(\s*["']([^"'\\\n]{1,100})["']/.exec(run.textOf(span))?.[1];
  switch (method) {
    case "summary":
      return "layerc summary prints it";
    case "save":
      return file !== undefined && /\.(?:keras|h5|hdf5)$/.test(file)
        ? `the saved model comes with its weights: layerc import ${file}`
        : undefined;
    case "load_weights":
    case "save_weights":
      return file !== undefined && /\.(?:h5|keras)$/.test(file)
        ? `the model binds them with the clause weights ${JSON.stringify(/^\.{0,2}\//.test(file) ? file : `./${file}`)}`
        : undefined;
    default:
      return undefined;
  }
}

function noteOfUse(method: string, statement: Statement, span: Span, run: Run): Diagnostic {
  const name = statement.kind === "expression" || statement.kind === "assign" ? calleeOf(statement, run) : undefined;
  const what = `left out: ${name ?? method}(...), which is no part of a model file`;
  return scriptLeftOut(statement.span, { what, help: helpOf(method, span, run) });
}

function calleeOf(
  { value }: Extract<Statement, { readonly kind: "expression" | "assign" }>,
  run: Run,
): string | undefined {
  if (value.kind !== "call") return undefined;
  const text = run.textOf(value.callee.span);
  return /^[\w.]{1,60}$/.test(text) ? text : undefined;
}

function noteOfOthers(statements: readonly Statement[], lineOf: (span: Span) => number): Diagnostic {
  const [first] = statements as [Statement, ...Statement[]];
  const last = statements.at(-1) as Statement;
  const end = last.kind === "block" ? last.end : last.span.end;
  const [from, to] = [lineOf(first.span), lineOf({ ...last.span, start: Math.max(last.span.start, end - 1) })];
  const what =
    from === to
      ? `left out: line ${from}, which adds nothing to the model`
      : `left out: lines ${from} to ${to}, which add nothing to the model`;
  return scriptLeftOut(first.span, { what });
}

/** The statements that give a model to the variables that hold it. */
export function holdersOf(model: ScriptModel, run: Run): ReadonlySet<number> {
  const bindings = [...run.root.names.values()];
  return new Set(
    bindings.filter(({ value }) => value.kind === "model" && value.model === model).map(({ statement }) => statement),
  );
}
