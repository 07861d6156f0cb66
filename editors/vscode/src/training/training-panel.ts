import * as vscode from "vscode";
import type { FromPage, ToPage } from "./messages.ts";
import { trainingHtml } from "./training-html.ts";

/** The panel that shows a training. */
export interface TrainingPanel {
  /** Shows this from now on. */
  show(state: ToPage): void;
  onStop(listener: () => void): void;
  onTaken(listener: (offer: string) => void): void;
  onClosed(listener: () => void): void;
  reveal(): void;
  close(): void;
}

export function openTrainingPanel(title: string, extension: vscode.Uri): TrainingPanel {
  const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const panel = vscode.window.createWebviewPanel("layerc.training", title, place);
  const { webview } = panel;
  const folder = vscode.Uri.joinPath(extension, "dist");
  let state: ToPage | undefined;
  let isClosed = false;
  const stops: (() => void)[] = [];
  const takes: ((offer: string) => void)[] = [];
  const send = (): void => {
    // What nobody sees is sent when the page begins anew.
    if (state !== undefined && !isClosed && panel.visible) void webview.postMessage(state);
  };
  panel.iconPath = {
    light: vscode.Uri.joinPath(extension, "icons/file-light.svg"),
    dark: vscode.Uri.joinPath(extension, "icons/file-dark.svg"),
  };
  panel.onDidDispose(() => (isClosed = true));
  webview.onDidReceiveMessage((message: FromPage) => {
    switch (message.kind) {
      case "ready":
        send();
        break;
      case "stop":
        for (const stop of stops) stop();
        break;
      case "taken":
        for (const take of takes) take(message.offer);
        break;
    }
  });
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = trainingHtml({
    script: webview.asWebviewUri(vscode.Uri.joinPath(folder, "training-page.js")).toString(),
    scriptSource: webview.cspSource,
  });
  return {
    show(next) {
      state = next;
      send();
    },
    onStop: (listener) => void stops.push(listener),
    onTaken: (listener) => void takes.push(listener),
    onClosed: (listener) => void panel.onDidDispose(listener),
    reveal: () => panel.reveal(undefined, true),
    close: () => panel.dispose(),
  };
}
