import { LSPPlugin } from "@codemirror/lsp-client";
import type { Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type {
  CodeAction,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";

/** Does what a code action says to the text that it was asked for; to another text nothing. */
export function applyAction(
  view: EditorView,
  { edit }: CodeAction,
  doc: Text,
): void {
  const plugin = LSPPlugin.get(view);
  if (plugin === null || edit === undefined || !view.state.doc.eq(doc)) return;
  const changes = editsOf(edit, plugin.uri).map(({ range, newText }) => ({
    from: plugin.fromPosition(range.start),
    to: plugin.fromPosition(range.end),
    insert: newText,
  }));
  view.dispatch({ changes, userEvent: "input.fix" });
  view.focus();
}

function editsOf(
  { changes, documentChanges }: WorkspaceEdit,
  uri: string,
): readonly TextEdit[] {
  const versioned = (documentChanges ?? []).flatMap((change) =>
    "edits" in change && change.textDocument.uri === uri
      ? (change.edits as TextEdit[])
      : [],
  );
  return [...(changes?.[uri] ?? []), ...versioned];
}
