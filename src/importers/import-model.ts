import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { Host, HostFile } from "../load/host.ts";
import { folderInside } from "../weights/folder-inside.ts";
import { detectPacking, packingOfPath, type Packing } from "../files/detect-packing.ts";
import { importOtherContent } from "./hints.ts";
import { importUnreadable } from "./diagnostics.ts";
import { failureDiagnostic } from "./failure-diagnostic.ts";
import { importFile, type ImportFileOptions, type ImportResult } from "./import-file.ts";
import { readModelFile } from "./read-model-file.ts";

export interface ImportOptions extends ImportFileOptions {
  readonly host: Host;
}

/**
 * Imports the model in the file at `path`, of one of `modelFormats`, or in the folder that Keras has written in place of a
 * `.keras` file, as `importFile` does. Never throws for any content.
 */
export async function importModel(path: string, options: ImportOptions): Promise<ImportResult> {
  const { host, output, weights } = options;
  const bytes = await readBytes(path, host);
  if (!bytes.ok) {
    const inside = configInside(path);
    const config = inside === undefined ? bytes : await readBytes(host.resolve(path, inside), host);
    if (inside !== undefined && config.ok) return importModel(host.resolve(path, inside), options);
    return failed(importUnreadable({ file: path, start: 0, end: 0 }, { reason: bytes.reason }));
  }
  const span = { file: path, start: 0, end: 0 };
  const choice = { ...(output === undefined ? {} : { output }), ...(weights === undefined ? {} : { weights }) };
  const read = await readModelFile(bytes.content, path, host, choice);
  if (!read.ok) return failed(failureDiagnostic(read.failure, span));
  const result = await importFile(read, options);
  return { ...result, diagnostics: [...otherContent(bytes.content, span), ...result.diagnostics] };
}

/** The configuration in the folder that a `.keras` file is when it is unzipped, seen from that folder. */
function configInside(path: string): string | undefined {
  const folder = folderInside(path);
  return folder === undefined || folder === "./config.json/" ? undefined : `${folder}config.json`;
}

const contents: Readonly<Record<Packing, string>> = { hdf5: "HDF5", zip: "a zip archive", safetensors: "safetensors" };

/** A hint where the name says another format than the content. */
function otherContent(bytes: Uint8Array, span: Span): readonly Diagnostic[] {
  const [said, found] = [packingOfPath(span.file), detectPacking(bytes)];
  if (said === undefined || found === undefined || said === found) return [];
  return [importOtherContent(span, { said: contents[said], found: contents[found] })];
}

function failed(diagnostic: Diagnostic): ImportResult {
  return { diagnostics: [diagnostic], sources: [] };
}

async function readBytes(path: string, host: Host): Promise<HostFile<Uint8Array>> {
  try {
    return await host.readBytes(path);
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
