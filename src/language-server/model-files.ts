import { sourceEnding } from "../model-formats/file-names.ts";
import type { ModelFile } from "../syntax/ast.ts";
import { parseSource } from "../syntax/parse-source.ts";
import type { Documents } from "./documents.ts";
import type { OpenProject } from "./projects.ts";

/**
 * Milliseconds for which what is on the disk is taken to stay, unless a change is heard of: while somebody types, it is asked for
 * again and again.
 */
const goodFor = 2_000;

/** Finds and parses the model files around a file: those of the folders that the client has open. */
export interface ModelFiles {
  (opened: OpenProject, beside: string, folders: readonly string[]): Promise<readonly ModelFile[]>;
  /** A file that is not open has changed, or is not open any more. */
  changed(path: string): void;
}

export function createModelFiles(documents: Documents): ModelFiles {
  const parsed = new Map<string, ModelFile>();
  /** Files that have changed since they were read. */
  const outdated = new Set<string>();
  /** Counts the files that were not in the list when they changed. */
  let added = 0;
  let listed = { key: "", at: 0, paths: [] as readonly string[] };

  async function find(
    { project, host }: OpenProject,
    beside: string,
    folders: readonly string[],
  ): Promise<readonly ModelFile[]> {
    const key = JSON.stringify([project.key, folders, beside.slice(0, beside.lastIndexOf("/") + 1)]);
    const now = performance.now();
    const isGood = listed.key === key && now - listed.at < goodFor;
    if (!isGood) {
      const seen = added;
      const paths = await project.modelFiles(folders, beside);
      listed = { key: seen === added ? key : "", at: now, paths };
    }
    const files = new Map<string, ModelFile>();
    for (const path of new Set([...listed.paths, ...documents.all.map((document) => document.path)])) {
      const known = parsed.get(path);
      const isOpen = documents.at(path) !== undefined;
      if (isGood && !isOpen && known !== undefined && !outdated.has(path)) {
        files.set(path, known);
        continue;
      }
      // A change while it is read counts for the next time.
      outdated.delete(path);
      const read = await host.readText(path);
      if (!read.ok) continue;
      const file = known?.source.text === read.content ? known : parse(path, read.content);
      files.set(path, file);
      parsed.set(path, file);
    }
    for (const path of parsed.keys()) if (!files.has(path)) parsed.delete(path);
    return [...files.values()];
  }

  return Object.assign(find, {
    changed(path: string) {
      if (!path.endsWith(sourceEnding)) return;
      outdated.add(path);
      if (listed.paths.includes(path)) return;
      added++;
      listed = { ...listed, key: "" };
    },
  });
}

function parse(path: string, text: string): ModelFile {
  return parseSource({ path, text }).value;
}
