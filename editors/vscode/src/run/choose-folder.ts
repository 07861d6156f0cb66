import * as vscode from "vscode";

/** The folder of the workspace that a file lies in; else the only one, or the one that the user picks. */
export async function chooseFolder(file: vscode.Uri | undefined): Promise<vscode.WorkspaceFolder | undefined> {
  const own = file && vscode.workspace.getWorkspaceFolder(file);
  if (own !== undefined) return own;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) void vscode.window.showErrorMessage("No folder is open.");
  return folders.length > 1 ? vscode.window.showWorkspaceFolderPick() : folders[0];
}
