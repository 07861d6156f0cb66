import {
  importModel,
  importScript,
  renderDiagnostics,
  type Host,
} from "layerc";
import { adviceInPage } from "../page/advice.ts";

/** What came of a file: a model, and the name and bytes of its weights; or what is wrong with it, in layerc's words. */
export type ImportedFile =
  | {
      readonly ok: true;
      readonly name: string;
      readonly text: string;
      readonly weights?: { readonly name: string; readonly bytes: Uint8Array };
      /** What could not be carried over. */
      readonly notes: string;
    }
  | { readonly ok: false; readonly errors: string };

/** A model file of another tool as Layers. */
export async function importFile(
  name: string,
  host: Host,
): Promise<ImportedFile> {
  return isScript.test(name) ? fromScript(name, host) : fromModel(name, host);
}

const isScript = /\.(?:py|ipynb)$/i;

async function fromModel(name: string, host: Host): Promise<ImportedFile> {
  const { value, diagnostics, sources } = await importModel(name, { host });
  const said = adviceInPage(renderDiagnostics(diagnostics, sources));
  if (value === undefined) return { ok: false, errors: said };
  return {
    ok: true,
    name: `${value.stem}.layers`,
    text: value.source,
    weights: { name: `${value.stem}.safetensors`, bytes: value.weights({}) },
    notes: said,
  };
}

async function fromScript(name: string, host: Host): Promise<ImportedFile> {
  const read = await host.readBytes(name);
  if (!read.ok) return { ok: false, errors: read.reason };
  const { value, diagnostics, sources } = await importScript(
    read.content,
    name,
  );
  const said = adviceInPage(renderDiagnostics(diagnostics, sources));
  return value === undefined
    ? { ok: false, errors: said }
    : {
        ok: true,
        name: `${value.stem}.layers`,
        text: value.source,
        notes: said,
      };
}
