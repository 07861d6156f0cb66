import path from "node:path";
import type { FileSystem } from "./file-system.ts";

/**
 * Makes a folder and those above it that are missing, one by one; adds what it made to `made`, outer folders first, also
 * when it fails halfway. Node's own recursive form never returns where the system has no place for folders (`/proc`).
 */
export function makeFolder(folder: string, files: FileSystem, made: string[]): void {
  const missing: string[] = [];
  for (let at = folder; files.kind(at) === undefined && at !== path.dirname(at); at = path.dirname(at)) {
    missing.unshift(at);
  }
  for (const one of missing) {
    try {
      files.makeFolder(one);
      made.push(one);
    } catch (error) {
      // Another program may have made it meanwhile.
      if (files.kind(one) !== "folder") throw error;
    }
  }
}
