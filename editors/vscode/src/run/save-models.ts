import * as vscode from "vscode";

/** Writes what is typed in model files, which the command line reads from the disk. */
export async function saveModels(): Promise<void> {
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, isUntitled, languageId }) => isDirty && !isUntitled && languageId === "layers",
  );
  await Promise.all(unsaved.map((document) => document.save()));
}
