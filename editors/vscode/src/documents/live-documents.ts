import * as vscode from "vscode";
import { LoadedContents } from "./loaded-contents.ts";
import type { ModelChanges } from "./watch-models.ts";

/** Documents that the server writes and nobody edits, made anew when a model changes. */
export interface LiveDocuments<Content> extends vscode.Disposable {
  /** Shows the one of a source beside the editors that are open. */
  show(source: vscode.Uri): Promise<void>;
  /** What the open one of these is known to be. */
  contentOf(document: vscode.TextDocument): Content | undefined;
  /** A content has come, whether or not its text is a new one. */
  readonly onContent: vscode.Event<vscode.Uri>;
}

interface Kind<Content> {
  readonly scheme: string;
  /** How its tab is called. */
  nameOf(source: vscode.Uri): string;
  /** `last` is what it was before. Never rejects. */
  load(source: vscode.Uri, last: Content | undefined): Promise<Content>;
}

export function createLiveDocuments<Content extends { readonly text: string }>(
  { scheme, nameOf, load }: Kind<Content>,
  models: ModelChanges,
): LiveDocuments<Content> {
  const contents = new LoadedContents<Content>();
  const textChanges = new vscode.EventEmitter<vscode.Uri>();
  const contentChanges = new vscode.EventEmitter<vscode.Uri>();

  const update = async (uri: vscode.Uri): Promise<void> => {
    const loaded = await contents.load(uri.toString(), (last) => load(sourceOf(uri), last));
    if (loaded === undefined) return;
    const { before, content } = loaded;
    if (before !== undefined && before.text !== content.text) textChanges.fire(uri);
    contentChanges.fire(uri);
  };
  // Those that nobody sees wait: a build of a large model takes the server's time.
  const outdated = new Set<string>();
  const updateVisible = (): void => {
    for (const { document } of vscode.window.visibleTextEditors) {
      if (outdated.delete(document.uri.toString())) void update(document.uri);
    }
  };
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: textChanges.event,
    async provideTextDocumentContent(uri) {
      const key = uri.toString();
      while (!contents.has(key)) await update(uri);
      return contents.get(key)?.text;
    },
  };
  const listening = [
    textChanges,
    contentChanges,
    vscode.workspace.registerTextDocumentContentProvider(scheme, provider),
    models.onChange(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) outdated.add(uri.toString());
      updateVisible();
    }),
    vscode.window.onDidChangeVisibleTextEditors(updateVisible),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      contents.close(uri.toString());
      outdated.delete(uri.toString());
    }),
  ];
  return {
    onContent: contentChanges.event,
    contentOf: ({ uri }) => contents.get(uri.toString()),
    async show(source) {
      // Those that are not saved yet have a name, and no folder.
      const folder = source.path.slice(0, source.path.lastIndexOf("/") + 1);
      const path = `${folder}${nameOf(source)}`;
      const uri = vscode.Uri.from({ scheme, path, query: source.toString() });
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, {
        viewColumn: columnOf(uri) ?? vscode.ViewColumn.Beside,
        preserveFocus: true,
        preview: false,
      });
    },
    dispose: () => vscode.Disposable.from(...listening).dispose(),
  };
}

function sourceOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.parse(uri.query, true);
}

/** Where a document is open already. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const isIt = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isIt))?.viewColumn;
}
