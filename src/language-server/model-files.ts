import type { ModelFile } from "../syntax/ast.ts";
import { parseSource } from "../syntax/parse-source.ts";
import type { Documents } from "./documents.ts";
import type { OpenProject } from "./projects.ts";

/** Milliseconds for which what is on the disk is taken to stay: while somebody types, it is asked for again and again. */
const goodFor = 2_000;

/** Finds and parses the model files around a file: those of the folders that the client has open. */
export type ModelFiles = (
  opened: OpenProject,
  beside: string,
  folders: readonly string[],
) => Promise<readonly ModelFile[]>;

export function createModelFiles(documents: Documents): ModelFiles {
  let parsed = new Map<string, ModelFile>();
  let listed = { key: "", at: 0, paths: [] as readonly string[] };

  return async ({ project, host }, beside, folders) => {
    const key = JSON.stringify([project.key, folders, beside.slice(0, beside.lastIndexOf("/") + 1)]);
    const now = performance.now();
    const isGood = listed.key === key && now - listed.at < goodFor;
    if (!isGood) listed = { key, at: now, paths: await project.modelFiles(folders, beside) };
    const files = new Map<string, ModelFile>();
    for (const path of new Set([...listed.paths, ...documents.all.map((document) => document.path)])) {
      const known = parsed.get(path);
      const isOpen = documents.at(path) !== undefined;
      if (isGood && !isOpen && known !== undefined) {
        files.set(path, known);
        continue;
      }
      const read = await host.readText(path);
      if (!read.ok) continue;
      files.set(path, known?.source.text === read.content ? known : parse(path, read.content));
    }
    parsed = files;
    return [...files.values()];
  };
}

function parse(path: string, text: string): ModelFile {
  return parseSource({ path, text }).value;
}
