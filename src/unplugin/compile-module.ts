import path from "node:path";
import { confineToProject } from "../node/confine.ts";
import { withDefaultExport } from "../node/default-export.ts";
import { nodeFileSystem } from "../node/file-system.ts";
import { loadSources } from "../node/load-sources.ts";
import { createNodeHost } from "../node/node-host.ts";
import { displayPath } from "../node/paths.ts";
import { writeTypes } from "../node/write-types.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source } from "../syntax/source.ts";
import type { FileSettings } from "./file-settings.ts";
import { sourceMap, type ModuleMap } from "./source-map.ts";

export interface CompiledModule {
  /** Absent when a diagnostic is an error. */
  readonly output?: { readonly code: string; readonly map: ModuleMap };
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  /** Absolute paths of all other files that the module depends on, also of those that could not be read. */
  readonly dependencies: readonly string[];
}

/**
 * Compiles the file `id`, an absolute path, to a JavaScript module, and writes its declarations where they are wanted.
 * Messages name files relative to `root`.
 */
export async function compileModule(id: string, root: string, settings: FileSettings): Promise<CompiledModule> {
  if (settings.diagnostics.length > 0) return settings;
  const files = settings.confined === true ? confineToProject(root, nodeFileSystem) : nodeFileSystem;
  const host = createNodeHost(root, files);
  const file = displayPath(root, id);
  const { value, diagnostics: unread } = await loadSources([{ path: file, folderFromBase: "" }], host);
  const source = value[0]?.source;
  if (source === undefined) return { ...settings, diagnostics: unread };
  // Loaded when there is something to compile, so that a bundler's configuration loads fast.
  const { compile } = await import("../compile.ts");
  const result = await compile(source, { ...settings.options, host, emit: "js" });
  const { diagnostics, sources, lineOrigins = [] } = result;
  const read = result.dependencies.map((dependency) => path.resolve(root, dependency));
  const rest = { sources, dependencies: [...settings.dependencies, ...read] };
  if (hasErrors(diagnostics)) return { ...rest, diagnostics };

  const ending = settings.types;
  const written = ending === undefined ? undefined : await writeTypes([{ file, result }], { cwd: root, ending, files });
  // A module is no worse for declarations that can't be written.
  const unwritten = (written?.diagnostics ?? []).map((diagnostic) => ({ ...diagnostic, severity: "warning" as const }));
  // A file that has only blocks, for others to import, is a module without exports.
  const text = (result.files[0]?.content as string | undefined) ?? "export {};\n";
  const code = withDefaultExport(text, result.models);
  const output = { code, map: sourceMap(lineOrigins, sources, root) };
  return { ...rest, diagnostics: [...diagnostics, ...unwritten], output };
}
