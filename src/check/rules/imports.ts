import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { Program } from "../../load/program.ts";
import type { CheckContext } from "../context.ts";
import type { FileScope } from "../scope.ts";
import { usedNames } from "../used-names.ts";

export const unknownImport = defineDiagnostic(
  "unknown-import",
  "error",
  "An import names something its file does not declare.",
  (at: { name: string; path: string; names: readonly string[]; place: Span | undefined }) => ({
    message: `${JSON.stringify(at.path)} does not declare '${at.name}'`,
    ...(at.names.length === 0 || at.names.length > 12 ? {} : { help: `it declares ${at.names.join(", ")}` }),
    ...didYouMean(at.name, at.names, at.place),
  }),
  () => ({
    meaning: "The imported file does not declare this name. Names that it imports itself are not passed on.",
    example: {
      kind: "source",
      source: 'import { Hiden } from "./blocks.layers"\nmodel M { input [4] Hiden(3) }',
      files: { "blocks.layers": "block Hidden(units) { Dense(units, activation=relu) }" },
      mended: 'import { Hidden } from "./blocks.layers"\nmodel M { input [4] Hidden(3) }',
    },
  }),
);

export const unusedImport = defineDiagnostic(
  "unused-import",
  "warning",
  "An imported name is not used.",
  (at: { name: string }) => ({ message: `'${at.name}' is imported but not used` }),
  () => ({
    meaning:
      "The name is imported and nothing in the file uses it. It does no harm; it may be left over, or what should use it is written otherwise.",
    example: {
      kind: "source",
      source: 'import { Hidden } from "./blocks.layers"\nmodel M { input [4] Dense(3) }',
      files: { "blocks.layers": "block Hidden(units) { Dense(units, activation=relu) }" },
      mended: 'import { Hidden } from "./blocks.layers"\nmodel M { input [4] Hidden(3) }',
    },
  }),
);

/** Checks that imported names exist in their files and are used. */
export function checkImports(scope: FileScope, program: Program, context: CheckContext): void {
  const { file } = scope;
  if (file.imports.length === 0) return;
  const used = usedNames(file.declarations);
  for (const statement of file.imports) {
    const path = program.imports.get(statement);
    const target = path === undefined ? undefined : context.scopes.get(path);
    if (path === undefined || target === undefined) continue;
    for (const { text: name, span } of statement.names) {
      if (!target.declared.has(name)) {
        // A damaged file may have lost the declaration.
        if (context.damage.inFile(path)) continue;
        const names = [...target.declared.keys()];
        // Where it is used, its users have to be mended, too.
        const place = used.has(name) ? undefined : span;
        context.report(unknownImport(span, { name, path: statement.path.value, names, place }));
      } else if (!used.has(name) && !context.damage.inFile(file.source.path)) {
        context.report(unusedImport(span, { name }));
      }
    }
  }
}
