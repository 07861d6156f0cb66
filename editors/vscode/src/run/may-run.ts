import * as vscode from "vscode";

/** Whether layerc may be run: it runs the code of the project's config. Where it may not, the user is told. */
export async function mayRun(): Promise<boolean> {
  // The palette does not offer such commands then; keys and other extensions may run them all the same.
  if (vscode.workspace.isTrusted) return true;
  const message = "In a folder that is not trusted layerc is not run: it runs the code of its config.";
  const manage = "Manage Workspace Trust";
  if ((await vscode.window.showErrorMessage(message, manage)) === manage) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
  return false;
}
