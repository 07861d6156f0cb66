import * as vscode from "vscode";
import type { LiveDocuments } from "../documents/live-documents.ts";
import { generatedLines, sourcePlace } from "./line-links.ts";
import type { ShownModule } from "./load-module.ts";

/**
 * Marks, in previews and in the editors of model files, what belongs together: where the cursor is in the one, the lines of the
 * other are marked and scrolled to.
 */
export function followCursor(scheme: string, documents: LiveDocuments<ShownModule>): vscode.Disposable {
  const marked = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.rangeHighlightForeground"),
    borderColor: new vscode.ThemeColor("editorBracketMatch.border"),
    borderStyle: "solid",
    borderWidth: "0 0 0 2px",
  });
  const previews = (): readonly vscode.TextEditor[] =>
    vscode.window.visibleTextEditors.filter(({ document }) => document.uri.scheme === scheme);

  const mark = (editor: vscode.TextEditor, lines: readonly number[], reveal: boolean): void => {
    const ranges = lines.map((line) => new vscode.Range(line, 0, line, 0));
    editor.setDecorations(marked, ranges);
    const [first] = ranges;
    if (!reveal || first === undefined) return;
    editor.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  };

  const followSource = (editor: vscode.TextEditor): void => {
    editor.setDecorations(marked, []);
    const uri = editor.document.uri.toString();
    for (const preview of previews()) {
      const links = documents.contentOf(preview.document)?.links ?? [];
      mark(preview, generatedLines(links, uri, editor.selection.active.line), true);
    }
  };
  const followPreview = (preview: vscode.TextEditor): void => {
    const links = documents.contentOf(preview.document)?.links ?? [];
    const found = sourcePlace(links, preview.selection.active.line);
    mark(preview, found?.lines ?? [], false);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.languageId !== "layers") continue;
      const { start, end } = found?.place.range ?? {};
      const isHere = found?.place.uri === editor.document.uri.toString();
      mark(editor, isHere && start && end ? linesBetween(start.line, end.line) : [], true);
    }
  };
  const follow = (editor: vscode.TextEditor | undefined): void => {
    if (editor?.document.uri.scheme === scheme) followPreview(editor);
    else if (editor?.document.languageId === "layers") followSource(editor);
  };
  const again = (): void => {
    follow(vscode.window.activeTextEditor);
  };
  return vscode.Disposable.from(
    marked,
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => follow(textEditor)),
    vscode.window.onDidChangeActiveTextEditor(follow),
    vscode.window.onDidChangeVisibleTextEditors(again),
    documents.onContent(again),
    // Its new text arrives after what is known of it.
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme === scheme) again();
    }),
  );
}

function linesBetween(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
