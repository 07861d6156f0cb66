import { hasErrors } from "../diagnostics/diagnostic.ts";
import type { Host } from "../load/host.ts";
import type { ImportedSource } from "../stages/imported-source.ts";
import { importModel, type ImportOptions } from "./import-model.ts";

/**
 * Imports the model in the file at `path` as a source that `check` and `compile` take like one of a `.layers` file, and
 * writes nothing. What is wrong with the file they report. Never throws for any content.
 */
export async function importSource(path: string, options: Omit<ImportOptions, "inPlace">): Promise<ImportedSource> {
  const dependencies = new Set<string>();
  const host = listening(options.host, (read) => dependencies.add(read));
  const { value, diagnostics } = await importModel(path, { ...options, host, inPlace: true });
  dependencies.delete(path);
  const found = { dependencies: [...dependencies] };
  if (value === undefined || hasErrors(diagnostics)) return { path, text: "", imported: { ...found, diagnostics } };
  return {
    path,
    text: value.source,
    imported: { ...found, weights: value.file, diagnostics: value.translationDiagnostics },
  };
}

/** A host that tells which files are read. */
function listening(host: Host, hear: (path: string) => void): Host {
  return {
    resolve: (from, relative) => host.resolve(from, relative),
    async readText(path) {
      hear(path);
      return host.readText(path);
    },
    async readBytes(path, most) {
      hear(path);
      return host.readBytes(path, most);
    },
  };
}
