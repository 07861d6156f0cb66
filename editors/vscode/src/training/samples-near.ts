import type { Dirent } from "node:fs";
import path from "node:path";

/** Nobody looks through a longer list. */
const most = 100;

/** Files that may have samples, in a folder and in those right below it, as seen from there: the nearest first. */
export function samplesNear(folder: string, list: (folder: string) => readonly Dirent[]): readonly string[] {
  const listed = (name: string): readonly Dirent[] => {
    try {
      return list(name).toSorted((a, b) => a.name.localeCompare(b.name));
    } catch {
      return [];
    }
  };
  const samplesIn = (within: string): readonly string[] =>
    listed(path.join(folder, within))
      .filter((entry) => !entry.isDirectory() && /\.(?:csv|tsv|jsonl|npz)$/i.test(entry.name))
      .map(({ name }) => path.join(within, name));
  const below = listed(folder).filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name));
  return [...samplesIn("."), ...below.flatMap(({ name }) => samplesIn(name))].slice(0, most);
}
