import { EditorView } from "@codemirror/view";
import { createEditor } from "./editor/editor.ts";
import { documentOf, showDocument } from "./editor/document.ts";
import { linkedLineField } from "./editor/linked-lines.ts";
import { openFiles } from "./files/open-files.ts";
import { PageFiles } from "./files/page-files.ts";
import { exampleFile } from "./files/examples.ts";
import { acceptDrops } from "./page/drop.ts";
import { createHeader } from "./page/header.ts";
import { keepAddress, readAddress } from "./page/address.ts";
import { Notices } from "./page/notices.ts";
import { Status } from "./page/status.ts";
import { createTabList } from "./page/tab-list.ts";
import { connectLanguageServer } from "./language/connect.ts";
import { LastGood } from "./model/last-good.ts";
import { offerOffline } from "./page/offline.ts";
import { tabs } from "./tabs/index.ts";
import { reasonOf } from "./page/reason.ts";

const element = (id: string): HTMLElement => document.getElementById(id)!;

const notices = new Notices(element("notices"));
const files = new PageFiles();
const source = await readAddress(location.hash).catch((error: unknown) => {
  notices.show("error", `The address holds no model: ${reasonOf(error)}`);
  return exampleFile("digits");
});
const models = new LastGood(source, files);
const server = connectLanguageServer(files, notices);
const status = new Status(element("status"), models);
const editor: EditorView = createEditor(
  element("editor"),
  source,
  server.extension,
  [
    linkedLineField,
    EditorView.updateListener.of((update) => {
      status.draw(update.view);
      const before = documentOf(update.startState);
      const now = documentOf(update.state);
      if (before.name !== now.name) {
        // What was written there holds for the files that import it.
        files.set(before.name, new TextEncoder().encode(before.text));
        server.filesChanged([before.name]);
      }
      if (update.docChanged || before.name !== now.name) models.change(now);
      if (update.docChanged || update.selectionSet) views.follow();
      views.drawNotice();
    }),
  ],
);
server.attach(editor);
status.draw(editor);
models.subscribe(() => status.draw(editor));

const said = element("said");
const page = {
  editor,
  models,
  say: (message: string): void => {
    if (said.textContent !== message) said.textContent = message;
  },
  filesChanged: (names: readonly string[]): void => server.filesChanged(names),
};
const views = createTabList(element("views"), tabs, page);
const open = (given: readonly File[]): Promise<void> =>
  openFiles(given, { ...page, files, server, notices }).catch(
    (error: unknown) =>
      notices.show(
        "error",
        `The files could not be opened: ${reasonOf(error)}`,
      ),
  );
createHeader(element("header"), { ...page, notices, open });
acceptDrops(document.body, (given) => void open(given));
keepAddress(page, async (hash) => {
  try {
    showDocument(editor, await readAddress(hash));
  } catch (error) {
    notices.show("error", `The address holds no model: ${reasonOf(error)}`);
  }
});
models.change(source);
offerOffline();
