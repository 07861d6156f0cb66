import type { Checked, Diagnostic, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import type { ImportDeclaration, ModelFile } from "../syntax/ast.ts";
import { parseSource } from "../syntax/parse-source.ts";
import type { Source } from "../syntax/source.ts";
import type { Host, HostFile } from "./host.ts";
import * as report from "./import-diagnostics.ts";
import { MAX_FILES, MAX_IMPORT_DEPTH } from "./limits.ts";
import { nearestFile } from "./nearest-file.ts";
import type { LoadResult } from "./program.ts";

/** A file on the way from the entry to the one at hand, with the import that leads on from it. */
interface ImportStep {
  readonly path: string;
  readonly span: Span;
}

/**
 * Parses a source and all that it imports, each file once. Whatever can't be followed is reported where the import is
 * written; a failing host is a reason like any other. `parse` may know a file from before. Never throws.
 */
export async function load(
  source: Source,
  host?: Host,
  parse: (source: Source) => Checked<ModelFile> = parseSource,
): Promise<LoadResult> {
  const files = new Map<string, ModelFile>();
  const imports = new Map<ImportDeclaration, string>();
  const sources: Source[] = [];
  const dependencies = new Set<string>();
  const unreadable = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const steps: ImportStep[] = [];
  let isFull = false;

  const entry = await visit(source);
  return { program: { entry, files, imports }, diagnostics, sources, dependencies: [...dependencies] };

  async function visit(visited: Source): Promise<ModelFile> {
    sources.push(visited);
    const { value: file, diagnostics: errors } = parse(visited);
    diagnostics.push(...errors);
    for (const declaration of file.imports) {
      const path = await follow(visited.path, declaration);
      if (path !== undefined) imports.set(declaration, path);
    }
    // After what it imports, so that the order of the files is the order of their dependencies.
    files.set(visited.path, file);
    return file;
  }

  /** The path of the file an import leads to, once it is in `files`. */
  async function follow(from: string, declaration: ImportDeclaration): Promise<string | undefined> {
    const { span, value: written } = declaration.path;
    const meant = await meantPath(from, written);
    if (!/^\.\.?\//.test(written)) return refuse(report.importNotRelative(span, { span, path: written, ...meant }));
    if (!written.endsWith(".layers")) return refuse(report.importNotLayers(span, { path: written, span, ...meant }));
    if (host === undefined) return refuse(report.importWithoutHost(span, { path: written }));
    const path = resolve(host, from, written);
    if (typeof path !== "string") return refuse(report.importUnreadable(span, { path: written, reason: path.reason }));

    const loop = [...steps, { path: from, span }];
    const start = loop.findIndex((step) => step.path === path);
    if (start >= 0) return refuse(cycle(loop.slice(start), span));
    if (files.has(path)) return path;

    const failed = unreadable.get(path);
    if (failed !== undefined) return refuse(report.importUnreadable(span, { path: written, reason: failed }));
    if (steps.length >= MAX_IMPORT_DEPTH) return refuse(report.importsTooDeep(span));
    if (sources.length >= MAX_FILES) {
      if (!isFull) diagnostics.push(report.tooManyFiles(span));
      isFull = true;
      return undefined;
    }

    dependencies.add(path);
    const read = await readText(host, path);
    if (!read.ok) {
      unreadable.set(path, read.reason);
      const nearest = await nearestFile(host, path, written, span, (name) => name.endsWith(".layers"));
      return refuse(report.importUnreadable(span, { path: written, reason: read.reason, nearest }));
    }
    steps.push({ path: from, span });
    await visit({ path, text: read.content });
    steps.pop();
    return path;
  }

  /** The path of the file that a path without its ending, or without './', certainly means: there is one. */
  async function meantPath(from: string, written: string): Promise<{ readonly meant?: string }> {
    if (host === undefined || !/^(?:\.\.?\/)?[\w-]+(?:\/[\w-]+)*$/.test(written)) return {};
    const meant = `${written.startsWith(".") ? "" : "./"}${written}.layers`;
    const path = resolve(host, from, meant);
    return typeof path === "string" && (await readText(host, path)).ok ? { meant } : {};
  }

  function refuse(diagnostic: Diagnostic): undefined {
    diagnostics.push(diagnostic);
    return undefined;
  }
}

function cycle(loop: readonly ImportStep[], span: Span): Diagnostic {
  const paths = [...loop.map((step) => step.path), (loop[0] as ImportStep).path];
  const related = loop.slice(0, -1).map((step): RelatedPlace => ({ span: step.span, message: "imported here" }));
  return report.importCycle(span, { paths, related });
}

function resolve(host: Host, from: string, written: string): string | { readonly reason: string } {
  try {
    return host.resolve(from, written);
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

async function readText(host: Host, path: string): Promise<HostFile<string>> {
  try {
    return await host.readText(path);
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
