import type { Declaration } from "../../syntax/ast.ts";
import { blockSignature, signatureLabel } from "../describe/call-signature.ts";
import { docComment, inlineCode, paragraphs } from "../describe/markdown.ts";
import { addImport } from "../imports/add-import.ts";
import { relativePath } from "../imports/relative-path.ts";
import type { Surroundings } from "../surroundings.ts";
import { callSnippet } from "./call-snippet.ts";
import type { CompletionItem } from "./completion-item.ts";
import { item, type CompletionRequest } from "./request.ts";

/** A declaration of another file, and the path by which an import of it is written. */
interface Importable {
  readonly declaration: Declaration;
  readonly path: string;
}

/** What other files of the project declare under names that are free in this one. */
async function importables(
  from: string,
  taken: ReadonlySet<string>,
  { files }: Surroundings,
): Promise<readonly Importable[]> {
  const found = (await files?.()) ?? [];
  return found
    .filter(({ path }) => path !== from && path.endsWith(".layers"))
    .flatMap(({ path, declarations }) =>
      declarations
        .filter(({ name }) => !taken.has(name.text))
        .map((declaration) => ({ declaration, path: relativePath(from, path) })),
    );
}

/** Items for declarations of other files of some kinds, each with the import that it needs. */
export async function importableItems(
  kinds: readonly Declaration["kind"][],
  write: (declaration: Declaration, call: string) => string,
  request: CompletionRequest,
): Promise<readonly CompletionItem[]> {
  const { analysis, names, surroundings } = request;
  const taken = new Set(names.map(({ name }) => name));
  const found = await importables(analysis.source.path, taken, surroundings);
  return found
    .filter(({ declaration }) => kinds.includes(declaration.kind))
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
