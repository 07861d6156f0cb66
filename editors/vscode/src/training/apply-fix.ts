import path from "node:path";
import * as vscode from "vscode";
import type { Fix } from "./training-report.ts";

/** A model file as it was when layerc has read it. */
export interface ReadModel {
  readonly source: vscode.Uri;
  readonly text: string;
}

/** A model file as it is now. */
export async function readModel(source: vscode.Uri): Promise<ReadModel> {
  const document = await vscode.workspace.openTextDocument(source);
  return { source, text: document.getText() };
}

/** Whether all of a fix is about a model file; paths in it are seen from `folder`. */
export function isAbout({ edits }: Fix, { source }: ReadModel, folder: string): boolean {
  return edits.every(({ location }) => path.resolve(folder, location.file) === source.fsPath);
}

/** Makes the changes of a fix in the editor of the file, to be looked at and saved. In a text that has changed their places mean nothing. */
export async function applyFix({ title, edits }: Fix, { source, text }: ReadModel): Promise<void> {
  const document = await vscode.workspace.openTextDocument(source);
  if (document.getText() !== text) {
    const message = `The file has changed since it was trained, and is left as it is. ${title} by hand.`;
    void vscode.window.showWarningMessage(message);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { location, text: inserted } of edits) {
    const { start, end } = location;
    if (start === undefined || end === undefined) continue;
    edit.replace(
      source,
      new vscode.Range(document.positionAt(start.offset), document.positionAt(end.offset)),
      inserted,
    );
  }
  await vscode.workspace.applyEdit(edit);
  const viewColumn = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  await vscode.window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
}
