import type { Host } from "../../../src/load/host.ts";
import { inlayHints, type Analysis, createWorkspace } from "../../../src/language-service/index.ts";
import type { EditorFile } from "./editor-files.ts";

/** A file that is held open, as an editor does it. */
export interface HeldFile {
  readonly path: string;
  /** One more character, or the one less of the time before; then diagnostics and inlay hints, which have to be there. */
  edit(): Promise<Analysis>;
}

/** Nothing but the file itself is there. */
const host: Host = {
  resolve: (_, relative) => relative,
  readText: () => Promise.resolve({ ok: false, reason: "missing" }),
  readBytes: () => Promise.resolve({ ok: false, reason: "missing" }),
};

export async function holdFile({ text, at }: EditorFile): Promise<HeldFile> {
  const path = "long.layers";
  const workspace = createWorkspace(host);
  let edits = 0;
  const hold = async (): Promise<Analysis> => {
    const typed = edits % 2 === 0 ? "" : "1";
    workspace.set({ path, text: text.slice(0, at) + typed + text.slice(at) });
    edits++;
    const analysis = (await workspace.analysis(path)) as Analysis;
    const hints = inlayHints(analysis);
    if (analysis.result.diagnostics.length > 0 || hints.length < 2000)
      throw new Error("the file is not as it should be");
    return analysis;
  };
  await hold();
  return { path, edit: hold };
}
