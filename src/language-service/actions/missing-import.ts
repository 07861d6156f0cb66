import type { Declaration } from "../../syntax/ast.ts";
import { addImport } from "../imports/add-import.ts";
import { importables } from "../imports/importables.ts";
import type { ActionRequest, CodeAction } from "./code-action.ts";

/** What may be missing where a name means nothing, by the code of what is said there. */
const wanted: Readonly<Record<string, readonly Declaration["kind"][]>> = {
  "unknown-layer": ["block", "model"],
  "unknown-name": ["let", "dim"],
  "unknown-keyword": ["let"],
};

/** An import for each name that is not known, from every file of the project that declares it. */
export async function missingImports({
  analysis,
  touched,
  surroundings,
}: ActionRequest): Promise<readonly CodeAction[]> {
  const { source } = analysis;
  const unknown = touched.filter(({ code, span }) => Object.hasOwn(wanted, code) && span !== undefined);
  if (unknown.length === 0) return [];
  const found = await importables(source.path, surroundings);
  return unknown.flatMap((diagnostic): readonly CodeAction[] => {
    const { start = 0, end = 0 } = diagnostic.span ?? {};
    const name = source.text.slice(start, end);
    return found
      .filter(
        ({ declaration }) => declaration.name.text === name && wanted[diagnostic.code]?.includes(declaration.kind),
      )
      .map(({ path }, _, { length }) => ({
        kind: "quickfix",
        title: `Import '${name}' from "${path}"`,
        isPreferred: length === 1 && diagnostic.fix === undefined,
        diagnostics: [diagnostic],
        edits: [addImport(analysis, name, path)],
      }));
  });
}
