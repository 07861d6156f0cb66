import type { Place } from "../cursor/place.ts";
import { describeDeclaration } from "../describe/describe-definition.ts";
import type { CompletionItem } from "./completion-item.ts";
import { item, type CompletionRequest } from "./request.ts";

/** What the file of an import declares and the import does not name yet. */
export function importNameItems(
  { path, given }: Extract<Place, { kind: "names" }>,
  request: CompletionRequest,
): readonly CompletionItem[] {
  const { analysis, cursor } = request;
  const [next] = cursor.behind;
  if (next !== undefined && next.text !== "," && next.text !== "}") return [];
  const { file, program } = analysis;
  const statement = file.imports.find((each) => each.path.value === path && program.imports.has(each));
  const target = statement === undefined ? undefined : program.files.get(program.imports.get(statement) ?? "");
  const declarations = target?.declarations ?? [];
  return declarations
    .filter(({ name }) => !given.includes(name.text))
    .map((declaration) => {
      const { name, kind } = declaration;
      const documentation = describeDeclaration(declaration, analysis);
      return item(request, name.text, { label: name.text, kind, documentation, sortText: name.text });
    });
}

/** The keyword behind the names of an import. */
export function fromItems(request: CompletionRequest): readonly CompletionItem[] {
  const [next] = request.cursor.behind;
  if (next !== undefined && next.kind !== "string" && !next.beginsLine) return [];
  const snippet = next?.kind === "string" ? "from " : 'from "${1:./}"';
  return [item(request, snippet, { label: "from", kind: "keyword", sortText: "0", suggestsAgain: true })];
}
