import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { LetDeclaration } from "../syntax/ast.ts";
import type { CheckContext } from "./context.ts";
import { evaluateSettled } from "./evaluate.ts";
import { meaningsOf, stillMean } from "./memory/meanings.ts";
import { letCycle } from "./rules/expressions.ts";
import type { Entity, FileScope } from "./scope.ts";
import { expressionNames } from "./walk.ts";

type LetEntity = Extract<Entity, { kind: "let" }>;

/**
 * The value of a let, worked out with those it depends on and remembered. Order of declaration does not matter; a cycle
 * is reported once, and its members have unknown values.
 */
export function letValue(entity: LetEntity, context: CheckContext): Value {
  const known = context.lets.get(entity.declaration);
  if (known !== undefined) return known;
  evaluateInOrder(entity, context);
  return context.lets.get(entity.declaration) ?? unknown(entity.declaration);
}

interface Visit {
  readonly entity: LetEntity;
  readonly pending: LetEntity[];
}

/** Depth first with a stack of its own: a chain of lets may be longer than the call stack. */
function evaluateInOrder(root: LetEntity, context: CheckContext): void {
  const stack: Visit[] = [{ entity: root, pending: dependencies(root) }];
  const open = new Set<LetDeclaration>([root.declaration]);
  for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
    const { declaration, scope } = visit.entity;
    const next = visit.pending.pop();
    if (next === undefined) {
      stack.pop();
      open.delete(declaration);
      if (!context.lets.has(declaration)) context.lets.set(declaration, evaluateLet(declaration, scope, context));
    } else if (open.has(next.declaration)) {
      reportCycle(stack.slice(stack.findIndex(({ entity }) => entity.declaration === next.declaration)), context);
    } else if (!context.lets.has(next.declaration)) {
      stack.push({ entity: next, pending: dependencies(next) });
      open.add(next.declaration);
    }
  }
}

function reportCycle(visits: readonly Visit[], context: CheckContext): void {
  const declarations = visits.map(({ entity }) => entity.declaration);
  const first = declarations[0];
  if (first === undefined) return;
  const cycle = declarations.map(({ name }) => ({ name: name.text, span: name.span }));
  // A let in two cycles belongs to the one reported first; breaking that shows the other.
  if (!declarations.some((declaration) => context.lets.has(declaration))) {
    context.report(letCycle(first.name.span, { cycle }));
  }
  for (const declaration of declarations) context.lets.set(declaration, unknown(declaration));
}

function evaluateLet(declaration: LetDeclaration, scope: FileScope, context: CheckContext): Value {
  const { memory } = context;
  const names = { file: scope };
  const known = memory?.lets.get(declaration);
  if (memory !== undefined && known !== undefined && stillMean(known.meanings, names, context)) {
    known.usedBy = memory.check;
    return known.value;
  }
  let isSilent = true;
  const report = (diagnostic: Diagnostic): void => {
    isSilent = false;
    context.report(diagnostic);
  };
  const value = evaluateSettled(declaration.value, { context, scope: { file: scope }, report });
  const meanings = isSilent && value.kind !== "unknown" ? meaningsOf([declaration.value], names, context) : undefined;
  if (meanings !== undefined) memory?.lets.set(declaration, { value, meanings, usedBy: memory.check });
  return value;
}

function dependencies({ declaration, scope }: LetEntity): LetEntity[] {
  const found: LetEntity[] = [];
  for (const name of expressionNames([declaration.value])) {
    const entity = scope.entities.get(name);
    if (entity?.kind === "let") found.push(entity);
  }
  return found.reverse();
}

function unknown(declaration: LetDeclaration): Value {
  return { kind: "unknown", span: declaration.value.span, literal: false };
}
