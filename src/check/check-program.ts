import { hasErrors, type Checked, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { withoutStaleFixes } from "../diagnostics/without-stale-fixes.ts";
import { keywordAsString } from "../layers/arguments/keyword.ts";
import { unknownName } from "../layers/arguments/wrong-type.ts";
import type { Program } from "../load/program.ts";
import { checkBlock } from "./check-block.ts";
import { checkModel } from "./check-model.ts";
import type { CheckContext } from "./context.ts";
import { findDamage } from "./damage.ts";
import { letValue } from "./lets.ts";
import { limits } from "./limits.ts";
import { beginCheck, type CheckMemory } from "./memory/check-memory.ts";
import type { CheckedFile } from "./checked-file.ts";
import type { Model } from "./model.ts";
import { checkDeclarations } from "./rules/declarations.ts";
import { checkExports } from "./rules/exports.ts";
import { checkImports, unknownImport } from "./rules/imports.ts";
import { mergeUnsupported } from "./merge-unsupported.ts";
import { reportUnused } from "./rules/unused.ts";
import { unknownLayer } from "./rules/unknown-layers.ts";
import { makeIndex } from "./semantics/make-index.ts";
import { makeScopes, type BlockEntity, type FileScope, type ModelEntity } from "./scope.ts";
import { orderModels } from "./order-models.ts";

/**
 * Checks the entry file of a program: resolves names, computes values, expands blocks, names layers, and follows every
 * shape. What an imported file declares is checked where it is used. Gives the models that are free of errors, every
 * error of the file, and an index of what is known in spite of them.
 *
 * `earlier` are the diagnostics of loading; what they may have torn out of a file is not reported as missing. With `memory`,
 * what earlier checks have found out about nodes that are still there is not worked out again.
 */
export function checkProgram(
  program: Program,
  earlier: readonly Diagnostic[] = [],
  memory?: CheckMemory,
): Checked<CheckedFile> {
  const diagnostics: Diagnostic[] = [];
  const scopes = makeScopes(program);
  beginCheck(memory);
  const context = makeContext(scopes, earlier, diagnostics, memory);
  const path = program.entry.source.path;
  const scope = scopes.get(path) as FileScope;

  checkDeclarations(scope, context);
  checkImports(scope, program, context);
  const blocks: BlockEntity[] = [];
  const models: ModelEntity[] = [];
  for (const declaration of scope.file.declarations) {
    if (declaration.kind === "let") letValue({ kind: "let", declaration, scope }, context);
    if (declaration.kind === "block") blocks.push({ kind: "block", declaration, scope });
    if (declaration.kind === "model") models.push({ kind: "model", declaration, scope });
  }
  const order = orderModels([...blocks, ...models], context);
  for (const block of blocks) checkBlock(block, context);
  for (const entity of order) context.models.set(entity.declaration, checkModel(entity, context));
  const declarations = models.map(({ declaration }) => declaration);
  checkExports(declarations, context.report);
  if (!hasErrors([...earlier, ...diagnostics])) reportUnused(scope, context);

  const checked = declarations
    .map((declaration) => context.models.get(declaration)?.model)
    .filter((model): model is Model => model !== undefined);
  const index = makeIndex(program, context);
  return {
    value: { path, models: checked, index },
    diagnostics: withoutStaleFixes(mergeUnsupported(inOrder(diagnostics, path)), earlier),
  };
}

/** By place, the entry file first; diagnostics of imported files keep their order. */
function inOrder(diagnostics: readonly Diagnostic[], entry: string): readonly Diagnostic[] {
  const rank = ({ span }: Diagnostic): number => (span?.file === entry ? span.start : Number.MAX_SAFE_INTEGER);
  return diagnostics.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * What is wrong with a word because of how it is written, which the parser has told already: quotes around a keyword, a
 * letter that no name can have.
 */
const consequences: ReadonlySet<string> = new Set(
  [keywordAsString, unknownName, unknownLayer, unknownImport].map(({ code }) => code),
);

function makeContext(
  scopes: ReadonlyMap<string, FileScope>,
  earlier: readonly Diagnostic[],
  diagnostics: Diagnostic[],
  memory: CheckMemory | undefined,
): CheckContext {
  const seen = new Set<string>();
  const damage = findDamage(earlier);
  return {
    scopes,
    damage,
    report(diagnostic, oncePerPlace = false) {
      const { code, span, message } = diagnostic;
      if (consequences.has(code) && span !== undefined && damage.isMended(span)) return;
      const place = `${code}\n${span?.file}\n${span?.start}\n${span?.end}`;
      const key = oncePerPlace ? place : `${place}\n${message}`;
      if (seen.has(key)) return;
      seen.add(key);
      diagnostics.push(diagnostic);
    },
    lets: new Map(),
    models: new Map(),
    recursive: new Set(),
    idle: new Map(),
    blocks: new Map(),
    memory,
    remainingSteps: limits.expansionSteps,
  };
}
