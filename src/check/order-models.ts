import type { BlockDeclaration, ModelDeclaration, Name } from "../syntax/ast.ts";
import { builtins } from "./words.ts";
import type { CheckContext } from "./context.ts";
import { oncePerNode } from "./once-per-node.ts";
import { recursiveUse } from "./rules/bodies.ts";
import type { BlockEntity, ModelEntity } from "./scope.ts";
import { layerStatements } from "./walk.ts";

type Used = BlockEntity | ModelEntity;

interface Visit {
  readonly entity: Used;
  readonly pending: { readonly entity: Used; readonly place: Name }[];
  /** Where the visit before uses this one. */
  readonly place: Name | undefined;
}

/**
 * The models that blocks and models reach, each after those it uses, so that nested ones are checked first. Reports
 * blocks and models that use themselves, each cycle once.
 */
export function orderModels(roots: readonly Used[], context: CheckContext): readonly ModelEntity[] {
  const order: ModelEntity[] = [];
  const done = new Set<BlockDeclaration | ModelDeclaration>();
  for (const root of roots) {
    // A stack of its own: a chain of models may be longer than the call stack.
    const stack: Visit[] = done.has(root.declaration) ? [] : [visit(root, undefined)];
    const open = new Set<BlockDeclaration | ModelDeclaration>([root.declaration]);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { entity } = top;
      const next = top.pending.pop();
      if (next === undefined) {
        stack.pop();
        open.delete(entity.declaration);
        done.add(entity.declaration);
        if (entity.kind === "model") order.push(entity);
      } else if (open.has(next.entity.declaration)) {
        const from = stack.findIndex((other) => other.entity.declaration === next.entity.declaration);
        reportCycle(stack.slice(from), next.place, context);
      } else if (!done.has(next.entity.declaration)) {
        stack.push(visit(next.entity, next.place));
        open.add(next.entity.declaration);
      }
    }
  }
  return order;
}

function visit(entity: Used, place: Name | undefined): Visit {
  const pending: Visit["pending"] = [];
  for (const callee of calledNames(entity.declaration)) {
    const used = entity.scope.entities.get(callee.text);
    if (used?.kind === "block" || used?.kind === "model") pending.push({ entity: used, place: callee });
  }
  return { entity, pending: pending.reverse(), place };
}

/** What a body calls, each where it does so first. A thing that is declared with the name of a layer has been reported, and is never used. */
const calledNames = oncePerNode(({ body }: BlockDeclaration | ModelDeclaration): readonly Name[] => {
  const first = new Map<string, Name>();
  for (const { callee } of layerStatements(body)) {
    if (!builtins.has(callee.text) && !first.has(callee.text)) first.set(callee.text, callee);
  }
  return [...first.values()];
});

function reportCycle(visits: readonly Visit[], closing: Name, context: CheckContext): void {
  const first = visits[0];
  if (first === undefined) return;
  // Members of a cycle reported before may close others; breaking the first one shows them.
  const known = visits.some(({ entity }) => context.recursive.has(entity.declaration));
  for (const { entity } of visits) context.recursive.add(entity.declaration);
  if (known) return;
  const cycle = visits.map(({ entity }, index) => ({
    name: entity.declaration.name.text,
    // Where the next one in the cycle is used.
    span: (visits[index + 1]?.place ?? closing).span,
  }));
  const named = cycle.map(({ name }, index) => ({ name, span: cycle.at(index - 1)?.span ?? closing.span }));
  context.report(recursiveUse(first.entity.declaration.name.span, { kind: first.entity.kind, cycle: named }));
}
