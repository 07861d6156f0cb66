import path from "node:path";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import type { Host } from "../../load/host.ts";
import { confineToProject } from "../../node/confine.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { displayPath } from "../../node/paths.ts";
import { projectFileOptions, type ProjectConfig } from "../../node/project-config.ts";
import type { Project } from "../platform.ts";
import { filePath } from "./file-path.ts";
import { folderAround } from "./folder-around.ts";
import { formatText } from "./format-text.ts";
import { findModelFiles, listFolder } from "./list-files.ts";

interface Setting {
  readonly files: FileSystem;
  hostOf(files: FileSystem): Host;
  /** What the client lets a project do. */
  readonly trust: { readonly runsConfig: boolean; readonly sandboxPaths: boolean };
  /** Those that the client has open. */
  readonly folders: readonly string[];
}

/** The project of the files in a folder, from its config. Its paths are seen from `base`. */
export async function loadNodeProject(
  folder: string,
  base: string,
  { files, hostOf, trust, folders: open }: Setting,
): Promise<Project> {
  const loaded = trust.runsConfig ? await loadConfigOf(folder) : { ok: true as const, ...noConfig(folder) };
  const config: ProjectConfig = loaded.ok ? loaded : noConfig(folder);
  const isConfined = trust.sandboxPaths || config.config.sandboxPaths === true;
  const dependencies = loaded.dependencies.map((file) => displayPath(base, file));
  const moved = (span: Span): Span => ({ ...span, file: displayPath(base, path.resolve(folder, span.file)) });
  // What the user does not trust ends at the folder that is open: a package.json above it is none of its.
  const within = trust.sandboxPaths ? (folderAround(config.folder, open) ?? config.folder) : undefined;
  const readable = isConfined ? confineToProject(config.folder, files, within) : files;
  return {
    // Without a config, what files may read depends on where they are only where they are confined.
    key: [dependencies[0] ?? "", isConfined && config.path === undefined ? folder : ""].join("\n"),
    host: hostOf(readable),
    list: (listed) => listFolder(path.resolve(base, listed), readable),
    modelFiles: (folders, beside) => findModelFiles(placesOf(folders, path.resolve(base, beside)), base, readable),
    format: (source, wishes, open) => {
      const isTrusted = trust.runsConfig && !trust.sandboxPaths;
      return formatText(source, wishes, { base, folders: open, isTrusted });
    },
    options: (file) => projectFileOptions(config, file, base),
    dependencies,
    problems: loaded.ok ? [] : loaded.diagnostics.map((diagnostic) => withSpans(diagnostic, moved)),
    sources: loaded.ok
      ? []
      : loaded.sources.map((source) => ({ ...source, path: displayPath(base, path.resolve(folder, source.path)) })),
  };
}

/** Folders, without those within one of them; and that of a file which lies in none. */
function placesOf(uris: readonly string[], file: string): readonly string[] {
  const all = uris.flatMap((uri) => filePath(uri) ?? []).toSorted();
  const isBelow = (inner: string, folder: string): boolean => inner.startsWith(folder.replace(/[/\\]?$/, path.sep));
  const folders = all.filter((folder) => !all.some((other) => other !== folder && isBelow(folder, other)));
  return folders.some((folder) => isBelow(file, folder)) ? folders : [...folders, path.dirname(file)];
}

const noConfig = (folder: string): ProjectConfig => ({ config: {}, folder, dependencies: [] });

async function loadConfigOf(folder: string) {
  const { loadConfig } = await import("../../node/load-config.ts");
  return loadConfig(folder);
}

/** A diagnostic with its places named otherwise. */
function withSpans(diagnostic: Diagnostic, moved: (span: Span) => Span): Diagnostic {
  const { span, fix: _, ...others } = diagnostic;
  const related = diagnostic.related.map((place) => ({ ...place, span: moved(place.span) }));
  return { ...others, related, ...(span === undefined ? {} : { span: moved(span) }) };
}
