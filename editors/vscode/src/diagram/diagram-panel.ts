import path from "node:path";
import * as vscode from "vscode";
import { messageOf, problemOf } from "../server/problem.ts";
import type { Server } from "../server/server.ts";
import type { FromPage, ToPage } from "./messages.ts";
import { diagramHtml } from "./diagram-html.ts";

/** A drawing that is shown. */
export interface DiagramPanel {
  reveal(): void;
  /** Makes the drawing anew. */
  draw(): Promise<void>;
  /** Marks the layer that the cursor is in. */
  follow(editor: vscode.TextEditor): void;
}

/** Fills a panel with the drawing of a model file: the last one of a text without errors. */
export function fillPanel(
  panel: vscode.WebviewPanel,
  source: vscode.Uri,
  server: Server,
  extension: vscode.Uri,
): DiagramPanel {
  const { webview } = panel;
  const folder = vscode.Uri.joinPath(extension, "dist");
  let drawing: Extract<ToPage, { readonly kind: "drawing" }> = { kind: "drawing", svg: "", problem: null };
  let turn = 0;
  let isOutdated = true;

  const send = (message: ToPage): void => void webview.postMessage(message);
  const cursorOf = (editor: vscode.TextEditor | undefined): ToPage => {
    const isDrawn = editor !== undefined && drawing.problem === null;
    return { kind: "cursor", offset: isDrawn ? editor.document.offsetAt(editor.selection.active) : null };
  };
  const sendAll = (): void => {
    send(drawing);
    send(cursorOf(editorOf(source)));
  };
  const draw = async (): Promise<void> => {
    // What nobody sees waits.
    isOutdated = !panel.visible;
    if (isOutdated) return;
    turn += 1;
    const own = turn;
    const next = await nextDrawing(server, source, drawing.svg);
    // Only the last that was asked for counts.
    if (own !== turn) return;
    drawing = { kind: "drawing", ...next };
    sendAll();
  };

  panel.title = `Diagram of ${path.posix.basename(source.path)}`;
  panel.iconPath = {
    light: vscode.Uri.joinPath(extension, "icons/file-light.svg"),
    dark: vscode.Uri.joinPath(extension, "icons/file-dark.svg"),
  };
  // What is still being drawn then has no page any more.
  panel.onDidDispose(() => (turn += 1));
  webview.onDidReceiveMessage((message: FromPage) => {
    if (message.kind === "chosen") void select(source, message.start, message.end);
    // A page that was hidden begins anew.
    else if (isOutdated) void draw();
    else sendAll();
  });
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = diagramHtml({
    script: webview.asWebviewUri(vscode.Uri.joinPath(folder, "diagram-page.js")).toString(),
    scriptSource: webview.cspSource,
    source: source.toString(),
  });
  void draw();
  return { draw, reveal: () => panel.reveal(undefined, true), follow: (editor) => send(cursorOf(editor)) };
}

async function nextDrawing(
  server: Server,
  source: vscode.Uri,
  last: string,
): Promise<{ readonly svg: string; readonly problem: string | null }> {
  try {
    const { svg, diagnostics } = await server.diagram(source);
    const problem = problemOf(diagnostics);
    if (problem === undefined)
      return { svg: svg ?? "", problem: svg === null ? "There is no model in this file." : null };
    return last === "" ? { svg: svg ?? "", problem } : { svg: last, problem: `Out of date: ${problem}` };
  } catch (error) {
    return { svg: last, problem: messageOf(error) };
  }
}

function editorOf(source: vscode.Uri): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === source.toString());
}

/** Selects a part of the source, in the editor that shows it, or in a new one. */
async function select(source: vscode.Uri, start: number, end: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(source);
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const viewColumn = editorOf(source)?.viewColumn ?? vscode.ViewColumn.One;
  await vscode.window.showTextDocument(document, { selection, viewColumn });
}
