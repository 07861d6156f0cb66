import { proxy } from "comlink";
import { documentOf, showDocument } from "../editor/document.ts";
import type { LanguageServer } from "../language/connect.ts";
import type { Notices } from "../page/notices.ts";
import type { Page } from "../tabs/tab.ts";
import type { ImportedFile } from "../workers/import-file.ts";
import type { PageFiles } from "./page-files.ts";
import { nameWeights } from "./name-weights.ts";
import { reasonOf } from "../page/reason.ts";

/** What opening files needs of the page. */
export interface Opening extends Page {
  readonly files: PageFiles;
  readonly server: LanguageServer;
  readonly notices: Notices;
}

/** What a file may be, the likeliest that one means first: a `.keras` beside a `.layers` holds its weights. */
const kinds = [
  { ending: /\.layers$/i, open: openSource },
  {
    ending: /(?<!\.weights)\.(?:keras|h5|hdf5|onnx|json|py|ipynb)$/i,
    open: openModel,
  },
  { ending: /\.(?:safetensors|npz|weights\.h5|pt|pth)$/i, open: openWeights },
] as const;

/** Opens files that were dropped or chosen together: a model with its shards, a source with its weights. */
export async function openFiles(
  given: readonly File[],
  page: Opening,
): Promise<void> {
  page.notices.clear();
  const read = await readAll(given);
  if (!read.ok) {
    page.notices.show(
      "error",
      `${read.unread.join(", ")} could not be read, and nothing was opened. Of a folder drop the files that are in it.`,
    );
    return;
  }
  for (const [name, bytes] of read.contents) page.files.set(name, bytes);
  page.server.filesChanged(given.map(({ name }) => name));
  // The editor has an older text of the file that is open: with another one shown beside it, that would set the file back.
  const { name: current } = documentOf(page.editor.state);
  if (read.contents.has(current)) await openSource(current, page);
  for (const { ending, open } of kinds) {
    const found = given.find(({ name }) => ending.test(name));
    if (found === undefined) continue;
    page.say(`Opening ${found.name}`);
    await open(found.name, page);
    return;
  }
  // It may be what a weights clause names: the shard of a file, or one without an ending.
  page.models.change(page.models.state.source);
  page.notices.show(
    "error",
    `${given.map(({ name }) => name).join(", ")}: the page opens .layers files, models (.keras, .h5, .onnx, model.json with its shards, .py, .ipynb) and weights (.safetensors, .npz, .weights.h5, .pt).`,
  );
}

type Read =
  | { readonly ok: true; readonly contents: ReadonlyMap<string, Uint8Array> }
  | { readonly ok: false; readonly unread: readonly string[] };

/** What is in files; or those that can't be read, as folders can't, though browsers hand them over as files. */
async function readAll(given: readonly File[]): Promise<Read> {
  const contents = new Map<string, Uint8Array>();
  const unread: string[] = [];
  for (const file of given) {
    try {
      contents.set(file.name, new Uint8Array(await file.arrayBuffer()));
    } catch {
      unread.push(file.name);
    }
  }
  return unread.length === 0 ? { ok: true, contents } : { ok: false, unread };
}

async function openSource(name: string, page: Opening): Promise<void> {
  const bytes = await page.files.read(name);
  const text = new TextDecoder().decode(bytes!);
  const shown = documentOf(page.editor.state);
  if (shown.name !== name || shown.text !== text)
    showDocument(page.editor, { name, text });
  // What it imports may be another one.
  else page.models.change(shown);
}

async function openModel(name: string, page: Opening): Promise<void> {
  const { builder } = page.models;
  const imported = await builder
    .ask<ImportedFile>((imports) =>
      imports.importFile(name, proxy(page.files.read)),
    )
    .catch((error: unknown) => ({
      ok: false as const,
      errors: reasonOf(error),
    }));
  if (!imported.ok) {
    page.notices.show(
      "error",
      `${name} could not be imported.`,
      imported.errors,
    );
    return;
  }
  const { weights, notes } = imported;
  if (weights !== undefined) {
    page.files.set(weights.name, weights.bytes);
    page.server.filesChanged([weights.name]);
  }
  showDocument(page.editor, imported);
  page.notices.show(
    "info",
    `${name} is imported: ${imported.name}${weights === undefined ? ", without weights" : ` and its weights, ${weights.name}`}.`,
    notes,
  );
}

async function openWeights(name: string, page: Opening): Promise<void> {
  const named = nameWeights(page.editor.state.doc.toString(), name);
  if (named.at !== undefined)
    page.editor.dispatch({
      changes: { from: named.at, insert: named.clause },
      userEvent: "input",
    });
  page.models.change({
    ...page.models.state.source,
    text: page.editor.state.doc.toString(),
  });
  page.notices.show("info", `${name} ${named.message}`);
}
