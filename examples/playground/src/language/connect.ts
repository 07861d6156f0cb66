import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { showDocument } from "../editor/document.ts";
import type { PageFiles } from "../files/page-files.ts";
import type { Notices } from "../page/notices.ts";
import { startWorker } from "../workers/start.ts";
import { createClient, serverFor } from "./client.ts";
import { nameOf, uriOf } from "./file-names.ts";
import { renameElsewhere } from "./rename-elsewhere.ts";
import { askAgain } from "./quiet.ts";

/** The language server, as the page sees it. */
export interface LanguageServer {
  /** What connects an editor that holds a file of a name. */
  readonly extension: (name: string) => Extension;
  /** Names the editor that other files are shown in. */
  attach(editor: EditorView): void;
  /** Tells that files beside the open one have come or changed. */
  filesChanged(names: readonly string[]): void;
}

export function connectLanguageServer(
  files: PageFiles,
  notices: Notices,
): LanguageServer {
  const { port } = startWorker("language-server", (reason) =>
    notices.show("error", `The language server does not run: ${reason}`),
  );
  const client = createClient(port, files.read);
  let view: EditorView | undefined;
  // A definition in another file is shown in the one editor that there is; undo leads back.
  client.workspace.displayFile = async (uri) => {
    const name = nameOf(uri);
    const bytes = await files.read(name);
    if (view === undefined || bytes === null) return null;
    showDocument(view, { name, text: new TextDecoder().decode(bytes) });
    return view;
  };
  const filesChanged = (names: readonly string[]): void => {
    client.notification("workspace/didChangeWatchedFiles", {
      changes: names.map((name) => ({ uri: uriOf(name), type: 2 })),
    });
    view?.dispatch({ effects: askAgain.of(null) });
  };
  renameElsewhere(client, files, nameOf, (uris) => {
    const names = uris.map(nameOf);
    filesChanged(names);
    notices.show(
      "info",
      `${names.join(", ")} is changed as well. The address holds the open file alone: download the other.`,
    );
  });
  return {
    extension: serverFor(client),
    attach: (editor) => {
      view = editor;
    },
    filesChanged,
  };
}
