import type { BlockDeclaration, ModelDeclaration } from "../../syntax/ast.ts";
import type { CheckedModel } from "../checked-model.ts";
import type { CheckContext } from "../context.ts";
import { letValue } from "../lets.ts";
import type { FileScope, ModelEntity } from "../scope.ts";
import { namesIn } from "../used-names.ts";
import { layerStatements } from "../walk.ts";

/** The model as an earlier check left it, if nothing that it depends on has changed since. */
export function recallModel({ declaration, scope }: ModelEntity, context: CheckContext): CheckedModel | undefined {
  const { memory, damage } = context;
  const known = memory?.models.get(declaration);
  if (memory === undefined || known === undefined || !damage.isNone) return undefined;
  const meanings = meaningsIn(declaration, scope, context);
  const before = typeof known.meanings === "function" ? known.meanings() : known.meanings;
  const isSame = meanings.length === before.length && meanings.every((one, at) => one === before[at]);
  if (!isSame) return undefined;
  known.meanings = meanings;
  known.usedBy = memory.check;
  context.remainingSteps -= known.steps;
  return known.checked;
}

/** Remembers a model that nothing was reported of. */
export function rememberModel(
  { declaration, scope }: ModelEntity,
  checked: CheckedModel,
  steps: number,
  context: CheckContext,
): void {
  const { memory } = context;
  if (memory === undefined || checked.model === undefined || hasPlacesOfItsOwn(declaration)) return;
  memory.models.set(declaration, {
    checked,
    meanings: () => meaningsIn(declaration, scope, context),
    steps,
    usedBy: memory.check,
  });
}

/** Whether the check of a body makes places that are no node's, which an edit before it would not move: those of calls. */
function hasPlacesOfItsOwn({ body }: ModelDeclaration): boolean {
  return body.some(({ kind }) => kind === "repeat") || layerStatements(body).some(({ assertion }) => assertion);
}

/** What the names in a model, and in the blocks that it calls, come to: values, declarations, and models as they were checked. */
function meaningsIn(root: ModelDeclaration, from: FileScope, context: CheckContext): readonly unknown[] {
  const meanings: unknown[] = [];
  const seen = new Set<BlockDeclaration | ModelDeclaration>();
  const stack: { declaration: BlockDeclaration | ModelDeclaration; scope: FileScope }[] = [
    { declaration: root, scope: from },
  ];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (seen.has(at.declaration)) continue;
    seen.add(at.declaration);
    for (const name of namesIn(at.declaration)) {
      const entity = at.scope.entities.get(name);
      switch (entity?.kind) {
        case undefined:
        case "lost":
          meanings.push(entity?.kind);
          break;
        case "let":
          meanings.push(letValue(entity, context));
          break;
        case "dim":
          meanings.push(entity.declaration);
          break;
        case "model":
          meanings.push(context.models.get(entity.declaration));
          break;
        case "block":
          meanings.push(entity.declaration);
          stack.push(entity);
          break;
      }
    }
  }
  return meanings;
}
