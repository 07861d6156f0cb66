import type { TextEdit as LspTextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Analysis, TextEdit } from "../language-service/index.ts";
import type { Session } from "./session.ts";
import { sourcePlaces } from "./source-places.ts";
import { contentModified } from "./still-current.ts";

/** Edits of files that analyses have read, for a client to apply: to the texts that were analysed, and no others. */
export function workspaceEdit(
  edits: readonly TextEdit[],
  analyses: readonly Analysis[],
  { client, documents, uriOf }: Session,
): WorkspaceEdit {
  const sources = analyses.flatMap(({ result }) => result.sources);
  const places = sourcePlaces(sources, client.encoding, uriOf);
  const byFile = new Map<string, LspTextEdit[]>();
  for (const { span, text } of edits) {
    const open = documents.at(span.file);
    const analysed = sources.find(({ path }) => path === span.file);
    if (open !== undefined && open.text !== analysed?.text) throw contentModified();
    const own = byFile.get(span.file) ?? [];
    own.push({ range: places.location(span).range, newText: text });
    byFile.set(span.file, own);
  }
  if (!client.documentChanges) {
    return { changes: Object.fromEntries([...byFile].map(([path, own]) => [uriOf(path), own])) };
  }
  return {
    documentChanges: [...byFile].map(([path, own]) => ({
      // Of a document that is not open there is no version.
      textDocument: { uri: uriOf(path), version: documents.at(path)?.version ?? null },
      edits: own,
    })),
  };
}
