import * as vscode from "vscode";

/** The model of a file that the user means: the only one, of those with a compile clause if there are any, or the one that is picked. */
export async function chooseModel(source: vscode.Uri): Promise<string | undefined> {
  // By their declarations: files that are still to be written, such as the weights, are no matter here.
  const symbols = await vscode.commands.executeCommand<readonly vscode.DocumentSymbol[] | undefined>(
    "vscode.executeDocumentSymbolProvider",
    source,
  );
  const models = (symbols ?? []).filter(({ kind }) => kind === vscode.SymbolKind.Class);
  const compiled = models.filter(({ children }) => children.some(({ kind }) => kind === vscode.SymbolKind.Event));
  const names = (compiled.length > 0 ? compiled : models).map(({ name }) => name);
  if (names.length === 0) void vscode.window.showErrorMessage("The file has no model to train.");
  return names.length > 1 ? vscode.window.showQuickPick(names, { title: "Which model is to be trained?" }) : names[0];
}
