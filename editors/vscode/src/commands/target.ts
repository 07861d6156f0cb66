import * as vscode from "vscode";
import type { Target } from "./editor-command.ts";

/**
 * What a command is about: the file that a menu gives, or that a code lens of the server names together with a model, else the
 * model file in the active editor.
 */
export function targetOf(given: unknown): Target | undefined {
  if (given instanceof vscode.Uri) return { source: given };
  const { uri, model } = (given ?? {}) as { readonly uri?: unknown; readonly model?: unknown };
  if (typeof uri === "string") {
    return { source: vscode.Uri.parse(uri, true), ...(typeof model === "string" ? { model } : {}) };
  }
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === "layers" ? { source: document.uri } : undefined;
}
