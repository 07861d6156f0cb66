import * as vscode from "vscode";
import type { ModelChanges } from "../documents/watch-models.ts";
import type { Server } from "../server/server.ts";
import { fillPanel, type DiagramPanel } from "./diagram-panel.ts";

/** The drawings that are open, one for a model file. */
export interface Diagrams extends vscode.Disposable {
  show(source: vscode.Uri): Promise<void>;
}

const viewType = "layerc.diagram";

export function createDiagrams(server: Server, models: ModelChanges, extension: vscode.Uri): Diagrams {
  const open = new Map<string, DiagramPanel>();
  const fill = (panel: vscode.WebviewPanel, source: vscode.Uri): void => {
    const key = source.toString();
    const filled = fillPanel(panel, source, server, extension);
    open.set(key, filled);
    panel.onDidDispose(() => {
      if (open.get(key) === filled) open.delete(key);
    });
  };
  const listening = [
    models.onChange(() => {
      for (const panel of open.values()) void panel.draw();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      open.get(textEditor.document.uri.toString())?.follow(textEditor);
    }),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel, state: { readonly source?: string } | undefined) {
        if (state?.source === undefined) panel.dispose();
        else fill(panel, vscode.Uri.parse(state.source, true));
      },
    }),
  ];
  return {
    async show(source) {
      const shown = open.get(source.toString());
      if (shown !== undefined) {
        shown.reveal();
        return;
      }
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      fill(vscode.window.createWebviewPanel(viewType, "Diagram", place), source);
    },
    dispose: () => vscode.Disposable.from(...listening).dispose(),
  };
}
