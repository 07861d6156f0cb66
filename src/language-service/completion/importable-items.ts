import type { Declaration } from "../../syntax/ast.ts";
import { blockSignature, signatureLabel } from "../describe/call-signature.ts";
import { docComment, inlineCode, paragraphs } from "../describe/markdown.ts";
import { addImport } from "../imports/add-import.ts";
import { importables } from "../imports/importables.ts";
import { callSnippet } from "./call-snippet.ts";
import type { CompletionItem } from "./completion-item.ts";
import { item, type CompletionRequest } from "./request.ts";

/** Items for declarations of other files of some kinds, each with the import that it needs. */
export async function importableItems(
  kinds: readonly Declaration["kind"][],
  write: (declaration: Declaration, call: string) => string,
  request: CompletionRequest,
): Promise<readonly CompletionItem[]> {
  const { analysis, names, surroundings } = request;
  const taken = new Set(names.map(({ name }) => name));
  const found = await importables(analysis.source.path, surroundings);
  return found
    .filter(({ declaration: { kind, name } }) => kinds.includes(kind) && !taken.has(name.text))
    .map(({ declaration, path }) => {
      const { name, kind, doc } = declaration;
      const signature = kind === "block" ? blockSignature(declaration, () => "...") : undefined;
      const call = signature === undefined ? name.text : callSnippet(signature);
      return item(request, write(declaration, call), {
        label: name.text,
        kind,
        detail: signature === undefined ? `from ${path}` : `${signatureLabel(signature).label} from ${path}`,
        documentation: paragraphs(`Adds the import from ${inlineCode(path)}.`, docComment(doc)),
        sortText: `4${name.text}`,
        additionalEdits: [addImport(analysis, name.text, path)],
      });
    });
}
