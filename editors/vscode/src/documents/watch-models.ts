import * as vscode from "vscode";
import { weightEndings } from "../../../../src/files/weight-endings.ts";

/** Says that model files, or what they read, are no more what they were: typed, saved, or written by others. */
export interface ModelChanges extends vscode.Disposable {
  readonly onChange: vscode.Event<void>;
}

/** So long nothing must happen before views are made anew. */
const quietMilliseconds = 200;

const files = `**/*.{${["layers", ...weightEndings].join(",")}}`;
const configs = "**/{layerc.config.*,package.json}";

export function watchModels(): ModelChanges {
  const changes = new vscode.EventEmitter<void>();
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => changes.fire(), quietMilliseconds);
  };
  const watchers = [files, configs].map((pattern) => vscode.workspace.createFileSystemWatcher(pattern));
  const listening = [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === "layers" && contentChanges.length > 0) changed();
    }),
    // A text that is closed without being saved is the one on the disk again.
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.languageId === "layers") changed();
    }),
    ...watchers.flatMap((watcher) => [
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
    ]),
  ];
  return {
    onChange: changes.event,
    dispose() {
      clearTimeout(timer);
      vscode.Disposable.from(changes, ...listening).dispose();
    },
  };
}
