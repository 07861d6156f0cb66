import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Program } from "../../load/program.ts";
import type { ImportDeclaration, ModelFile } from "../../syntax/ast.ts";
import { parseSource } from "../../syntax/parse-source.ts";
import type { TextEdit } from "../text-edit.ts";
import { applyEdits } from "./apply-edits.ts";

/** A program after edits of its files, and the syntax errors of those that are edited. Imports lead where they led. */
export function editProgram(
  program: Program,
  edits: readonly TextEdit[],
): { readonly program: Program; readonly loaded: readonly Diagnostic[] } {
  const loaded: Diagnostic[] = [];
  const files = new Map<string, ModelFile>();
  const imports = new Map<ImportDeclaration, string>();
  for (const [path, file] of program.files) {
    const own = edits.filter(({ span }) => span.file === path);
    const parsed = own.length === 0 ? undefined : parseSource({ path, text: applyEdits(file.source.text, own) });
    loaded.push(...(parsed?.diagnostics ?? []));
    const edited = parsed?.value ?? file;
    files.set(path, edited);
    for (const [at, statement] of file.imports.entries()) {
      const target = program.imports.get(statement);
      const same = edited.imports[at];
      if (target !== undefined && same !== undefined) imports.set(same, target);
    }
  }
  const entry = files.get(program.entry.source.path) ?? program.entry;
  return { program: { entry, files, imports }, loaded };
}
