import * as vscode from "vscode";
import type { LiveDocuments } from "../documents/live-documents.ts";
import type { ShownModule } from "./load-module.ts";

/** Greys out previews that are no more the module of their source, and says why on the first line that is seen. */
export function tellOutdated(scheme: string, documents: LiveDocuments<ShownModule>): vscode.Disposable {
  const grey = vscode.window.createTextEditorDecorationType({ opacity: "0.6" });
  const said = vscode.window.createTextEditorDecorationType({
    before: {
      margin: "0 2em 0 0",
      color: new vscode.ThemeColor("statusBarItem.warningForeground"),
      backgroundColor: new vscode.ThemeColor("statusBarItem.warningBackground"),
    },
  });
  const tell = (editor: vscode.TextEditor): void => {
    const { document, visibleRanges } = editor;
    if (document.uri.scheme !== scheme) return;
    const problem = documents.contentOf(document)?.problem;
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const { range } = document.lineAt(visibleRanges[0]?.start.line ?? 0);
    editor.setDecorations(grey, problem === undefined ? [] : [whole]);
    const contentText = ` Out of date: ${problem} `;
    editor.setDecorations(said, problem === undefined ? [] : [{ range, renderOptions: { before: { contentText } } }]);
  };
  const tellAll = (): void => vscode.window.visibleTextEditors.forEach(tell);
  return vscode.Disposable.from(
    grey,
    said,
    documents.onContent(tellAll),
    vscode.window.onDidChangeVisibleTextEditors(tellAll),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => tell(textEditor)),
  );
}
